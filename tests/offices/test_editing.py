"""What an administrator changes, and officers in their offices."""

from datetime import date

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficerId
from borderliaison.kernel.marking import Level
from borderliaison.offices.editing import (
    NewOfficer,
    correct_place,
    draw_reporting_line,
    keep_officer,
    note_crossing_status,
    note_office_status,
    remove_officer,
)
from borderliaison.offices.errors import (
    AgencyNotInOffice,
    OfficesError,
    UnknownOffice,
    UnknownOfficer,
)
from borderliaison.offices.kinds import CrossingStatusKind, OfficeStatusKind
from borderliaison.offices.models import CrossingPoint, Officer
from borderliaison.offices.services import load_network, reporting_line

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


def test_a_corrected_place_outlives_a_load() -> None:
    correct_place("KG-BDB", 39.51, 73.24, accuracy_km=1, actor="KG-BDB/0001")
    load_network()
    point = CrossingPoint.objects.get(pk="KG-BDB")
    assert (point.latitude, point.longitude, point.accuracy_km) == (39.51, 73.24, 1)
    with pytest.raises(OfficesError):
        correct_place("KG-BDB", 139, 73.24, accuracy_km=1, actor="KG-BDB/0001")
    with pytest.raises(UnknownOffice):
        correct_place("KG-ZZZ", 39, 73, accuracy_km=1, actor="KG-BDB/0001")


def test_a_new_reporting_line_ends_the_old_one() -> None:
    draw_reporting_line("KG-BDB", "KG-BIS", date(2026, 1, 1), actor="KG-BIS/0001")
    assert reporting_line("KG-BDB", on=date(2025, 12, 31)) == ("KG-OSH", "KG-BIS")
    assert reporting_line("KG-BDB", on=date(2026, 1, 1)) == ("KG-BIS",)
    load_network()
    assert reporting_line("KG-BDB", on=date(2026, 1, 1)) == ("KG-BIS",)
    with pytest.raises(OfficesError):
        draw_reporting_line("KG-BDB", "KG-BDB", date(2026, 1, 1), actor="KG-BIS/0001")


def test_a_circle_of_reporting_lines_comes_to_an_end() -> None:
    draw_reporting_line("KG-BIS", "KG-BDB", date(2026, 1, 1), actor="KG-BIS/0001")
    assert reporting_line("KG-BDB", on=date(2026, 2, 1)) == ("KG-OSH", "KG-BIS")


def test_a_status_is_noted_with_its_day() -> None:
    day = date(2026, 2, 3)
    note_office_status("KG-MDN", OfficeStatusKind.OPERATING, day, actor="KG-BIS/0001")
    noted = note_crossing_status("KG-BDB", CrossingStatusKind.CLOSED, day, actor="KG-BIS/0001")
    assert (noted.crossing.code, noted.status, noted.since) == ("KG-BDB", "closed", day)
    with pytest.raises(OfficesError):
        note_crossing_status("KG-BIS", CrossingStatusKind.CLOSED, day, actor="KG-BIS/0001")
