"""Into what a network falls: parts, communities, and the lines on which it hangs."""

import numpy as np
import rustworkx as rx
from graspologic_native import leiden

from borderliaison.records.graph.measures.edges import Edges, Values
from borderliaison.records.graph.segment import Ints

_SEED = 7
_TRIALS = 5
_MANY = 50_000
"""With more pairs than this the groups of the first trial stand."""


def components(edges: Edges) -> Values:
    """Return for each node the number of its part, that hangs together; the largest is 1."""
    part = np.zeros(edges.count, np.int64)
    for number, nodes in enumerate(rx.connected_components(edges.graph())):
        part[list(nodes)] = number
    return _by_size(part)


def communities(edges: Edges) -> Values:
    """Return for each node the number of the group that is closer among itself; the largest is 1.

    Lines weigh as many as there are; the same network gives the same groups.

    Source: Traag, Waltman and van Eck, From Louvain to Leiden (2019); modularity at resolution 1.
    """
    found = np.arange(edges.count)
    if len(edges.pairs):
        lines = [
            (str(one), str(other), float(weight))
            for (one, other), weight in zip(
                edges.pairs.tolist(), edges.weights.tolist(), strict=True
            )
        ]
        trials = 1 if len(edges.pairs) > _MANY else _TRIALS
        _, of = leiden(lines, iterations=2, seed=_SEED, trials=trials)
        for node, number in of.items():
            found[int(node)] = edges.count + number
    return _by_size(found)


def bridges(edges: Edges) -> Values:
    """Return how many lines end at each node without which the network would fall apart."""
    ends = np.array(list(bridging(edges)), np.int64).reshape(-1)
    return np.bincount(ends, minlength=edges.count).astype(np.float64)


def bridging(edges: Edges) -> list[tuple[int, int]]:
    """Return the pairs whose lines alone hold two parts together, in order."""
    return sorted((min(pair), max(pair)) for pair in rx.bridges(edges.graph()))


def _by_size(groups: Ints) -> Values:
    """Number groups from 1, the largest first, of equal ones that with the lowest node."""
    _, first, of, counts = np.unique(
        groups, return_index=True, return_inverse=True, return_counts=True
    )
    ranks = np.empty(len(counts), np.int64)
    ranks[np.lexsort((first, -counts))] = np.arange(1, len(counts) + 1)
    numbered: Values = ranks[of].astype(np.float64)
    return numbered
