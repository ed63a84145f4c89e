"""Measuring a chart as it is shown: of its items and links alone, whoever looks. Pure."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from borderliaison.records.graph.measures.bounded import bounded
from borderliaison.records.graph.measures.measuring import GROUPS, Measure

MAX_LINKS: Final = 200_000


def measures_of(
    count: int, links: Sequence[tuple[int, int]], wanted: Collection[Measure] = tuple(Measure)
) -> dict[str, Any]:
    """Return measures as the page reads them, each by the places of the items.

    Args:
        count: how many items there are.
        links: pairs of their places.
        wanted: which measures.

    Returns:
        ``values`` by measure, betweenness as the share of all pairs of others; ``community`` and
        ``component``, where they are wanted, as numbers from 0, the largest first. Of a measure that is
        ``estimated`` from how many items of how many; ``left_out`` names what was too much.
    """
    found = bounded(count, links, wanted)
    values = {str(one): some for one, some in found.values.items() if one not in GROUPS}
    if Measure.BETWEENNESS in found.values:
        pairs = max(1, (count - 1) * (count - 2) / 2)
        values["betweenness"] = found.values[Measure.BETWEENNESS] / pairs
    groups = {
        str(one): (found.values[one].astype(int) - 1).tolist()
        for one in GROUPS & found.values.keys()
    }
    return {
        "values": {name: _rounded(some.tolist()) for name, some in values.items()},
        **groups,
        "estimated": {
            str(one): {"starts": starts, "of": of} for one, (starts, of) in found.estimated.items()
        },
        "left_out": [str(one) for one in found.left_out],
    }


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(one, 6) for one in values]
