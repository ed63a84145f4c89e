"""Nodes and which of them are next to each other, as the measures take them."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np
import numpy.typing as npt
import rustworkx as rx

from borderliaison.records.graph.segment import Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Values = npt.NDArray[np.float64]
NodeT = TypeVar("NodeT", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Edges:
    """A simple undirected graph of numbered nodes.

    Attributes:
        count: of nodes.
        pairs: of two that are next to each other the lower and the higher number; each pair once.
        weights: how many lines each pair has.
    """

    count: int
    pairs: Ints
    weights: Ints

    @classmethod
    def of(cls, nodes: Sequence[NodeT], lines: Iterable[tuple[NodeT, NodeT]]) -> Self:
        """Return the graph of some lines; those from a node to itself are left out.

        Args:
            nodes: all of them, also those without a line; their places are their numbers.
            lines: in any direction, several of one pair allowed.
        """
        numbers = {node: number for number, node in enumerate(nodes)}
        ends = [(numbers[one], numbers[other]) for one, other in lines]
        both = np.sort(np.array(ends, np.int64).reshape(-1, 2), axis=1)
        pairs, weights = np.unique(both[both[:, 0] != both[:, 1]], axis=0, return_counts=True)
        return cls(len(nodes), pairs, weights)

    def graph(self) -> "rx.PyGraph[None, None]":
        """Return the graph for rustworkx."""
        made: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
        made.add_nodes_from([None] * self.count)
        made.add_edges_from_no_data([(one, other) for one, other in self.pairs.tolist()])
        return made

    def matrix(self) -> "csr_array":
        """Return the graph as a matrix, with 1 where two are next to each other."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - 25 MB, for processes that measure

        one, other = self.pairs[:, 0], self.pairs[:, 1]
        places = np.concatenate([one, other]), np.concatenate([other, one])
        return csr_array((np.ones(2 * len(self.pairs)), places), shape=(self.count, self.count))
