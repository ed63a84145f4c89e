"""Where offices and crossing points stand, by code."""

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


@remembered
def placed_offices() -> tuple[Office, ...]:
    """Return all offices with their crossing points and statuses."""
    found = Office.objects.select_related("crossing").prefetch_related("statuses")
    return tuple(found)


@remembered
def places_of_offices() -> dict[OfficeCode, Stand]:
    """Return where offices stand; one at a crossing point stands there."""
    found = {one.code: _stand(one.crossing or one) for one in placed_offices()}
    return {OfficeCode(code): stand for code, stand in found.items() if stand is not None}


@remembered
def places_of_crossings() -> dict[str, Stand]:
    """Return where crossing points are."""
    found = {one.code: _stand(one) for one in CrossingPoint.objects.all()}
    return {code: stand for code, stand in found.items() if stand is not None}
