"""The graph of a process at one moment: nodes with numbers of their own, and segments of lines. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from borderliaison.records.graph.segment import Columns, Flags, Ints, Segment
from borderliaison.records.graph.times import NO_TIME

_MAX_LATER: Final = 50_000
_MAX_SHARE: Final = 10


@dataclass(frozen=True, slots=True)
class Nodes:
    """The entities that have lines, each with a number from 0.

    Attributes:
        pks: the entity of each number.
        in_order: how many of them, from the first, are in order; those that came later follow.
        later: the numbers of the others, by their entities.
        schema: the number of each one's schema.
    """

    pks: Ints
    in_order: int
    later: Mapping[int, int]
    schema: Ints

    def __len__(self) -> int:
        return len(self.pks)

    def number(self, pk: int) -> int | None:
        """Return the number of an entity; None where it is not here."""
        (found,) = self.numbers(np.array([pk])).tolist()
        return found if found >= 0 else None

    def numbers(self, pks: Ints) -> Ints:
        """Return the numbers of some entities; -1 for one that is not here."""
        ordered = self.pks[: self.in_order]
        places = np.searchsorted(ordered, pks.astype(ordered.dtype))
        found = np.full(len(pks), -1, np.int64)
        inside = places < self.in_order
        inside[inside] = ordered[places[inside]] == pks[inside]
        found[inside] = places[inside]
        if self.later:
            for place in np.flatnonzero(~inside):
                found[place] = self.later.get(int(pks[place]), -1)
        return found


@dataclass(frozen=True, slots=True)
class Whole:
    """All lines of the records, for no reader yet.

    Attributes:
        nodes: the entities.
        kinds: the names of the kinds of line, by their numbers.
        schemata: the names of the schemata of nodes, by their numbers.
        markings: the numbers that the database has for them, by ours; the first is none.
        durations: how long lines last, in minutes, by their numbers; the first says nothing.
        segments: the lines; the first holds most, the second what came since.
    """

    nodes: Nodes
    kinds: tuple[str, ...]
    schemata: tuple[str, ...]
    markings: tuple[int | None, ...]
    durations: Ints
    segments: tuple[Segment, ...]

    def __len__(self) -> int:
        return sum(len(one.lines) for one in self.segments)

    def until(self, lines: Columns, places: Ints) -> Ints:
        """Return when some lines ended, as ``times.minutes_of`` counts."""
        lasting = lines.lasting[places]
        ended = lines.since[places] + self.durations[lasting]
        return np.where(lasting == 0, NO_TIME, ended)

    @property
    def nbytes(self) -> int:
        """How much memory it takes, in bytes."""
        nodes = self.nodes.pks.nbytes + self.nodes.schema.nbytes + self.durations.nbytes
        return nodes + sum(one.nbytes for one in self.segments)


def with_lines(segments: tuple[Segment, ...], came: Columns, nodes: int) -> tuple[Segment, ...]:
    """Return segments to which lines came: the last is made anew, or all become one.

    Args:
        segments: one or two.
        came: the new lines.
        nodes: how many there are now.
    """
    first, *rest = segments
    later = [_standing(one) for one in rest] + [came]
    if sum(map(len, later)) > max(_MAX_LATER, len(first.lines) // _MAX_SHARE):
        return (Segment.of(Columns.joined([_standing(first), *later]), nodes),)
    return (first, Segment.of(Columns.joined(later), nodes))


def _standing(segment: Segment) -> Columns:
    stands: Flags = segment.lines.marking != 0
    return segment.lines if stands.all() else segment.lines.at(stands)
