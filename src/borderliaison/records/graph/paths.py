"""Ways from one node to another, as a reader sees them: the shortest, and all up to a length."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from borderliaison.records.graph.segment import Ints
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.walking import each_once, neighbours
from borderliaison.records.graph.which import Following

FARTHEST: Final = 120
"""Lines: no shortest way that anybody looks for is longer."""
MAX_STEPS: Final = 50_000
"""Steps after which the search for more ways is given up, and says so."""
_FAR: Final = 127


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways through the graph.

    Attributes:
        nodes: of each way its nodes, the shortest first.
        are_all: whether there is no other of these lengths.
        goes_on: whether there may be longer ones.
    """

    nodes: tuple[tuple[int, ...], ...]
    are_all: bool
    goes_on: bool


def shortest(
    sight: Sight, following: Following, begin: int, end: int, longest: int
) -> list[int] | None:
    """Return the nodes of a shortest way of at most ``longest`` lines; None where there is none.

    It is looked for from both ends, each time from that with fewer nodes to go on from.
    """
    if begin == end:
        return [begin]
    sides = [_Side(sight, following, one) for one in (begin, end)]
    while sides[0].depth + sides[1].depth < longest:
        nearer = min(sides, key=lambda one: len(one.frontier))
        farther = sides[1] if nearer is sides[0] else sides[0]
        nearer.go_on()
        if not len(nearer.frontier):
            return None
        met = nearer.frontier[farther.distance[nearer.frontier] != _FAR]
        if len(met):
            middle = int(met[np.argmin(farther.distance[met])])
            return [*reversed(sides[0].back_from(middle)), middle, *sides[1].back_from(middle)]
    return None


def ways(
    sight: Sight, following: Following, begin: int, end: int, longest: int, limit: int
) -> Ways:
    """Return the ways of at most ``longest`` lines that come to no node twice, the shortest first.

    Args:
        sight: of the reader.
        following: which lines and nodes.
        begin: a node.
        end: another.
        longest: how many lines at most.
        limit: how many ways at most.
    """
    search = _Search(sight, following, end, longest)
    found: list[tuple[int, ...]] = []
    for length in range(1, longest + 1):
        for way in search.of_length([begin], length):
            if len(found) == limit:
                return Ways(tuple(found), are_all=False, goes_on=True)
            found.append(way)
    return Ways(tuple(found), search.steps < MAX_STEPS, search.goes_on)


def cycles(sight: Sight, following: Following, node: int, longest: int, limit: int) -> Ways:
    """Return the rings of three to ``longest`` nodes through a node, the shortest first.

    Each begins and ends with the node, and is told in one of its two directions.
    """
    search = _Search(sight, following, node, longest)
    found: list[tuple[int, ...]] = []
    for length in range(3, longest + 1):
        for way in search.of_length([node], length):
            if way[1] > way[-2]:
                continue
            if len(found) == limit:
                return Ways(tuple(found), are_all=False, goes_on=True)
            found.append(way)
    return Ways(tuple(found), search.steps < MAX_STEPS, search.goes_on)


class _Side:
    """What was reached from one end, ring after ring."""

    def __init__(self, sight: Sight, following: Following, start: int) -> None:
        self._sight, self._following = sight, following
        self.depth = 0
        self.frontier: Ints = np.array([start], np.int32)
        self.distance: npt.NDArray[np.int8] = np.full(len(sight.whole.nodes), _FAR, np.int8)
        self.distance[start] = 0

    def go_on(self) -> None:
        """Go one ring further."""
        around = neighbours(self._sight, self._following, self.frontier)
        self.depth += 1
        new = around[self.distance[around] == _FAR]
        self.distance[new] = self.depth
        self.frontier = each_once(new, len(self.distance))

    def back_from(self, node: int) -> list[int]:
        """Return the nodes from beside a node to where this side began."""
        way: list[int] = []
        for left in range(int(self.distance[node]) - 1, -1, -1):
            around = neighbours(self._sight, self._following, np.array([node], np.int32))
            node = int(around[np.argmax(self.distance[around] == left)])
            way.append(node)
        return way


class _Search:
    """Ways to one node, step by step; none is begun that cannot end in time."""

    def __init__(self, sight: Sight, following: Following, end: int, longest: int) -> None:
        self._sight, self._following, self._end = sight, following, end
        self._around: dict[int, list[int]] = {}
        self._beyond: set[int] = set()
        self._longest = longest
        self.steps = 0
        self.goes_on = False
        side = _Side(sight, following, end)
        for _ in range(longest - 1):
            side.go_on()
        self._distance = side.distance

    def of_length(self, way: list[int], left: int) -> Iterator[tuple[int, ...]]:
        """Yield the ways that go on from one for exactly so many lines; note where one could go on."""
        around = self._next(way[-1])
        if way[-1] in self._beyond and len(way) - 1 + left == self._longest:
            self.goes_on = True
        for node in around:
            if self.steps >= MAX_STEPS:
                return
            self.steps += 1
            if left == 1:
                if node == self._end:
                    yield (*way, node)
                else:
                    self._could_go_on(way, node, left)
            elif node == self._end or node in way:
                continue
            elif self._distance[node] < left:
                yield from self.of_length([*way, node], left - 1)
            else:
                self._could_go_on(way, node, left)

    def _could_go_on(self, way: list[int], node: int, left: int) -> None:
        """Note whether a way that is as long as any may be would lead on past a node."""
        is_longest = len(way) - 1 + left == self._longest
        if is_longest and not self.goes_on and node not in way:
            self.goes_on = len(self._next(node)) > 1 or node in self._beyond

    def _next(self, node: int) -> list[int]:
        if node not in self._around:
            around = neighbours(self._sight, self._following, np.array([node], np.int32))
            is_near = self._distance[around] != _FAR
            self._around[node] = np.unique(around[is_near]).tolist()
            if not is_near.all():
                self._beyond.add(node)
        return self._around[node]
