"""For how many pairs of others the shortest way leads through each node."""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from borderliaison.records.graph.measures.edges import Edges, Values
from borderliaison.records.graph.measures.folding import folded
from borderliaison.records.graph.measures.starts import DEEPEST, Found, Starts, rounds_within
from borderliaison.records.graph.segment import Flags

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_CELLS: Final = 120_000
"""What is swept at once fits into the processor's own memory."""
_LEAST: Final = 8
_PASSES: Final = 10
"""How often each number is touched on a level."""
_DIGITS: Final = 6
"""More are not sure in sums of so many."""


def between(edges: Edges, work: float = math.inf) -> Found | None:
    """Return it of each node: exact, or estimated from as many starts as some work allows.

    Args:
        edges: the network.
        work: how many numbers may be touched.

    Returns:
        None where its ways are too long to be swept.

    Source: Brandes, A Faster Algorithm for Betweenness Centrality (2001); of starts, Brandes and
    Pich, Centrality Estimation in Large Networks (2007).
    """
    fold = folded(edges, Starts.of(edges).sizes)
    core, starts = fold.core, Starts.of(fold.core)
    if not core.count:
        return Found(fold.between, 0, 0)
    sweeping = _Sweeping(core.matrix(), starts, fold.weights, max(_LEAST, _CELLS // core.count))
    first = sweeping.swept(0)
    if first is None:
        return None
    total, touched = first
    rounds = rounds_within(work, touched, starts.rounds, sweeping.at_once)
    begins = range(sweeping.at_once, rounds, sweeping.at_once)
    with ThreadPoolExecutor(_hands(work)) as pool:
        for swept in pool.map(sweeping.swept, begins):
            if swept is None:
                pool.shutdown(cancel_futures=True)
                return None
            total += swept[0]
    values = fold.between.copy()
    values[fold.numbers] += total * (starts.sizes / starts.started(rounds)) / 2
    return Found(values.round(_DIGITS), rounds, starts.rounds)


def _hands(work: float) -> int:
    """Return how many sweep at a time: all that the machine has where nobody waits beside, else one."""
    return len(os.sched_getaffinity(0)) if math.isinf(work) else 1


@dataclass(frozen=True, slots=True)
class _Sweeping:
    """Sweeps of a network from several nodes at once.

    Each is a column: shortest ways are counted level by level outwards, and what depends on each node is
    summed on the way back, both as products with the network's matrix.
    """

    matrix: "csr_array"
    starts: Starts
    weights: Values
    at_once: int

    def swept(self, first: int) -> tuple[Values, float] | None:
        """Return what depends on each node from the rounds of a sweep, and how many numbers it touched."""
        nodes, columns = self.starts.at(first, first + self.at_once)
        ways = np.zeros((len(self.weights), int(columns.max(initial=-1)) + 1))
        ways[nodes, columns] = 1
        levels = self._outwards(ways, len(nodes))
        if levels is None:
            return None
        pairs = np.zeros((self.starts.parts, ways.shape[1]))
        pairs[self.starts.part[nodes], columns] = self.weights[nodes]
        each = self.weights[:, None] * pairs[self.starts.part]
        each = np.divide(each, ways, out=each, where=ways != 0)
        depending = self._back(each, levels)
        depending -= each
        depending *= ways
        depending[nodes, columns] = 0
        touched = (len(levels) + 1) * ways.shape[1] * (_PASSES * len(ways) + 2 * self.matrix.nnz)
        return depending.sum(axis=1), float(touched)

    def _outwards(self, ways: Values, reached: int) -> list[Flags] | None:
        """Count the shortest ways to each node; return which nodes each level has, the first left out."""
        levels: list[Flags] = []
        front = ways
        while reached < ways.size:
            front = self.matrix @ front
            fresh = (front != 0) & (ways == 0)
            count = int(np.count_nonzero(fresh))
            if not count:
                break
            if len(levels) == DEEPEST:
                return None
            reached += count
            front *= fresh
            ways += front
            levels.append(fresh)
        return levels

    def _back(self, each: Values, levels: Sequence[Flags]) -> Values:
        """Return for each node what depends on it and itself, by the number of ways to it."""
        found = np.zeros_like(each)
        front = np.zeros_like(each)
        for level in reversed(levels):
            front = self.matrix @ front
            front += each
            front *= level
            found += front
        return found
