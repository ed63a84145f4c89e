"""How near each node is to all others."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from borderliaison.records.graph.measures.edges import Edges, Values
from borderliaison.records.graph.measures.starts import DEEPEST, Found, Starts, rounds_within
from borderliaison.records.graph.segment import Ints

_AT_ONCE: Final = 64
"""A sweep starts from so many: each is one bit of a number."""
_OF_A_NODE: Final = 20
_OF_A_LINE: Final = 20
"""What a level costs for each of them: what lies apart in memory is slow."""


def near(edges: Edges, work: float = math.inf) -> Found | None:
    """Return it of each node, from 0 to 1: exact, or estimated from as many starts as some work allows.

    Args:
        edges: the network.
        work: how many numbers may be touched.

    Returns:
        None where its ways are too long to be swept.

    Source: Wasserman and Faust, Social Network Analysis (1994), section 5.2; of starts, Eppstein
    and Wang, Fast Approximation of Centrality (2004).
    """
    starts = Starts.of(edges)
    sweeping = _Sweeping.of(edges, starts)
    far = np.zeros(edges.count)
    begin, rounds = 0, starts.rounds
    while begin < rounds:
        levels = sweeping.swept(begin, far)
        if levels is None:
            return None
        if begin == 0:
            touched = levels * (_OF_A_NODE * edges.count + _OF_A_LINE * len(edges.pairs))
            rounds = rounds_within(work, touched, rounds, _AT_ONCE)
        begin += _AT_ONCE
    others = starts.started(rounds) - (starts.rank < rounds)
    beside = starts.sizes - 1
    reached = far > 0
    values = np.zeros(edges.count)
    values[reached] = (beside * others / max(1, edges.count - 1))[reached] / far[reached]
    return Found(values, rounds, starts.rounds)


@dataclass(frozen=True, slots=True)
class _Sweeping:
    """Sweeps of a network from as many nodes at once as a number has bits.

    Attributes:
        starts: in which order.
        lined: the nodes that have a line.
        beside: those next to each of them, one node after the other.
        begins: where in these each of them begins.
    """

    starts: Starts
    lined: Ints
    beside: Ints
    begins: Ints

    @classmethod
    def of(cls, edges: Edges, starts: Starts) -> "_Sweeping":
        matrix = edges.matrix()
        lined = np.flatnonzero(np.diff(matrix.indptr))
        return cls(starts, lined, matrix.indices, matrix.indptr[lined])

    def swept(self, first: int, far: Values) -> int | None:
        """Add to each node how far it is from the starts of a sweep; return how many levels that had."""
        nodes, bits = self.starts.at(first, first + _AT_ONCE)
        seen = np.zeros(len(far), np.uint64)
        seen[nodes] = np.uint64(1) << bits.astype(np.uint64)
        front = seen.copy()
        for level in range(1, DEEPEST + 1):
            fresh = np.bitwise_or.reduceat(front[self.beside], self.begins)
            fresh &= ~seen[self.lined]
            if not fresh.any():
                return level
            seen[self.lined] |= fresh
            far[self.lined] += level * np.bitwise_count(fresh).astype(np.float64)
            front = np.zeros_like(seen)
            front[self.lined] = fresh
        return None
