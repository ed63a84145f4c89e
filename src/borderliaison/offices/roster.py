"""Officers as the office asserts them: who works here, in which agency and role."""

from dataclasses import dataclass

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.kernel.ids import OfficerId
from borderliaison.kernel.marking import NODE_CEILING, Level
from borderliaison.offices.errors import AgencyNotInOffice, OfficesError, UnknownOfficer
from borderliaison.offices.models import Officer
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
