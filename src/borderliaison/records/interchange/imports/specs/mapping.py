"""From the lines of a table to items, by a specification."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from borderliaison.forms.errors import UnknownGrading
from borderliaison.forms.gradings import load_scale
from borderliaison.kernel.marking import Grading
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.imports.specs.spec import (
    LITERAL,
    REFERENCE,
    Cell,
    LinkRule,
    Says,
    Spec,
    ThingRule,
)
from borderliaison.records.interchange.items import UNGRADED, Item, Told
from borderliaison.records.ontology.model import schema
from borderliaison.records.values import legible

Line = tuple[int, Mapping[str, str]]
"""The number of a line, and its cells by their columns."""
_BETWEEN: Final = "\x1f"
_DATES: Final = 4096
"""Are remembered as they are kept: a table says the same ones again and again."""
_ISO_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")


def mapped(spec: Spec, lines: Iterable[Line], findings: Findings) -> Iterator[Item]:
    """Yield the things and links of each line.

    Args:
        spec: how the table is read.
        lines: of the table.
        findings: where flaws are noted.
    """
    mapping = _Mapping(spec, findings)
    for number, cells in lines:
        yield from mapping.line(number, cells)


class _Mapping:
    def __init__(self, spec: Spec, findings: Findings) -> None:
        self.spec, self.findings = spec, findings
        self.zone = ZoneInfo(spec.zone)
        self.scale = load_scale(spec.scheme) if spec.scheme else None
        self._of_things = {one.name: _says(one) for one in spec.things}
        self._of_links = [_says(one) for one in spec.links]
        self._known_by = {
            one.name: ", ".join(one.key or sorted(self._of_things[one.name])) for one in spec.things
        }
        self._date = lru_cache(_DATES)(self._dated)

    def line(self, number: int, cells: Mapping[str, str]) -> Iterator[Item]:
        grading = self._grading(number, cells)
        keys: dict[str, str] = {}
        for rule in self.spec.things:
            item = self._thing(rule, number, {**cells, **_references(keys)}, grading)
            if item is not None:
                keys[rule.name] = item.key
                yield item
        whole = [link.begin in keys and link.end in keys for link in self.spec.links]
        for link, is_whole in zip(self.spec.links, whole, strict=True):
            if is_whole:
                yield self._link(link, number, cells, grading, (keys[link.begin], keys[link.end]))
        if not all(whole):
            self._note_lost(whole, number, cells, keys)

    def _note_lost(
        self,
        whole: Sequence[bool],
        number: int,
        cells: Mapping[str, str],
        keys: Collection[str],
    ) -> None:
        """Note each link that lacks an end where it alone says what stands in a column."""
        links = list(zip(self.spec.links, self._of_links, whole, strict=True))
        told = {one for name in keys for one in self._of_things[name]}
        told |= {one for _, says, is_whole in links if is_whole for one in says}
        for link, says, is_whole in links:
            if not is_whole and any(cells.get(one) for one in says - told):
                lacking = link.end if link.begin in keys else link.begin
                self.findings.add(Flaw.HALF, number, self._known_by[lacking])

    def _thing(
        self, rule: ThingRule, number: int, cells: Mapping[str, str], grading: Grading
    ) -> Item | None:
        told = self._told(rule.schema, rule.says, cells, grading)
        own = [one for one in _plain(cells.get(name, "") for name in rule.key) if one]
        if (rule.key and not own) or not self._has_own(rule.says, cells):
            return None
        known_by = own or [legible(one.value) for one in told]
        return Item(_key(rule.schema, known_by), rule.schema, told, line=number)

    def _link(
        self,
        rule: LinkRule,
        number: int,
        cells: Mapping[str, str],
        grading: Grading,
        ends: tuple[str, str],
    ) -> Item:
        edge = schema(rule.schema).edge
        assert edge is not None, "a specification's links are links"  # noqa: S101
        told = self._told(rule.schema, rule.says, cells, grading)
        apart = _plain(cells.get(one, "") for one in rule.key) or [
            legible(one.value) for one in told
        ]
        both = (Told(edge.source, ends[0], "", grading), Told(edge.target, ends[1], "", grading))
        return Item(_key(rule.schema, [*ends, *apart]), rule.schema, (*both, *told), line=number)

    def _told(
        self, kind: str, says: Says, cells: Mapping[str, str], grading: Grading
    ) -> tuple[Told, ...]:
        properties = schema(kind).properties
        found = []
        for prop, cell in says:
            type_name = properties[prop].type.name
            language = self.spec.language if type_name in ("name", "string", "text") else ""
            for value in self._values(cell, cells):
                text = self._date(value) if type_name == "date" else value
                found.append(Told(prop, text, language, grading))
        return tuple(dict.fromkeys(found))

    def _values(self, cell: Cell, cells: Mapping[str, str]) -> Iterator[str]:
        if cell.column.startswith(LITERAL):
            yield cell.column[len(LITERAL) :]
            return
        text = cells.get(cell.column, "")
        for one in text.split(cell.split) if cell.split else [text]:
            value = one.strip()
            if value:
                yield cell.values.get(value, value)

    def _dated(self, text: str) -> str:
        """Return a date as it is kept; as it stands where it is in none of the ways that were named."""
        for way in self.spec.dates:
            try:
                found = datetime.strptime(text, way)
            except ValueError:
                continue
            return self._moment(found) if _has_time(way) else found.date().isoformat()
        if not _ISO_TIME.fullmatch(text):
            return text
        try:
            return self._moment(datetime.fromisoformat(text))
        except ValueError:
            return text

    def _moment(self, found: datetime) -> str:
        aware = found if found.tzinfo is not None else found.replace(tzinfo=self.zone)
        return aware.isoformat(timespec="seconds")

    def _grading(self, number: int, cells: Mapping[str, str]) -> Grading:
        value = cells.get(self.spec.grade, "").upper()
        if self.scale is None or not value:
            return UNGRADED
        try:
            return self.scale.grade(value)
        except UnknownGrading:
            self.findings.add(Flaw.GRADE, number, self.spec.grade)
            return UNGRADED

    @staticmethod
    def _has_own(says: Says, cells: Mapping[str, str]) -> bool:
        """Whether the line says anything of it, beside what every line says and to what it belongs."""
        own = (cell.column for _, cell in says if not cell.column.startswith(REFERENCE))
        return any(cells.get(one) for one in own)


def _says(rule: ThingRule | LinkRule) -> frozenset[str]:
    """Return the columns in which something is said of a thing or a link."""
    columns = (cell.column for _, cell in rule.says)
    return frozenset(one for one in columns if not one.startswith((LITERAL, REFERENCE)))


def _has_time(way: str) -> bool:
    return any(sign in way for sign in ("%H", "%I", "%T", "%R", "%X", "%c"))


def _references(keys: Mapping[str, str]) -> dict[str, str]:
    return {f"{REFERENCE}{name}": key for name, key in keys.items()}


def _plain(values: Iterable[str]) -> list[str]:
    return [" ".join(legible(one).split()).casefold() for one in values]


def _key(schema_name: str, values: Sequence[str]) -> str:
    text = _BETWEEN.join((schema_name, *values))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
