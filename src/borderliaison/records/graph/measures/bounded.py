"""Measures within bounds, as pages ask for them: exact as far as some work goes, then estimated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from borderliaison.records.graph.measures.between import between
from borderliaison.records.graph.measures.centrality import influence
from borderliaison.records.graph.measures.edges import Edges, Values
from borderliaison.records.graph.measures.measuring import Measure, exact
from borderliaison.records.graph.measures.near import near
from borderliaison.records.graph.measures.starts import Found

WORK: Final = 5e9
"""What a measure may touch: about two seconds of a processor."""
_OF_A_NODE: Final = 10
_OF_A_LINE: Final = 10
"""What a round of influence costs for each of them."""
_OF_A_WAY: Final = 1000
"""What a line seen from a node costs where ways are too long to be swept: others wait meanwhile."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """What was measured within bounds.

    Attributes:
        values: of each measure, in the order of the nodes.
        estimated: those that are not exact, each from how many starts of how many.
        left_out: those that this network is too large for.
    """

    values: Mapping[Measure, Values]
    estimated: Mapping[Measure, tuple[int, int]]
    left_out: tuple[Measure, ...]


def bounded(
    count: int,
    lines: Sequence[tuple[int, int]],
    measures: Iterable[Measure],
    work: float = WORK,
) -> Bounded:
    """Return some measures of nodes numbered from 0, each within some work.

    Args:
        count: how many nodes there are.
        lines: between them; direction and number do not matter, but to ``COMMUNITY``.
        measures: which.
        work: how many numbers each may touch.
    """
    edges = Edges.of(range(count), lines)
    found = {one: _found(one, edges, work) for one in measures}
    known = {one: some for one, some in found.items() if some is not None}
    return Bounded(
        {one: some.values for one, some in known.items()},
        {one: (some.starts, some.of) for one, some in known.items() if some.starts < some.of},
        tuple(one for one, some in found.items() if some is None),
    )


def _found(measure: Measure, edges: Edges, work: float) -> Found | None:
    if measure not in _BY:
        return Found(exact(measure, edges), 0, 0)
    found = _BY[measure](edges, work)
    if found is None and _OF_A_WAY * edges.count * len(edges.pairs) <= work:
        return Found(exact(measure, edges), 0, 0)
    return found


def _eigenvector(edges: Edges, work: float) -> Found | None:
    of_a_round = _OF_A_NODE * edges.count + _OF_A_LINE * len(edges.pairs)
    values, is_settled = influence(edges, int(work / max(1, of_a_round)))
    return Found(values, 0, 0) if is_settled else None


_BY: Final[Mapping[Measure, Callable[[Edges, float], Found | None]]] = {
    Measure.BETWEENNESS: between,
    Measure.CLOSENESS: near,
    Measure.EIGENVECTOR: _eigenvector,
}
