"""Officers in their offices, as the office asserts them."""

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficerId
from borderliaison.kernel.marking import Level
from borderliaison.offices.errors import AgencyNotInOffice, OfficesError, UnknownOfficer
from borderliaison.offices.models import Officer
from borderliaison.offices.roster import NewOfficer, keep_officer, remove_officer
from borderliaison.offices.services import load_network

pytestmark = pytest.mark.django_db

SAPARALIEVA = NewOfficer(
    OfficerId("KG-DST/0001"), "KG-CUS", "G. Saparalieva", "duty", ("ky", "ru", "uz")
)


@pytest.fixture(autouse=True)
def network() -> None:
    load_network()


def test_an_officer_belongs_to_an_agency_in_an_office() -> None:
    officer = keep_officer(SAPARALIEVA, actor="system")
    assert (officer.office.code, officer.agency.code) == ("KG-DST", "KG-CUS")
    assert officer.languages == ["ky", "ru", "uz"]
    assert AuditLine.objects.filter(action="officer.added", subject="KG-DST/0001").count() == 1


def test_saying_it_again_changes_him_and_makes_no_second_one() -> None:
    keep_officer(SAPARALIEVA, actor="system")
    keep_officer(
        NewOfficer(SAPARALIEVA.officer_id, "KG-CUS", SAPARALIEVA.name, "head"), actor="system"
    )
    assert [one.role for one in Officer.objects.all()] == ["head"]


@pytest.mark.parametrize("agency", ["UZ-CUS", "KG-MFA", "nothing"])
def test_an_agency_that_does_not_work_there_has_no_officers_there(agency: str) -> None:
    wrong = NewOfficer(SAPARALIEVA.officer_id, agency, "G. Saparalieva", "duty")
    with pytest.raises(AgencyNotInOffice):
        keep_officer(wrong, actor="system")


def test_nobody_is_admitted_above_the_ceiling() -> None:
    wrong = NewOfficer(
        SAPARALIEVA.officer_id, "KG-CUS", "G. Saparalieva", "duty", clearance=Level.SECRET
    )
    with pytest.raises(OfficesError):
        keep_officer(wrong, actor="system")


def test_an_officer_who_left_keeps_his_id() -> None:
    keep_officer(SAPARALIEVA, actor="system")
    remove_officer(SAPARALIEVA.officer_id, actor="system")
    assert not Officer.objects.get(pk=SAPARALIEVA.officer_id).is_active
    with pytest.raises(UnknownOfficer):
        remove_officer(OfficerId("KG-DST/0009"), actor="system")
