"""Into which parts the network falls: who and what hangs together by what several sources say."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from borderliaison.records.graph.segment import Flags, Ints
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.times import NO_TIME, minutes_of
from borderliaison.records.graph.walking import NOTHING, Walk, all_lines
from borderliaison.records.graph.which import Following
from borderliaison.records.ontology.model import schemata

_BITS = 32


@dataclass(frozen=True, slots=True)
class Hanging:
    """A part that hangs together.

    Attributes:
        nodes: the entities by which the reader knows its nodes, those with the most lines first; not
            more than were asked for.
        kinds: how many nodes of each schema there are in all.
        sources: how many say something of it.
        markings: the numbers of those under which its lines are read.
    """

    nodes: tuple[int, ...]
    kinds: Mapping[str, int]
    sources: int
    markings: Set[int]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of which several sources speak, those with the most sources first.

    Attributes:
        some: as many as were asked for.
        total: how many there are.
    """

    some: tuple[Hanging, ...]
    total: int


def hanging(
    sight: Sight, following: Following, since: datetime | None, *, parts: int, nodes: int
) -> Parts:
    """Return into which parts the network falls.

    Args:
        sight: of the reader.
        following: which lines and nodes.
        since: events and lines before it do not count; None for all.
        parts: how many are told at most.
        nodes: how many nodes of each are told at most.
    """
    walks = list(all_lines(sight, following))
    if since is not None:
        late = _late_events(sight, minutes_of(since))
        walks = [_late(one, late, minutes_of(since)) for one in walks]
    begin, end = (
        np.concatenate([NOTHING, *(getattr(one, name) for one in walks)])
        for name in ("begin", "end")
    )
    part = _joined(len(sight.whole.nodes), begin, end)
    numbers, sources = np.unique(_of_each(part[begin], walks, "source")[0], return_counts=True)
    numbers, sources = numbers[sources > 1], sources[sources > 1]
    most = np.argsort(-sources, kind="stable")[:parts]
    lines = np.bincount(np.concatenate([begin, end]), minlength=len(part))
    marked, markings = _of_each(part[begin], walks, "marking")
    some = [
        _told(
            sight,
            np.flatnonzero((part == number) & (lines > 0)),
            lines,
            said,
            markings[marked == number],
            nodes,
        )
        for number, said in zip(numbers[most], sources[most].tolist(), strict=True)
    ]
    return Parts(tuple(some), len(numbers))


def _of_each(parts: Ints, walks: Sequence[Walk], column: str) -> tuple[Ints, Ints]:
    """Return each part with each number that a column of its lines has, every two once."""
    of = np.concatenate(
        [NOTHING, *(getattr(one.segment.lines, column)[one.places] for one in walks)]
    )
    once = np.unique((parts.astype(np.int64) << _BITS) | of.astype(np.int64))
    return once >> _BITS, once & ((1 << _BITS) - 1)


def _told(
    sight: Sight, members: Ints, lines: Ints, sources: int, markings: Ints, most: int
) -> Hanging:
    names, known = sight.whole.schemata, sight.whole.markings
    kinds = Counter(names[one] for one in sight.schema[members].tolist())
    first = members[np.argsort(-lines[members], kind="stable")][:most]
    read = frozenset(number for one in markings.tolist() if (number := known[one]) is not None)
    return Hanging(tuple(sight.pks(first)), kinds, sources, read)


def _joined(count: int, begin: Ints, end: Ints) -> Ints:
    """Return for each node the lowest of all with which it hangs together.

    Source: Shiloach and Vishkin, An O(log n) Parallel Connectivity Algorithm (1982): each takes the
    lowest number beside it and then that one's own, until nothing changes.
    """
    part = np.arange(count, dtype=np.int64)
    while True:
        before = part.copy()
        low = np.minimum(part[begin], part[end])
        for ends in (begin, end):
            np.minimum.at(part, before[ends], low)
            np.minimum.at(part, ends, low)
        part = part[part]
        if np.array_equal(part, before):
            return part


def _late_events(sight: Sight, since: int) -> Flags:
    """Say of each node whether it is no event, or one that some line dates late enough."""
    known = schemata()
    events = [one in known and known[one].is_a("Event") for one in sight.whole.schemata]
    late: Flags = ~np.array(events, np.bool_)[sight.schema]
    for segment in sight.whole.segments:
        lines = segment.lines
        dated = sight.may_read[lines.marking] & (lines.since >= since)
        for ends in (lines.begin, lines.end):
            late[sight.nodes_of(ends[dated])] = True
    return late


def _late(walk: Walk, late: Flags, since: int) -> Walk:
    """Return those lines that are dated late enough, or not at all and lead to no earlier event."""
    at = walk.segment.lines.since[walk.places]
    return walk.at(((at == NO_TIME) | (at >= since)) & late[walk.begin] & late[walk.end])
