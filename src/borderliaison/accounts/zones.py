"""The time zone of an office, and the country's where the office is not known here."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from borderliaison.offices.models import Country, Office


def zone_of(office: str) -> ZoneInfo:
    """Return the zone that an office's clocks show; UTC where nothing is known of it."""
    return _zone(_zone_name(office) or "UTC")


def _zone_name(code: str) -> str:
    office = Office.objects.select_related("crossing").filter(code=code).first()
    if office and (zone := office.zone or (office.crossing.zone if office.crossing else "")):
        return zone
    country = Country.objects.filter(code=code[:2]).first()
    return country.zone if country else ""


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
