"""How central each node is."""

from collections.abc import Mapping

import numpy as np
import rustworkx as rx

from borderliaison.records.graph.measures.between import between
from borderliaison.records.graph.measures.edges import Edges, Values
from borderliaison.records.graph.measures.near import near

_ROUNDS = 10_000
_CLOSE = 1e-10


def degree(edges: Edges) -> Values:
    """Return next to how many others each node is."""
    return np.bincount(edges.pairs.ravel(), minlength=edges.count).astype(np.float64)


def closeness(edges: Edges) -> Values:
    """Return how near each node is to all others, from 0 to 1; less where it cannot reach them all.

    Source: Wasserman and Faust, Social Network Analysis (1994), section 5.2.
    """
    found = near(edges)
    return _values(edges, rx.closeness_centrality(edges.graph())) if found is None else found.values


def betweenness(edges: Edges) -> Values:
    """Return for how many pairs of others the shortest way leads through each node; of several a share.

    Source: Brandes, A Faster Algorithm for Betweenness Centrality (2001).
    """
    found = between(edges)
    if found is None:
        return _values(edges, rx.betweenness_centrality(edges.graph(), normalized=False))
    return found.values


def eigenvector(edges: Edges) -> Values:
    """Return how much each node is next to such as count much themselves; the highest is 1.

    Source: Bonacich, Factoring and Weighting Approaches to Status Scores (1972).
    """
    return influence(edges, _ROUNDS)[0]


def influence(edges: Edges, rounds: int) -> tuple[Values, bool]:
    """Return the same after at most so many rounds of summing, and whether it does not change any more."""
    if not len(edges.pairs):
        return np.zeros(edges.count), True
    beside, value = edges.matrix(), np.ones(edges.count)
    for _ in range(min(rounds, _ROUNDS)):
        after = value + beside @ value
        after /= after.max()
        if np.abs(after - value).max() < _CLOSE:
            return value, True
        value = after
    return value, rounds >= _ROUNDS


def core(edges: Edges) -> Values:
    """Return the highest k such that each node is among nodes that have k of themselves beside them.

    Source: Batagelj and Zaversnik, An O(m) Algorithm for Cores Decomposition of Networks (2003).
    """
    cores: Mapping[int, int] = rx.core_number(edges.graph())  # type: ignore[assignment]  # its stub says a number
    return _values(edges, cores)


def _values(edges: Edges, by_node: Mapping[int, float]) -> Values:
    return np.array([by_node[number] for number in range(edges.count)], np.float64)
