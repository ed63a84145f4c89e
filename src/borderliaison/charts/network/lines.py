"""The links among items, as a reader may know them: those that say the same are one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

from django.utils.timezone import get_current_timezone

from borderliaison.charts.network.amounts import SAID, amounts_in, carrying, said_of
from borderliaison.charts.network.groups import Groups
from borderliaison.charts.network.pieces import Link
from borderliaison.forms.certainty import CERTAINTIES, certainty_of
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.records.models import Link as LinkRow
from borderliaison.records.ontology.model import schema, schemata
from borderliaison.records.shown.words import value_words
from borderliaison.sql.seconds import Seconds
from borderliaison.sql.within import within

_FIELDS: Final = (
    "entity_id",
    "entity__key",
    "begin_id",
    "end_id",
    "kind",
    "source_id",
    "marking_id",
    "since_s",
    "until_s",
)
_ENTITY, _KIND = _FIELDS.index("entity_id"), _FIELDS.index("kind")
_BEGIN, _END = _FIELDS.index("begin_id"), _FIELDS.index("end_id")
_MARKING: Final = _FIELDS.index("marking_id")
_SECONDS: Final = {"since_s": Seconds("since"), "until_s": Seconds("until")}
_AT_ONCE: Final = 5000
_LABEL: Final = "summary"
"""What an i2 chart writes along a link."""
_MOST_LETTERS: Final = 40


@dataclass(slots=True)
class _Row:
    """One link as one source says it, between items."""

    key: str
    kind: str
    begin: str
    end: str
    said: str
    certainty: str
    since: int | None
    until: int | None
    source: int
    amounts: dict[str, float] = field(default_factory=dict)


def links_among(reader: Reader, groups: Groups, new: Collection[str], lang: str) -> list[Link]:
    """Return the links with at least one end among new items, and both on the chart.

    Args:
        reader: who looks.
        groups: of all items on the chart, the new ones too.
        new: the keys of those whose links the page does not have.
        lang: in which labels are written.
    """
    rows = list(_read(reader, groups, new))
    written = _written_kinds({row[_KIND] for row in rows})
    telling = {
        row[_ENTITY]: row[_KIND] for row in rows if row[_KIND] in carrying() | written.keys()
    }
    props = {*SAID, *(name for some in written.values() for name in some)}
    known = said_of(reader, telling, props)
    said = _captions(known, telling, written, lang)
    gradings = _certainties({row[_MARKING] for row in rows})
    amounts = amounts_in({pk: one for pk, one in known.items() if telling[pk] in carrying()})
    found: dict[tuple[str, str, str, str, int | None], list[_Row]] = {}
    for entity, key, begin, end, kind, source, marking, since, until in rows:
        one = _Row(
            key, kind, groups.keys[begin], groups.keys[end], said.get(entity, ""),
            gradings[marking], since, until, source, amounts.get(entity, {}),
        )  # fmt: skip
        if one.begin != one.end:
            found.setdefault((kind, one.begin, one.end, one.said, one.since), []).append(one)
    return [_joined(some, lang) for some in found.values()]


def _read(reader: Reader, groups: Groups, new: Collection[str]) -> Iterator[tuple[Any, ...]]:
    """Yield each link once: those that begin at what is new, and those that only end there."""
    ours = {pk for key in new for pk in groups.pks.get(key, ())}
    all_of = LinkRow.objects.readable_by(reader).annotate(**_SECONDS)
    begun = all_of.filter(within("begin", ours)).values_list(*_FIELDS)
    yield from (row for row in begun.iterator(_AT_ONCE) if row[_END] in groups.keys)
    if len(groups.keys) > len(ours):
        ended = all_of.filter(within("end", ours)).values_list(*_FIELDS)
        known = groups.keys.keys() - ours
        yield from (row for row in ended.iterator(_AT_ONCE) if row[_BEGIN] in known)


def _joined(rows: list[_Row], lang: str) -> Link:
    first = rows[0]
    label, directed = link_words(first.kind, lang)
    said, between = first.said or label, (first.kind, first.begin, first.end)
    if len(rows) == 1:
        return Link(
            _key(rows), *between, said, first.certainty, directed,
            first.since, first.until, 1, first.amounts,
        )  # fmt: skip
    ends = [one.until for one in rows if one.until is not None]
    certainty = min([one.certainty for one in rows], key=CERTAINTIES.index)
    sources = len({one.source for one in rows})
    return Link(
        _key(rows), *between, said, certainty, directed,
        first.since, max(ends, default=None), sources, _most(rows),
    )  # fmt: skip


def _key(rows: list[_Row]) -> str:
    """Return what names a link: it tells no number of a row, from which others could be counted."""
    first = rows[0]
    between = f"{first.kind} {first.begin} {first.end} {first.since}"
    known = min([one.key for one in rows])
    return f"{known}-{blake2b(between.encode(), digest_size=6).hexdigest()}"


def _most(rows: list[_Row]) -> dict[str, float]:
    """Return of each unit the most that somebody says."""
    return {
        unit: max(one.amounts[unit] for one in rows if unit in one.amounts)
        for unit in dict.fromkeys(unit for one in rows for unit in one.amounts)
    }


@lru_cache(maxsize=512)
def link_words(kind: str, lang: str) -> tuple[str, bool]:
    """Return what a kind of link says, and whether its ends differ."""
    name, _, prop = kind.partition(":")
    if name not in schemata():
        return kind, True
    known = schema(name)
    if prop in known.properties:
        return known.properties[prop].label.text(lang).lower(), True
    if known.edge is None:
        return known.label.text(lang), True
    return known.edge.label.text(lang), known.edge.is_directed


def _written_kinds(kinds: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return of those kinds that are entities of their own which properties are written along them."""
    own = [kind for kind in kinds if ":" not in kind and kind in schemata()]
    return {kind: names for kind in own if (names := _written(kind))}


def _captions(
    said: Mapping[int, Mapping[str, str]],
    kinds: Mapping[int, str],
    written: Mapping[str, tuple[str, ...]],
    lang: str,
) -> dict[int, str]:
    """Return what is written along each line that is an entity of its own: its role, or its label of i2."""
    zone = get_current_timezone()
    return {
        entity: _in_words(kinds[entity], written[kinds[entity]], values, lang, zone)
        for entity, values in said.items()
        if kinds[entity] in written
    }


@lru_cache(maxsize=512)
def _written(kind: str) -> tuple[str, ...]:
    """Return which property of a kind of link is written along it, the first that is said."""
    known = schema(kind)
    if known.edge is None:
        return ()
    return (*known.edge.caption, *(name for name in (_LABEL,) if name in known.properties))


def _in_words(
    kind: str, names: tuple[str, ...], values: Mapping[str, str], lang: str, zone: tzinfo
) -> str:
    """Return the first of some properties of which something is said, in a few words."""
    name = next((one for one in names if one in values), "")
    if not name:
        return ""
    words = value_words(kind, schema(kind).properties[name], values[name], lang, zone)
    return words if len(words) <= _MOST_LETTERS else f"{words[: _MOST_LETTERS - 1].rstrip()}…"


def _certainties(markings: Collection[object]) -> Mapping[object, str]:
    rows = MarkingRow.objects.in_bulk([pk for pk in markings if isinstance(pk, int)])
    return {pk: certainty_of(row.value.grading) for pk, row in rows.items()}
