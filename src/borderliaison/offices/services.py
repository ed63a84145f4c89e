"""What the other packages ask of the network. Reading only; ``editing`` changes it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from django.conf import settings
from django.db.models import Q

from borderliaison.audit.services import SYSTEM, record
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import Audience
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.codes import country_of, crosses_border
from borderliaison.offices.errors import UnknownOffice
from borderliaison.offices.models import (
    Agency,
    AudienceMember,
    Counterpart,
    CrossingPoint,
    NamedAudience,
    Office,
    ReportingLine,
)
from borderliaison.offices.network.loading import Loaded, load_rows
from borderliaison.sql.statements import day, rows

__all__ = [
    "agencies_in",
    "agency_names",
    "audience_names",
    "audience_of",
    "counterparts_of",
    "country_of",
    "crosses_border",
    "crossing_names",
    "find_office",
    "is_office",
    "load_network",
    "office_names",
    "office_zones",
    "offices_below",
    "offices_in",
    "reporting_line",
    "this_office",
    "zone_of",
]
_AGENCIES_IN: Final = (
    "SELECT agency_id FROM offices_officeagency WHERE office_id = %s"
    " AND (since IS NULL OR since <= %s) AND (until IS NULL OR until > %s) ORDER BY agency_id"
)


def load_network(actor: str = SYSTEM) -> Loaded:
    """Load the shipped network; what an administrator edited stays. May be repeated at will.

    Args:
        actor: who does it, for the audit.
    """
    loaded = load_rows()
    if loaded.added or loaded.changed:
        record("network.loaded", actor=actor, subject=this_office(), added=str(loaded.added))
    return loaded


def this_office() -> OfficeCode:
    """Return the code of the office that this node belongs to."""
    return OfficeCode(settings.BLO_OFFICE)


def is_office(code: str) -> bool:
    """Whether the network has an office with this code."""
    return Office.objects.filter(pk=code).exists()


def find_office(code: str) -> Office:
    """Return an office.

    Raises:
        UnknownOffice: the network has none with this code.
    """
    found = Office.objects.select_related("country", "crossing__border").filter(pk=code).first()
    if found is None:
        raise UnknownOffice(code)
    return found


@remembered
def all_offices() -> tuple[Office, ...]:
    """Return all offices with what names them, in the order to offer them; the rest is read when used."""
    return tuple(Office.objects.only("code", "names", "kind", "aliases", "crossing"))


@remembered
def all_crossings() -> tuple[CrossingPoint, ...]:
    """Return all crossing points with their names, in the order to offer them."""
    return tuple(CrossingPoint.objects.only("code", "names"))


@remembered
def all_agencies() -> tuple[Agency, ...]:
    """Return all agencies with what names them, in the order to offer them."""
    return tuple(Agency.objects.only("code", "names", "kind"))


def zone_of(code: str) -> str:
    """Return the IANA zone that an office's clocks show; UTC where the office is unknown."""
    return office_zones().get(OfficeCode(code)) or "UTC"


@remembered
def office_zones() -> dict[OfficeCode, str]:
    """Return the IANA zones of all offices."""
    found = rows("SELECT code, zone FROM offices_office")  # for each letter, too
    return {OfficeCode(code): zone for code, zone in found}


@remembered
def offices_in(country: CountryCode) -> tuple[OfficeCode, ...]:
    """Return the offices of a country, in order."""
    codes = Office.objects.filter(country_id=country).values_list("code", flat=True)
    return tuple(OfficeCode(code) for code in codes)


@remembered
def office_names(lang: str) -> dict[str, str]:
    """Return the names of all offices in a language, in the order to offer them."""
    return {one.code: one.name_in(lang) for one in all_offices()}


@remembered
def crossing_names(lang: str) -> dict[str, str]:
    """Return the names of all crossing points in a language, in the order to offer them."""
    return {one.code: one.name_in(lang) for one in all_crossings()}


@remembered
def agency_names(lang: str) -> dict[str, str]:
    """Return the names of all agencies in a language, in the order to offer them."""
    return {one.code: one.name_in(lang) for one in all_agencies()}


@remembered
def agencies_in(code: str, on: date | None = None) -> tuple[AgencyCode, ...]:
    """Return the agencies that work in an office, in order; none where the office is unknown.

    Args:
        code: the office.
        on: the day that is asked about; today where none is given.
    """
    when = day(on or _today())
    return tuple(AgencyCode(agency) for (agency,) in rows(_AGENCIES_IN, code, when, when))


@remembered
def counterparts_of(code: str, on: date | None = None) -> tuple[OfficeCode, ...]:
    """Return the offices that face this one across a border."""
    lines = Counterpart.objects.filter(_holds(on or _today())).filter(
        Q(one_id=code) | Q(other_id=code)
    )
    pairs = lines.order_by("one_id", "other_id").values_list("one_id", "other_id")
    return tuple(OfficeCode(other if one == code else one) for one, other in pairs)


@remembered
def reporting_line(code: str, on: date | None = None) -> tuple[OfficeCode, ...]:
    """Return where an office's reports go, nearest first: Bor-Dobo, Osh sector, Bishkek centre.

    An administrator's circle ends where it would come round again. The office itself is left out.
    """
    return _followed(code, _reporting_lines(on or _today()))


@remembered
def offices_below(code: str, on: date | None = None) -> tuple[OfficeCode, ...]:
    """Return the offices whose reports come to this one, by however many steps, nearest first."""
    return _followed(code, [(to, office) for office, to in _reporting_lines(on or _today())])


def _reporting_lines(day: date) -> tuple[tuple[str, str], ...]:
    lines = ReportingLine.objects.filter(_holds(day)).order_by("office", "since")
    return tuple(lines.values_list("office_id", "to_id"))


def _followed(code: str, steps: Iterable[tuple[str, str]]) -> tuple[OfficeCode, ...]:
    """Return what is reached from an office by such steps, nearest first, itself left out."""
    nearest: dict[str, list[str]] = {}
    for one, following in steps:
        nearest.setdefault(one, []).append(following)
    found: list[str] = []
    waiting = list(nearest.get(code, ()))
    while waiting:
        one = waiting.pop(0)
        if one not in found and one != code:
            found.append(one)
            waiting.extend(nearest.get(one, ()))
    return tuple(OfficeCode(one) for one in found)


def audience_names(lang: str) -> dict[str, str]:
    """Return the named audiences in a language, by code."""
    return {one.code: one.name_in(lang) for one in NamedAudience.objects.order_by("code")}


def audience_of(name: str) -> Audience:
    """Write out a named audience: ``CARICC`` is the centre and its members' agencies.

    Raises:
        UnknownOffice: there is no audience of this name.
    """
    members: Iterable[tuple[str, str]] = AudienceMember.objects.filter(
        audience_id=name
    ).values_list("office_id", "agency_id")
    audience = Audience.of(*members)
    if not audience.lines:
        raise UnknownOffice(name)
    return audience


def _today() -> date:
    return datetime.now(UTC).date()


def _holds(day: date) -> Q:
    since = Q(since__isnull=True) | Q(since__lte=day)
    return since & (Q(until__isnull=True) | Q(until__gt=day))
