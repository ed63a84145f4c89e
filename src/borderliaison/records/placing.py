"""Where a thing is: by its own coordinates or the directory's, or by the place that it refers to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from borderliaison.offices.places import Stand, places_of_crossings, places_of_offices

AT: Final = ("crossing", "crossingPoint", "addressEntity", "startLocation", "endLocation", "at")
"""The references that say where a thing was, or is; the first that has a place counts."""
PLACING: Final = ("longitude", "code", *AT)
"""All by which something may have a place."""
KM_PER_DEGREE: Final = 111.2
"""Of latitude."""
_EARTH_KM: Final = 6371.0
_MOST: Final = {"longitude": 180, "latitude": 90}

Values = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in degrees WGS 84.

    Attributes:
        longitude: degrees east.
        latitude: degrees north.
        accuracy_km: the radius that holds the true place; None where nobody has said.
    """

    longitude: float
    latitude: float
    accuracy_km: float | None


def spot_of(kind: str, values: Values) -> Spot | None:
    """Return where a thing itself is; None where neither it nor the directory says.

    Args:
        kind: its schema.
        values: what is said of it, by property.
    """
    return _said(values) or _listed(kind, values)


def _said(values: Values) -> Spot | None:
    """Return the coordinates that are said, as exact as they are written."""
    try:
        texts = [values(name)[0] for name in _MOST]
        longitude, latitude = map(float, texts)
    except (IndexError, ValueError):
        return None
    if not (abs(longitude) <= _MOST["longitude"] and abs(latitude) <= _MOST["latitude"]):
        return None
    digits = max(len(text.partition(".")[2]) for text in texts)
    return Spot(longitude, latitude, round(KM_PER_DEGREE / 2 / 10**digits, 3))


def _listed(kind: str, values: Values) -> Spot | None:
    match kind:
        case "CrossingPoint":
            known: dict[str, Stand] = places_of_crossings()
        case "LiaisonOffice":
            known = places_of_offices()
        case _:
            return None
    stand = next((known[code] for code in values("code") if code in known), None)
    return Spot(stand.longitude, stand.latitude, stand.accuracy_km) if stand else None


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two places are apart on a sphere: each a latitude and a longitude in degrees."""
    (north, east), (north_there, east_there) = (tuple(map(radians, each)) for each in (one, other))
    half = (
        sin((north_there - north) / 2) ** 2
        + cos(north) * cos(north_there) * sin((east_there - east) / 2) ** 2
    )
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))
