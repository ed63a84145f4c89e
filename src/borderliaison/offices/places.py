"""Where offices and crossing points stand, by code."""

from collections.abc import Collection
from dataclasses import dataclass

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.models import CrossingPoint, Office


@dataclass(frozen=True, slots=True)
class Stand:
    """A place in degrees WGS84.

    Attributes:
        accuracy_km: the radius that holds the true place; None where nobody has said.
    """

    latitude: float
    longitude: float
    accuracy_km: float | None


def _stand(one: CrossingPoint | Office) -> Stand | None:
    if one.latitude is None or one.longitude is None:
        return None
    return Stand(one.latitude, one.longitude, one.accuracy_km)


def placed_offices(codes: Collection[OfficeCode] | None = None) -> list[tuple[Office, Stand]]:
    """Return the offices of which it is known where they stand; one at a crossing point stands there.

    Args:
        codes: of these alone; of all where none are given.
    """
    offices = Office.objects.select_related("crossing").prefetch_related("statuses")
    wanted = offices if codes is None else offices.filter(pk__in=codes)
    found = ((one, _stand(one.crossing or one)) for one in wanted)
    return [(one, stand) for one, stand in found if stand is not None]


def place_of_office(code: OfficeCode) -> Stand | None:
    """Return where an office stands; None where nobody has said."""
    return next((stand for _, stand in placed_offices([code])), None)


@remembered
def places_of_offices() -> dict[str, Stand]:
    """Return where offices stand."""
    return {one.code: stand for one, stand in placed_offices()}


@remembered
def places_of_crossings() -> dict[str, Stand]:
    """Return where crossing points are."""
    found = {one.code: _stand(one) for one in CrossingPoint.objects.all()}
    return {code: stand for code, stand in found.items() if stand is not None}
