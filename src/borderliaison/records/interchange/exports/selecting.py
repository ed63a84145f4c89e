"""What goes out: all that a reader may read and take along, each thing once, as it is one to him."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.interned import MarkingRow
from borderliaison.records.interchange.exports.permitted import may_leave
from borderliaison.records.interchange.exports.unchanged import Basis
from borderliaison.records.interchange.items import (
    Heading,
    Item,
    Origin,
    Place,
    Told,
    pairs_of,
)
from borderliaison.records.interchange.progress import Counting, Progress, unseen
from borderliaison.records.interchange.spool import Spool, spooled
from borderliaison.records.models import Link, Statement
from borderliaison.records.ontology.model import schema
from borderliaison.records.resolution.canonical import members, samenesses
from borderliaison.records.resolution.grouping import joined
from borderliaison.wording.marks import labels_of

_AT_ONCE: Final = 500
_COLUMNS: Final = (
    "entity_id", "entity__key", "entity__schema", "prop", "value", "language",
    "source_id", "source__key", "source__office", "marking_id", "first_seen", "last_seen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for.

    Attributes:
        title: of the file.
        pks: the entities' numbers; None for everything that the reader may read.
        schemata: kinds of things; empty for all. Links between them go along.
        places: where things stand in the chart that goes out, by the entities' numbers.
    """

    title: str
    pks: Collection[int] | None = None
    schemata: frozenset[str] = frozenset()
    places: Mapping[int, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Chosen:
    """What goes out, on the disk.

    Attributes:
        spool: it.
        heading: of its file.
        writing: how far its file is.
        basis: what it rests on; to be checked once the file is handed over.
    """

    spool: Spool
    heading: Heading
    writing: Counting
    basis: Basis

    def things(self) -> Iterator[Item]:
        """Yield everything that is no link, without references that lead out."""
        return self.writing.each(self._closed(one) for one in self.spool.things())

    def links(self) -> Iterator[Item]:
        """Yield the links of which two ends are there."""
        has = self.spool.has
        for one in self.writing.each(self.spool.links()):
            if any(has(begin) and has(end) for begin, end in pairs_of(one)):
                yield self._closed(one)

    def _closed(self, item: Item) -> Item:
        properties = item.kind.properties
        leads_out = [
            one
            for one in item.told
            if properties[one.prop].type.name == "entity" and not self.spool.has(one.value)
        ]
        return (
            replace(item, told=tuple(t for t in item.told if t not in leads_out))
            if leads_out
            else item
        )


@contextmanager
def outgoing(
    reader: Reader,
    selection: Selection,
    folder: Path,
    office: OfficeCode,
    lang: str = "en",
    progress: Progress = unseen,
) -> Iterator[Chosen]:
    """Give what a reader may take out of a selection.

    Args:
        reader: who exports.
        selection: what he asks for.
        folder: of the node, for the file between.
        office: this one.
        lang: in which the heading says the marking.
        progress: told how far gathering is, then how far writing.
    """
    with spooled(folder) as spool:
        taking = _Taking(reader, selection, spool, office, progress, Basis.now())
        taking.all()
        taking.still(0, 0)
        spool.settle()
        taking.still(0, 0)
        heading = _heading(taking, selection, office, lang)
        chosen = Chosen(spool, heading, Counting(sum(spool.count()), taking.still), taking.basis)
        things, links = _count(chosen.things()), _count(chosen.links())
        chosen.writing = Counting(chosen.writing.total, progress)
        chosen.heading = replace(chosen.heading, things=things, links=links)
        yield chosen


def _count(items: Iterable[Item]) -> int:
    return sum(1 for _ in items)


def _heading(taking: "_Taking", selection: Selection, office: OfficeCode, lang: str) -> Heading:
    page = PageMarking.of(taking.markings.values())
    labels = labels_of(page, lang)
    text = " · ".join(filter(None, (labels.classification, *labels.handling, labels.audience)))
    return Heading(
        selection.title, office, datetime.now(UTC), page, text, withheld=taking.withheld.total()
    )


@dataclass(slots=True)
class _Taking:
    reader: Reader
    selection: Selection
    spool: Spool
    office: OfficeCode
    progress: Progress
    basis: Basis
    withheld: Counter[int] = field(default_factory=Counter)
    """How many values of each marking may not leave."""
    markings: dict[int, Marking] = field(default_factory=dict)
    """The markings of what leaves, by number."""
    groups: dict[int, str] = field(default_factory=dict)
    """The canonical keys of those that are the same as others."""
    names: dict[str, str] = field(default_factory=dict)
    """The same by their own keys, for references."""
    gathering: Counting = field(init=False)

    def still(self, _done: int, _total: int) -> None:
        """Tell that all was gathered."""
        self.gathering.step(0)

    def all(self) -> None:
        chosen = self.selection.pks
        if chosen is None:
            self._learn(joined(self._stoppable(samenesses(self.reader))))
            said = self._said()
            self.gathering = Counting(said.count(), self.progress)
            rows = said.order_by("pk").values_list(*_COLUMNS, named=True).iterator(2000)
            self._take(self.gathering.each(rows))
            return
        same = members(self.reader, chosen)
        self._learn([set(one) for one in set(same.values())])
        pks = sorted({pk for group in same.values() for pk in group})
        parts = [*_parts(pks), *_parts(sorted(self._links_among(pks)))]
        self.gathering = Counting(len(parts), self.progress)
        for some in self.gathering.each(iter(parts)):
            rows = self._said().filter(entity__in=some).order_by("entity_id", "pk")
            self._take(rows.values_list(*_COLUMNS, named=True))

    def _stoppable(self, pairs: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield pairs of the same; nobody knows how many come, but they can be let go."""
        self.progress(0, 1)
        for number, pair in enumerate(pairs, start=1):
            if number % _AT_ONCE == 0:
                self.progress(0, 1)
            yield pair
        self.progress(0, 1)

    def _said(self) -> Any:
        return Statement.objects.readable_by(self.reader)

    def _learn(self, groups: Iterable[Collection[int]]) -> None:
        """Learn what groups are called: the lowest key of those that exist for the reader."""
        group_of = {pk: number for number, group in enumerate(groups) for pk in group}
        keys: dict[int, str] = {}
        for some in _parts(group_of):
            self.progress(0, 1)
            said = self._said().filter(entity__in=some)
            keys.update(said.values_list("entity_id", "entity__key").distinct())
        lowest: dict[int, str] = {}
        for pk, key in keys.items():
            lowest[group_of[pk]] = min(key, lowest.get(group_of[pk], key))
        for pk, key in keys.items():
            self.groups[pk] = self.names[key] = lowest[group_of[pk]]

    def _links_among(self, pks: Collection[int]) -> set[int]:
        links = Link.objects.readable_by(self.reader)
        there, found = set(pks), set()
        for some in _parts(pks):
            rows = links.filter(begin__in=some).values_list("entity_id", "end_id")
            found |= {entity for entity, end in rows if end in there and entity not in there}
        return found

    def _take(self, rows: Iterable[Any]) -> None:
        for number, said in groupby(rows, key=attrgetter("entity_id")):
            one = next(said)
            if self._is_wanted(one.entity__schema):
                leaves = [row for row in (one, *said) if self._may_leave(row.marking_id)]
                self.basis.sources.update(row.source_id for row in leaves)
                told = tuple(map(self._told, leaves))
                key = self.groups.get(number, one.entity__key)
                if told:
                    place = self.selection.places.get(number)
                    self.spool.put(Item(key, one.entity__schema, told, place))

    def _is_wanted(self, name: str) -> bool:
        wanted, kind = self.selection.schemata, schema(name)
        return not wanted or kind.edge is not None or any(kind.is_a(one) for one in wanted)

    def _told(self, row: Any) -> Told:
        marking = self.markings[row.marking_id]
        origin = Origin(row.source__key, row.source__office, marking, row.first_seen, row.last_seen)
        value = self.names.get(row.value, row.value)
        return Told(row.prop, value, row.language, marking.grading, origin)

    def _may_leave(self, number: int) -> bool:
        if number in self.markings:
            return True
        if number not in self.withheld:
            marking = MarkingRow.objects.get(pk=number).value
            if may_leave(marking, self.office):
                self.markings[number] = marking
                return True
        self.withheld[number] += 1
        return False


def _parts(pks: Collection[int]) -> Iterator[list[int]]:
    many = list(pks)
    for start in range(0, len(many), _AT_ONCE):
        yield many[start : start + _AT_ONCE]
