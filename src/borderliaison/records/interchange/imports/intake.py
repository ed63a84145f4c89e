"""What of a file becomes records: each item looked at before anything is written. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from borderliaison.forms.errors import UnknownGrading
from borderliaison.forms.gradings import load_scale
from borderliaison.kernel.marking import Grading
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.items import UNGRADED, Item, Told
from borderliaison.records.ontology.model import left_out, schemata
from borderliaison.records.ontology.schema import Schema
from borderliaison.records.values import cleaned, legible

RENAMED: Final[Mapping[str, str]] = {"nationality": "citizenship"}
"""What other systems call what is kept here under another name."""
_BROKEN: Final = re.compile(r"[\x00\ud800-\udfff]")
_LANGUAGE: Final = re.compile(r"[a-z]{0,3}")


def taken_in(items: Iterable[Item], findings: Findings, country: str) -> Iterator[Item]:
    """Yield what can be recorded of items; note what cannot.

    Args:
        items: as a file has them.
        findings: where flaws are noted.
        country: where telephone numbers without a country are dialled.
    """
    for given in items:
        item = _whole_item(given)
        if not item.key.strip():
            findings.add(Flaw.EMPTY, item.line, item.schema)
            continue
        kind = schemata().get(item.schema)
        if kind is None or kind.is_abstract:
            findings.add(Flaw.KIND, item.line, item.schema)
            continue
        told = tuple(_kept(item, kind, findings, country))
        if _says_something(kind, told):
            yield item if told == item.told else replace(item, told=told)
        else:
            findings.add(Flaw.EMPTY, item.line, item.schema)


def _whole_item(item: Item) -> Item:
    """Return an item without what no database takes: ends of text, halves of characters, long languages."""
    told = tuple(map(_whole_told, item.told))
    key = legible(item.key)
    return item if key == item.key and told == item.told else replace(item, key=key, told=told)


def _whole_told(told: Told) -> Told:
    value, language = (
        _whole(told.value),
        told.language if _LANGUAGE.fullmatch(told.language) else "",
    )
    is_whole = value == told.value and language == told.language
    return told if is_whole else replace(told, value=value, language=language)


def _whole(text: str) -> str:
    return text if text.isprintable() else _BROKEN.sub("", text)


def _kept(item: Item, kind: Schema, findings: Findings, country: str) -> Iterator[Told]:
    for one in item.told:
        name = RENAMED.get(one.prop, one.prop)
        prop = kind.properties.get(name)
        if prop is None:
            flaw = Flaw.NOT_KEPT if _is_left_out(kind, one.prop) else Flaw.PROPERTY
            findings.add(flaw, item.line, f"{kind.name}:{one.prop}")
        elif prop.type.name != "entity" and cleaned(prop, one.value, country) is None:
            findings.add(Flaw.VALUE, item.line, f"{kind.name}:{name}")
        else:
            grading = one.grading
            if not _is_graded(grading):
                findings.add(Flaw.GRADE, item.line, grading.scheme)
                grading = UNGRADED
            value = legible(one.value) if prop.type.name == "entity" else one.value
            is_as_said = name == one.prop and value == one.value and grading is one.grading
            yield one if is_as_said else replace(one, prop=name, value=value, grading=grading)


def _is_left_out(kind: Schema, prop: str) -> bool:
    return any(f"{one}:{prop}" in left_out() for one in kind.ancestors)


def _is_graded(grading: Grading) -> bool:
    if grading == UNGRADED:
        return True
    try:
        load_scale(grading.scheme, grading.version).split(grading.value)
    except UnknownGrading:
        return False
    return True


def _says_something(kind: Schema, told: tuple[Told, ...]) -> bool:
    """Whether there is anything to record: of a link both ends, of others one value at least."""
    said = {one.prop for one in told}
    ends = {kind.edge.source, kind.edge.target} if kind.edge is not None else set()
    return bool(said) and ends <= said
