"""Where records stand on a chart that is begun with them, and where those of a chart stand in a file. Pure.

On a chart y grows upwards, in files downwards.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from borderliaison.records.interchange.items import Place

APART: Final = 90.0
"""Between two that no file has placed, in the measures of a chart."""
_IN_A_ROW: Final = 20


def standing(keys: Iterable[str], places: Mapping[str, Place]) -> list[dict[str, Any]]:
    """Return records as items of a chart.

    Where their file says so of two points at least, each stands there, and what it does not place in rows
    below; else all stand at one point, and the chart arranges them when it is opened.

    Args:
        keys: of the records.
        places: where their file has them, by their keys.
    """
    wanted = list(keys)
    known = {key: places[key] for key in wanted if key in places}
    drawn = {key: {"as": at.stands_as} for key, at in known.items() if at.stands_as}
    if len({(at.x, at.y) for at in known.values()}) < 2:
        return [{"key": key, "x": 0.0, "y": 0.0, **drawn.get(key, {})} for key in wanted]
    left = min(at.x for at in known.values())
    lowest = max(at.y for at in known.values())
    below = _rows(left, lowest + 2 * APART)
    at = {key: known.get(key) or next(below) for key in wanted}
    return [{"key": key, "x": at[key].x, "y": -at[key].y, **drawn.get(key, {})} for key in wanted]


def places_on(content: Mapping[str, Any]) -> dict[str, Place]:
    """Return where what is not hidden stands on a chart, and as what, by its key, as files say it.

    What a rule lets it stand as is the page's to say.
    """
    shown = (one for one in content["items"] if not one.get("hidden"))
    return {one["key"]: Place(one["x"], -one["y"], one.get("as", "")) for one in shown}


def _rows(left: float, top: float) -> Iterator[Place]:
    while True:
        yield from (Place(left + place * APART, top) for place in range(_IN_A_ROW))
        top += APART
