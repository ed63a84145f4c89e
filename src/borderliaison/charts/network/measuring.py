"""Measuring a chart as it is shown: of its items and links alone, whoever looks. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from borderliaison.records.graph.measures.measuring import Measure, measured

MAX_LINKS: Final = 200_000
_SHARED: Final = (
    Measure.DEGREE, Measure.CLOSENESS, Measure.EIGENVECTOR, Measure.CORE, Measure.BRIDGES,
)  # fmt: skip
_GROUPS: Final = (Measure.COMMUNITY, Measure.COMPONENT)


def measures_of(count: int, links: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Return the measures as the page reads them, each by the places of the items.

    Args:
        count: how many items there are.
        links: pairs of their places.

    Returns:
        ``values`` by measure, betweenness as the share of all pairs of others; ``community`` and
        ``component`` as numbers from 0, the largest first.
    """
    found = measured(range(count), links, (*_SHARED, Measure.BETWEENNESS, *_GROUPS))
    pairs = max(1, (count - 1) * (count - 2) / 2)
    values = {str(one): _rounded(found[one].values()) for one in _SHARED}
    values["betweenness"] = _rounded(one / pairs for one in found[Measure.BETWEENNESS].values())
    groups = {str(one): [int(number) - 1 for number in found[one].values()] for one in _GROUPS}
    return {"values": values, **groups}


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(one, 6) for one in values]
