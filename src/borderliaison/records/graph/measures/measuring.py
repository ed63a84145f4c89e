"""The measures by name."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from borderliaison.records.graph.measures import centrality, shape
from borderliaison.records.graph.measures.edges import Edges, Values

NodeT = TypeVar("NodeT", bound=Hashable)


class Measure(StrEnum):
    """What can be measured of a node."""

    DEGREE = "degree"
    CLOSENESS = "closeness"
    BETWEENNESS = "betweenness"
    EIGENVECTOR = "eigenvector"
    CORE = "core"
    COMPONENT = "component"
    BRIDGES = "bridges"
    COMMUNITY = "community"


GROUPS: Final = frozenset({Measure.COMPONENT, Measure.COMMUNITY})
"""Those whose values are the numbers of groups."""
_BY: Final[Mapping[Measure, Callable[[Edges], Values]]] = {
    Measure.DEGREE: centrality.degree,
    Measure.CLOSENESS: centrality.closeness,
    Measure.BETWEENNESS: centrality.betweenness,
    Measure.EIGENVECTOR: centrality.eigenvector,
    Measure.CORE: centrality.core,
    Measure.COMPONENT: shape.components,
    Measure.BRIDGES: shape.bridges,
    Measure.COMMUNITY: shape.communities,
}


def measured(
    nodes: Sequence[NodeT], lines: Iterable[tuple[NodeT, NodeT]], measures: Iterable[Measure]
) -> dict[Measure, dict[NodeT, float]]:
    """Return some measures of each node.

    Args:
        nodes: of the network, each once, also those without a line.
        lines: between them; direction and number do not matter, but to ``COMMUNITY``.
        measures: which.
    """
    edges = Edges.of(nodes, lines)
    return {one: dict(zip(nodes, exact(one, edges).tolist(), strict=True)) for one in measures}


def exact(measure: Measure, edges: Edges) -> Values:
    """Return a measure of each node of a graph."""
    return _BY[measure](edges)
