"""What an administrator changes in the network. Every change is audited, and outlives a new load."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.kernel.ids import OfficerId
from borderliaison.kernel.marking import NODE_CEILING, Level
from borderliaison.offices.errors import AgencyNotInOffice, OfficesError, UnknownOfficer
from borderliaison.offices.kinds import CrossingStatusKind, OfficeStatusKind
from borderliaison.offices.models import CrossingStatus, Officer, OfficeStatus, ReportingLine
from borderliaison.offices.services import agencies_in, find_office


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer as the office asserts him.

    Attributes:
        officer_id: office and number: ``KG-BDB/0003``.
        languages: codes of the languages that the officer speaks.
        clearance: the highest level that the officer is admitted to.
    """

    officer_id: OfficerId
    agency: str
    name: str
    role: str
    languages: tuple[str, ...] = ()
    clearance: Level = Level.OFFICIAL

    @property
    def office(self) -> str:
        """The office that asserts him."""
        return self.officer_id.partition("/")[0]


@transaction.atomic
def keep_officer(new: NewOfficer, *, actor: str) -> Officer:
    """Write an officer into the list, or what has changed about him.

    Raises:
        UnknownOffice: his id names no office.
        AgencyNotInOffice: his agency does not work there.
        OfficesError: the clearance is above this node's ceiling.
    """
    office = find_office(new.office)
    if new.agency not in agencies_in(office.code):
        raise AgencyNotInOffice(f"{new.agency} in {office.code}")
    if new.clearance > NODE_CEILING:
        raise OfficesError(f"nobody here is admitted to more than {NODE_CEILING.name}")
    officer, is_new = Officer.objects.update_or_create(
        officer_id=new.officer_id,
        defaults={
            "office": office,
            "agency_id": new.agency,
            "name": new.name,
            "role": new.role,
            "languages": list(new.languages),
            "clearance": int(new.clearance),
            "is_active": True,
        },
    )
    action = "officer.added" if is_new else "officer.changed"
    record(action, actor=actor, subject=new.officer_id, office=office.code, agency=new.agency)
    return officer


@transaction.atomic
def remove_officer(officer_id: OfficerId, *, actor: str) -> None:
    """Say that an officer works here no more; what he wrote keeps his id.

    Raises:
        UnknownOfficer: there is none with this id.
    """
    if not Officer.objects.filter(pk=officer_id).update(is_active=False):
        raise UnknownOfficer(officer_id)
    record("officer.removed", actor=actor, subject=officer_id)


@transaction.atomic
def correct_place(
    code: str, latitude: float, longitude: float, *, accuracy_km: float, actor: str
) -> None:
    """Correct where an office, and the crossing point that it stands at, is.

    Args:
        code: the office.
        latitude: degrees WGS84.
        longitude: degrees WGS84.
        accuracy_km: the radius that holds the true place.
        actor: who says so.

    Raises:
        UnknownOffice: there is none with this code.
        OfficesError: the numbers are no place.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and accuracy_km > 0):
        raise OfficesError("latitude, longitude and accuracy are no place")
    office = find_office(code)
    placed = office.crossing or office
    placed.latitude, placed.longitude, placed.accuracy_km = latitude, longitude, accuracy_km
    placed.place_source = ""
    placed.save()
    record("office.placed", actor=actor, subject=code)


@transaction.atomic
def draw_reporting_line(code: str, to: str, since: date, *, actor: str) -> ReportingLine:
    """Send an office's reports to another one from a day on; its present lines end on that day.

    Raises:
        UnknownOffice: one of the two does not exist.
        OfficesError: the two are the same.
    """
    office, above = find_office(code), find_office(to)
    if office == above:
        raise OfficesError("an office does not report to itself")
    for line in ReportingLine.objects.filter(office=office, until__isnull=True):
        line.until = since
        line.save()
    line = ReportingLine.objects.create(office=office, to=above, since=since)
    record("office.line_drawn", actor=actor, subject=code, to=to)
    return line


@transaction.atomic
def note_office_status(
    code: str, status: OfficeStatusKind, since: date, *, actor: str
) -> OfficeStatus:
    """Note what an office is since a day.

    Raises:
        UnknownOffice: there is none with this code.
    """
    noted, _ = OfficeStatus.objects.get_or_create(
        office=find_office(code), status=status, since=since
    )
    record("office.status_noted", actor=actor, subject=code, status=str(status))
    return noted


@transaction.atomic
def note_crossing_status(
    code: str, status: CrossingStatusKind, since: date, *, actor: str
) -> CrossingStatus:
    """Note whether an office's crossing point is open since a day.

    Raises:
        UnknownOffice: there is none with this code.
        OfficesError: the office stands at no crossing point.
    """
    office = find_office(code)
    if office.crossing is None:
        raise OfficesError(f"{code} stands at no crossing point")
    noted, _ = CrossingStatus.objects.get_or_create(
        crossing=office.crossing, status=status, since=since
    )
    record("crossing.status_noted", actor=actor, subject=code, status=str(status))
    return noted
