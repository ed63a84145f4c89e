"""How central each node is."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import rustworkx as rx

from borderliaison.records.graph.measures.edges import Edges
from borderliaison.records.graph.segment import Ints

Values = npt.NDArray[np.float64]
_ROUNDS = 10_000
_CLOSE = 1e-10


def degree(edges: Edges) -> Values:
    """Return next to how many others each node is."""
    return np.bincount(edges.pairs.ravel(), minlength=edges.count).astype(np.float64)


def closeness(edges: Edges) -> Values:
    """Return how near each node is to all others, from 0 to 1; less where it cannot reach them all.

    Source: Wasserman and Faust, Social Network Analysis (1994), section 5.2.
    """
    return _values(edges, rx.closeness_centrality(edges.graph()))


def betweenness(edges: Edges) -> Values:
    """Return for how many pairs of others the shortest way leads through each node; of several a share.

    Source: Brandes, A Faster Algorithm for Betweenness Centrality (2001).
    """
    return _values(edges, rx.betweenness_centrality(edges.graph(), normalized=False))


def eigenvector(edges: Edges) -> Values:
    """Return how much each node is next to such as count much themselves; the highest is 1.

    Source: Bonacich, Factoring and Weighting Approaches to Status Scores (1972).
    """
    one, other = edges.pairs[:, 0], edges.pairs[:, 1]
    value = np.ones(edges.count)
    for _ in range(_ROUNDS):
        after = value + _summed(edges, other, value[one]) + _summed(edges, one, value[other])
        after /= after.max(initial=1.0)
        if np.abs(after - value).max(initial=0.0) < _CLOSE:
            break
        value = after
    return value if len(edges.pairs) else np.zeros(edges.count)


def core(edges: Edges) -> Values:
    """Return the highest k such that each node is among nodes that have k of themselves beside them.

    Source: Batagelj and Zaversnik, An O(m) Algorithm for Cores Decomposition of Networks (2003).
    """
    cores: Mapping[int, int] = rx.core_number(edges.graph())  # type: ignore[assignment]  # its stub says a number
    return _values(edges, cores)


def _summed(edges: Edges, nodes: Ints, values: Values) -> Values:
    summed: Values = np.bincount(nodes, values, minlength=edges.count).astype(np.float64)
    return summed


def _values(edges: Edges, by_node: Mapping[int, float]) -> Values:
    return np.array([by_node[number] for number in range(edges.count)], np.float64)
