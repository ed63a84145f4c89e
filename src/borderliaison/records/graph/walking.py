"""Going along lines from nodes, hop by hop, as a reader sees them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from borderliaison.records.graph.part import Part, Ties
from borderliaison.records.graph.segment import Flags, Ints, Segment
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.which import Following

NOTHING: Ints = np.empty(0, np.int32)
MAX_DEPTH = 250
"""Of how many lines a walk is at most; no network that is looked at is as deep."""
_DENSE = 64
"""Where more than one in so many nodes is named, marking them is faster than sorting their names."""


@dataclass(slots=True)
class Walk:
    """Lines that were gone along, with the nodes at their ends.

    Attributes:
        segment: in which they are.
        places: of the lines.
        begin: the nodes where they begin.
        end: the nodes where they end.
    """

    segment: Segment
    places: Ints
    begin: Ints
    end: Ints

    def at(self, kept: Flags) -> "Walk":
        """Return some of the lines."""
        return Walk(self.segment, self.places[kept], self.begin[kept], self.end[kept])


def lines_at(sight: Sight, following: Following, nodes: Ints) -> Iterator[tuple[Walk, Walk]]:
    """Yield, of each segment, the lines that begin and those that end at some nodes; none to itself."""
    entities = sight.entities_of(nodes)
    for segment in sight.whole.segments:
        yield (
            _walk(sight, segment, following.lines(segment, segment.out_of(entities))),
            _walk(sight, segment, following.lines(segment, segment.into(entities))),
        )


def neighbours(sight: Sight, following: Following, nodes: Ints) -> Ints:
    """Return the nodes next to some, each as often as a line leads to it."""
    entities = sight.entities_of(nodes)
    ends = [NOTHING]
    for segment in sight.whole.segments:
        lines = segment.lines
        ends.append(lines.end[following.lines(segment, segment.out_of(entities))])
        ends.append(lines.begin[following.lines(segment, segment.into(entities))])
    found = sight.nodes_of(np.concatenate(ends))
    allowed = following.nodes(found)
    return found if allowed is None else found[allowed]


def each_once(nodes: Ints, count: int) -> Ints:
    """Return each of some nodes once, in order.

    Args:
        nodes: any number of them.
        count: how many there are in all.
    """
    if len(nodes) * _DENSE < count:
        return np.unique(nodes)
    marked = np.zeros(count, np.bool_)
    marked[nodes] = True
    return np.flatnonzero(marked).astype(np.int32)


def _walk(sight: Sight, segment: Segment, places: Ints) -> Walk:
    if not len(places):
        return Walk(segment, NOTHING, NOTHING, NOTHING)
    begin = sight.nodes_of(segment.lines.begin[places])
    end = sight.nodes_of(segment.lines.end[places])
    walk = Walk(segment, places, begin, end)
    return walk if sight.node is None else walk.at(begin != end)


@dataclass(slots=True)
class Reached:
    """What was come to.

    Attributes:
        nodes: in the order in which they were.
        walks: along which lines.
        all_nodes: how many there would be without a limit.
        all_ties: likewise, lines.
    """

    nodes: Ints
    walks: list[Walk] = field(default_factory=list)
    all_nodes: int = 0
    all_ties: int = 0


def expanded(
    sight: Sight, following: Following, starts: Ints, depth: int, limit: int | None
) -> Reached:
    """Return what is at most some hops away; of too many those with the most lines to what is nearer.

    Args:
        sight: of the reader.
        following: which lines and nodes.
        starts: where to begin.
        depth: how many hops.
        limit: how many nodes are come to at most; None for all.
    """
    rings = np.zeros(len(sight.whole.nodes), np.uint8)
    rings[starts] = 1
    reached = Reached(starts, all_nodes=len(starts))
    frontier = starts
    for ring in range(1, min(depth, MAX_DEPTH) + 1):
        if not len(frontier):
            break
        walks = list(_hop(sight, following, frontier, rings, ring))
        ends = np.concatenate([NOTHING, *(one.end for one in walks), *(one.begin for one in walks)])
        new = ends[rings[ends] == 0]
        frontier = each_once(new, len(rings))
        reached.all_nodes += len(frontier)
        reached.all_ties += sum(len(one.places) for one in walks)
        room = len(rings) if limit is None else limit - (len(reached.nodes) - len(starts))
        if room < len(frontier):
            _, counts = np.unique(new, return_counts=True)
            frontier = frontier[np.argsort(-counts, kind="stable")[: max(room, 0)]]
            rings[frontier] = ring + 1
            walks = [one.at((rings[one.begin] > 0) & (rings[one.end] > 0)) for one in walks]
        rings[frontier] = ring + 1
        reached.walks += walks
        reached.nodes = np.concatenate([reached.nodes, frontier])
    return reached


def _hop(sight: Sight, following: Following, nodes: Ints, rings: Ints, ring: int) -> Iterator[Walk]:
    """Yield the lines at the nodes of a ring that nobody has gone along from an earlier one, each once."""
    for leaving, entering in lines_at(sight, following, nodes):
        to = rings[leaving.end]
        kept = leaving.at((to == 0) | (to >= ring))
        yield _allowed(following, kept, kept.end)
        to = rings[entering.begin]
        kept = entering.at((to == 0) | (to > ring))
        yield _allowed(following, kept, kept.begin)


def _allowed(following: Following, walk: Walk, to: Ints) -> Walk:
    allowed = following.nodes(to)
    return walk if allowed is None else walk.at(allowed)


def between(sight: Sight, following: Following, nodes: Ints) -> list[Walk]:
    """Return all lines among some nodes."""
    inside = np.zeros(len(sight.whole.nodes), np.bool_)
    inside[nodes] = True
    return [leaving.at(inside[leaving.end]) for leaving, _ in lines_at(sight, following, nodes)]


def all_lines(sight: Sight, following: Following) -> Iterator[Walk]:
    """Yield every line of the network between nodes that are come to."""
    for segment in sight.whole.segments:
        places = following.lines(segment, np.arange(len(segment.lines), dtype=np.int32))
        walk = _walk(sight, segment, places)
        begun = _allowed(following, walk, walk.begin)
        yield _allowed(following, begun, begun.end)


def counted(sight: Sight, following: Following) -> Ints:
    """Return how many lines each node has."""
    counts = np.zeros(len(sight.whole.nodes), np.int64)
    for walk in all_lines(sight, following):
        for ends in (walk.begin, walk.end):
            counts += np.bincount(ends, minlength=len(counts))
    return counts


def part_of(sight: Sight, reached: Reached) -> Part:
    """Return what was come to, as the reader knows it."""
    return Part(
        tuple(sight.pks(reached.nodes)),
        _ties(sight, reached.walks),
        reached.all_nodes,
        reached.all_ties,
    )


def _ties(sight: Sight, walks: list[Walk]) -> Ties:
    kinds = np.array(sight.whole.kinds, object)
    entity: list[int] = []
    source: list[int] = []
    begin: list[int] = []
    end: list[int] = []
    kind: list[str] = []
    since: list[int] = []
    until: list[int] = []
    for one in walks:
        lines, places = one.segment.lines, one.places
        entity += lines.entity[places].tolist()
        source += lines.source[places].tolist()
        begin += sight.pks(one.begin)
        end += sight.pks(one.end)
        kind += kinds[lines.kind[places]].tolist()
        since += lines.since[places].tolist()
        until += sight.whole.until(lines, places).tolist()
    return Ties((entity, source, begin, end, kind, since, until))
