"""The places of the year as the network of a node knows them. Wants Django started."""

from collections.abc import Sequence

from borderliaison.node.demo.year import plants
from borderliaison.node.demo.year.happenings import Place
from borderliaison.offices.models import CrossingPoint
from borderliaison.offices.services import counterparts_of, reporting_line, zone_of


def places_of(offices: Sequence[str]) -> list[Place]:
    """Return those of some offices that stand at a crossing point, in the order of their codes.

    Args:
        offices: the codes of all offices that run; letters go to these alone.
    """
    points = CrossingPoint.objects.in_bulk(sorted(offices))
    return [_place(points[code], frozenset(offices)) for code in sorted(points)]


def _place(point: CrossingPoint, running: frozenset[str]) -> Place:
    facing = tuple(one for one in counterparts_of(point.code) if one in running)
    home: list[str] = [one for one in reporting_line(point.code) if one in running]
    onward = _onward(point.code) if _onward(point.code) in running else ""
    if onward and onward[:2] == point.code[:2]:
        home.insert(0, onward)
    return Place(
        office=point.code,
        zone=zone_of(point.code),
        border=point.border_id or "",
        home=tuple(home),
        facing=facing,
        onward=onward or next(iter(facing), point.code),
    )


def _onward(office: str) -> str:
    """Return the next office of the route that is hidden in the year."""
    if office not in plants.ROUTE[:-1]:
        return ""
    return plants.ROUTE[plants.ROUTE.index(office) + 1]
