"""Each level has the board of its own offices: the table, and what follows from it."""

import pytest

from borderliaison.kernel.ids import OfficeCode
from borderliaison.markings.services import forget
from borderliaison.offices.kinds import OfficeKind
from borderliaison.web.board.filters import WINDOWS
from borderliaison.web.board.levels import LEVELS, Panel, Scope, level_of, offices_of
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()
    forget()


def watched(code: str) -> set[str]:
    office = OfficeCode(code)
    return set(offices_of(level_of(office).scope, office))


def test_every_kind_of_office_has_its_level() -> None:
    assert set(LEVELS) == set(OfficeKind)


def test_every_level_shows_feed_and_needs_and_begins_with_a_window_that_is_offered() -> None:
    for level in LEVELS.values():
        assert {Panel.FEED, Panel.NEEDS} <= level.panels
        assert level.opens_with in level.panels
        assert level.hours in WINDOWS


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("KG-BDB", Scope.PAIR),
        ("KG-OSH", Scope.LINE),
        ("KG-BIS", Scope.COUNTRY),
        ("UZ-TAS", Scope.COUNTRY),
        ("KG-HBO", Scope.COUNTRY),
        ("ZZ-CAR", Scope.REGION),
        ("XX-YYY", Scope.PAIR),
    ],
)
def test_an_office_has_the_board_of_its_kind(code: str, scope: Scope) -> None:
    assert level_of(OfficeCode(code)).scope is scope


def test_a_liaison_office_watches_its_pair_and_where_it_reports() -> None:
    assert watched("KG-DST") == {"KG-DST", "UZ-DUS", "KG-OSH", "KG-BIS"}


def test_a_sector_watches_whoever_reports_to_it_and_whom_they_face() -> None:
    assert watched("KG-OSH") == {
        "KG-OSH", "KG-BDB", "KG-KRM", "KG-DST", "KG-MDN", "TJ-KZA", "TJ-TJV", "UZ-DUS", "KG-BIS",
    }  # fmt: skip


def test_a_centre_watches_its_country_and_the_region_everybody() -> None:
    centre, region = watched("KG-BIS"), watched("ZZ-CAR")
    assert {code[:2] for code in centre} == {"KG"}
    assert {"KG-BDB", "KG-HBO", "KG-OSH"} <= centre
    assert centre < region
    assert {"UZ-TAS", "TJ-KZA", "ZZ-CAR"} <= region


@pytest.mark.parametrize(
    ("code", "agency", "says"),
    [
        ("KG-BDB", "KG-BOR", "Our border, 4 offices"),
        ("KG-OSH", "KG-BOR", "Our sector, 9 offices"),
        ("KG-BIS", "KG-BOR", "Our country, "),
        ("ZZ-CAR", "ZZ-CAR", "The region, "),
    ],
)
def test_the_page_is_made_of_the_level(code: str, agency: str, says: str) -> None:
    page = signed_in(officer(office=code, agency=agency)).get("/board/").content.decode()
    assert says in page


def test_headquarters_begin_with_the_table_of_a_week() -> None:
    page = signed_in(officer(office="KG-HBO", agency="KG-BOR")).get("/board/").content.decode()
    assert '<table class="table table-stack board-offices">' in page
    assert "Nothing in the last 7 d" in page
