"""Trees at the edge of a network, folded into what they hang on: in them it is known what lies between."""

from dataclasses import dataclass

import numpy as np

from borderliaison.records.graph.measures.edges import Edges, Values
from borderliaison.records.graph.segment import Ints


@dataclass(frozen=True, slots=True)
class Folded:
    """A network without the trees at its edge.

    Attributes:
        core: what is left, numbered anew; those with the most lines first.
        numbers: of each of its nodes the number before.
        weights: how many each of them stands for, itself among them.
        between: of each node of all, how many pairs it lies between of which one was folded into it.
    """

    core: Edges
    numbers: Ints
    weights: Values
    between: Values


def folded(edges: Edges, sizes: Ints) -> Folded:
    """Fold what hangs on one line only, again and again; what is left is exact with these weights.

    Args:
        edges: the network.
        sizes: of each node, how many are in its part.

    Source: Sariyüce et al., Shattering and Compressing Networks for Betweenness Centrality (2013).
    """
    lines, weights, squares = _fold(edges)
    inside = weights - 1
    between = (inside**2 - squares) / 2 + inside * (sizes - weights)
    kept = np.flatnonzero(lines)
    kept = kept[np.argsort(-lines[kept], kind="stable")]
    renumbered = np.full(edges.count, -1, np.int64)
    renumbered[kept] = np.arange(len(kept))
    pairs = np.sort(renumbered[edges.pairs], axis=1)
    staying = pairs[:, 0] >= 0
    core = Edges(len(kept), pairs[staying], edges.weights[staying])
    return Folded(core, kept, weights[kept], between)


def _fold(edges: Edges) -> tuple[Ints, Values, Values]:
    """Return of each node the lines left, what it stands for, and the squares of what was folded in."""
    lines = np.bincount(edges.pairs.ravel(), minlength=edges.count).tolist()
    near = np.zeros(edges.count, np.int64)
    for one, other in ((0, 1), (1, 0)):
        np.bitwise_xor.at(near, edges.pairs[:, one], edges.pairs[:, other])
    beside = near.tolist()  # of a node with one line the only one that is left of all beside it
    weights, squares = [1] * edges.count, [0] * edges.count
    hanging = [node for node, count in enumerate(lines) if count == 1]
    for node in hanging:
        if lines[node] != 1:
            continue
        on = beside[node]
        lines[node] = 0
        lines[on] -= 1
        beside[on] ^= node
        weights[on] += weights[node]
        squares[on] += weights[node] ** 2
        if lines[on] == 1:
            hanging.append(on)
    return np.array(lines, np.int64), np.array(weights, np.float64), np.array(squares, np.float64)
