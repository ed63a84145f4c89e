"""From where a network is swept, and how much of it may be."""

import math
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from borderliaison.records.graph.measures.edges import Edges, Values
from borderliaison.records.graph.measures.shape import components
from borderliaison.records.graph.segment import Ints

DEEPEST: Final = 200
"""Sweeping longer ways than this costs more than it saves, and their number outgrows a float."""
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for each node.

    Attributes:
        values: by the node's number.
        starts: from how many nodes of the largest part it was swept.
        of: how many that part has; the values are exact where all of them were.
    """

    values: Values
    starts: int
    of: int


@dataclass(frozen=True, slots=True)
class Starts:
    """The order in which nodes are started from: drawn once, the same each time.

    Parts of a network do not meet, so that a sweep starts in each of them at once.

    Attributes:
        part: the number of each node's part, from 0.
        sizes: of each node, how many are in its part.
        rank: the place of each node in its part's order.
        order: the nodes by their ranks.
    """

    part: Ints
    sizes: Ints
    rank: Ints
    order: Ints

    @classmethod
    def of(cls, edges: Edges) -> Self:
        """Draw the order for a network."""
        part = components(edges).astype(np.int64) - 1
        drawn = np.random.default_rng(_SEED).permutation(edges.count)
        by_part = drawn[np.argsort(part[drawn], kind="stable")]
        sizes = np.bincount(part)
        rank = np.empty(edges.count, np.int64)
        rank[by_part] = np.arange(edges.count) - (np.cumsum(sizes) - sizes)[part[by_part]]
        return cls(part, sizes[part], rank, np.argsort(rank, kind="stable"))

    @property
    def parts(self) -> int:
        """How many parts the network has."""
        return int(self.part.max(initial=-1)) + 1

    @property
    def rounds(self) -> int:
        """How many rounds start from every node: as many as the largest part has."""
        return int(self.sizes.max(initial=0))

    def started(self, rounds: int) -> Ints:
        """Return from how many of each node's part some rounds start."""
        return np.minimum(self.sizes, rounds)

    def at(self, first: int, last: int) -> tuple[Ints, Ints]:
        """Return the nodes of the rounds from one up to another, and of each the round, from 0."""
        begin, end = np.searchsorted(self.rank[self.order], (first, last))
        nodes = self.order[begin:end]
        return nodes, self.rank[nodes] - first


def rounds_within(work: float, spent: float, rounds: int, at_once: int) -> int:
    """Return how many rounds some work allows, at least one sweep.

    Args:
        work: how much may be done.
        spent: what the first sweep took of it.
        rounds: how many there are.
        at_once: how many rounds a sweep takes.
    """
    sweeps = max(1.0, work / max(spent, 1.0))
    return rounds if math.isinf(sweeps) else min(rounds, int(sweeps) * at_once)
