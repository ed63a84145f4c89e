"""Reading lines from the database into arrays, for the graph that all readers look at."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any, Final, TypeVar

import numpy as np
from django.db.models import BigIntegerField, Exists, Func, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from borderliaison.records.graph.segment import Columns, Ints
from borderliaison.records.graph.times import BEGINNING_S, FIRST, NO_TIME
from borderliaison.records.models import Entity, Link, Statement
from borderliaison.records.ontology.model import schemata

_WHY: Final = "the graph is filtered for each reader when it is looked at"
_CHUNK: Final = 20_000
_AT_ONCE: Final = 500
_FIELDS: Final = (
    "begin_id", "end_id", "kind", "marking_id", "since_min", "until_min", "entity_id", "source_id",
)  # fmt: skip
T = TypeVar("T")


class _Minutes(Func):
    """A moment as ``times.minutes_of`` counts, by the database."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f"((unixepoch(%(expressions)s) - ({BEGINNING_S})) / 60)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f"FLOOR((EXTRACT(EPOCH FROM %(expressions)s) - ({BEGINNING_S})) / 60)::bigint"
        return self.as_sql(compiler, connection, template=template, **extra)


def _numbering(*known: Any) -> "defaultdict[Any, int]":
    found: defaultdict[Any, int] = defaultdict(count(len(known)).__next__)
    found.update({one: number for number, one in enumerate(known)})
    return found


@dataclass(slots=True)
class Numbering:
    """The numbers of this process for what repeats: kinds, schemata, markings; they only grow."""

    kinds: "defaultdict[str, int]" = field(default_factory=_numbering)
    schemata: "defaultdict[str, int]" = field(default_factory=lambda: _numbering(""))
    markings: "defaultdict[int | None, int]" = field(default_factory=lambda: _numbering(None))
    """None has the number of what is gone."""
    durations: "defaultdict[int | None, int]" = field(default_factory=lambda: _numbering(None))
    """In minutes; None where nothing says when it ended."""


def read_lines(numbering: Numbering, sources: Collection[int] | None = None) -> Columns:
    """Return the lines of some sources, or of all; their ends are entities still, no nodes.

    A line to an entity of which nobody says anything is left out: it exists for no reader.
    """
    parts = [
        _columns(rows, numbering)
        for some in (_parts(sources) if sources is not None else (None,))
        for rows in _chunks(_links(some))
    ]
    lines = Columns.joined([_columns([], numbering), *parts])
    void = _void(lines, everything=sources is None)
    if not len(void):
        return lines
    return lines.at(~(np.isin(lines.begin, void) | np.isin(lines.end, void)))


def read_schemata(numbering: Numbering, pks: Ints) -> Ints:
    """Return the number of each entity's schema.

    Args:
        numbering: of this process.
        pks: the entities, in order.
    """
    found = np.zeros(len(pks), np.uint16)
    if len(pks) > _CHUNK:
        rows = _not_drawn_as_lines().values_list("pk", "schema")
        for some in _chunks(rows.iterator(chunk_size=_CHUNK)):
            _put(found, pks, some, numbering)
    for part in _parts(pks[found == 0].tolist()):
        _put(
            found,
            pks,
            list(Entity.objects.filter(pk__in=part).values_list("pk", "schema")),
            numbering,
        )
    return found


def _put(found: Ints, pks: Ints, rows: list[tuple[int, str]], numbering: Numbering) -> None:
    if not rows:
        return
    asked = np.array([pk for pk, _ in rows], pks.dtype)
    places = np.minimum(np.searchsorted(pks, asked), len(pks) - 1)
    here = pks[places] == asked
    found[places[here]] = np.array([numbering.schemata[name] for _, name in rows])[here]


def _links(sources: list[int] | None) -> Iterator[tuple[Any, ...]]:
    links = Link.objects.as_system(_WHY)
    if sources is not None:
        links = links.filter(source__in=sources)
    timed = links.annotate(since_min=_minutes("since"), until_min=_minutes("until"))
    yield from timed.values_list(*_FIELDS).iterator(chunk_size=_CHUNK)


def _minutes(name: str) -> Coalesce:
    return Coalesce(_Minutes(name), NO_TIME)


def _columns(rows: list[tuple[Any, ...]], numbering: Numbering) -> Columns:
    columns = zip(*rows, strict=True) if rows else ((),) * len(_FIELDS)
    begin, end, kind, marking, begun, ended, *others = columns
    since, until = _late_enough(begun), _late_enough(ended)
    return Columns(
        np.array(begin, np.uint32),
        np.array(end, np.uint32),
        _small([numbering.kinds[one] for one in kind]),
        _small([numbering.markings[one] for one in marking]),
        since.astype(np.uint32),
        _small([numbering.durations[one] for one in _durations(since, until)]),
        *(np.array(one, np.uint32) for one in others),
    )


def _small(numbers: list[int]) -> Ints:
    """Return numbers in as few bytes as they need."""
    return np.array(numbers, np.min_scalar_type(max(numbers, default=0)))


def _durations(since: Ints, until: Ints) -> list[int | None]:
    """Return how long each lasted, in 32 bits; None where nothing says so."""
    both = zip(since.tolist(), until.tolist(), strict=True)
    return [None if ended == NO_TIME else (ended - begun) % 2**32 for begun, ended in both]


def _late_enough(minutes: Any) -> Ints:
    """Return these minutes, what was before the first as of then."""
    found = np.array(minutes, np.int64)
    return np.where(found < NO_TIME, FIRST, found)


def _void(lines: Columns, *, everything: bool) -> Ints:
    """Return the entities of which nobody says anything, among the ends of these lines."""
    said = Statement.objects.as_system(_WHY).filter(entity=OuterRef("pk"))
    void = _not_drawn_as_lines().filter(~Exists(said)).values_list("pk", flat=True)
    if everything:
        return np.array(list(void), np.uint32)
    ends = np.unique(np.concatenate([lines.begin, lines.end])).tolist()
    return np.array([pk for part in _parts(ends) for pk in void.filter(pk__in=part)], np.uint32)


def _not_drawn_as_lines() -> QuerySet[Entity]:
    edges = [one.name for one in schemata().values() if one.edge is not None]
    return Entity.objects.exclude(schema__in=edges)


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, _CHUNK)):
        yield some


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
