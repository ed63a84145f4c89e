"""The time zone of an office."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from borderliaison.offices import services as offices

_zone = lru_cache(maxsize=64)(ZoneInfo)


def zone_of(office: str) -> ZoneInfo:
    """Return the zone that an office's clocks show; UTC where the office is not known."""
    return _zone(offices.zone_of(office))
