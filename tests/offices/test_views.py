"""The offices' pages."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags

from borderliaison.offices.services import load_network
from borderliaison.offices.trust.importing import import_files
from borderliaison.offices.trust.pinning import pin_authority, pin_path
from tests.accounts.people import browser, officer, signed_in
from tests.offices.authorities import KG, UZ

pytestmark = pytest.mark.django_db


@pytest.fixture
def bor_dobo() -> Client:
    load_network()
    return signed_in(officer(language="en"))


@pytest.fixture
def directory(node_directory: Path) -> Iterator[None]:
    pin_authority(KG.key_file, node_directory, "KG-BDB")
    issued = datetime.now(UTC).replace(microsecond=0) - timedelta(days=100)
    dates = {"issued": issued, "valid_until": issued + timedelta(days=90)}
    import_files([KG.publish(**dates).last, UZ.publish(**dates).last])
    yield
    pin_path(node_directory).unlink(missing_ok=True)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def test_every_office_is_listed_by_country_our_own_first(bor_dobo: Client) -> None:
    page = text(bor_dobo, "/offices/")
    assert "57 of 57" in page
    for name in ("Bor-Dobo KG-BDB", "Imamnazar TM-IMN", "CARICC Almaty ZZ-CAR"):
        assert name in page
    order = re.findall(r'id="country-(..)"', bor_dobo.get("/offices/").content.decode())
    assert order == ["KG", "KZ", "TJ", "TM", "UZ", "ZZ"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=ДЎСТЛ", "1 of 57"), ("?kind=centres", "6 of 57"),
     ("?kind=nonsense", "57 of 57")],
)  # fmt: skip
def test_the_list_says_how_many_of_how_many(bor_dobo: Client, query: str, found: str) -> None:
    assert found in text(bor_dobo, f"/offices/{query}")


def test_an_office_is_shown_with_everything_that_is_known(
    bor_dobo: Client, directory: None
) -> None:
    page = text(bor_dobo, "/offices/UZ-DUS/")
    for words in (
        "40.550, 72.740 ± 10 km",
        "Asia/Tashkent, UTC+5",
        "Situation Centre Tashkent",
        "since October 2015",
        "Дўстлик Uzbek, Cyrillic",
        "State Customs Committee UZ-CUS",
        "Letters go and come",
        "Nothing will be sent across borders from",
    ):
        assert words in page
    assert re.search(r"(\d{5} ){8}", page)


def test_without_a_directory_the_page_says_that_nothing_goes(bor_dobo: Client) -> None:
    assert "No letters" in text(bor_dobo, "/offices/UZ-DUS/")
    assert "No authority named yet" in text(bor_dobo, "/offices/")


@pytest.mark.parametrize("path", ["/offices/KG-ZZZ/", "/offices/kg-bdb/", "/offices/1/"])
def test_what_is_no_office_is_no_page(bor_dobo: Client, path: str) -> None:
    assert bor_dobo.get(path).status_code == 404


def test_nothing_is_posted_here(bor_dobo: Client) -> None:
    assert bor_dobo.post("/offices/").status_code == 405
    assert bor_dobo.post("/offices/KG-BDB/").status_code == 405


def test_a_stranger_is_led_to_the_sign_in() -> None:
    assert browser().get("/offices/").status_code in (302, 404)


def test_the_list_costs_the_same_few_queries_however_many_offices_there_are(
    bor_dobo: Client, directory: None, django_assert_max_num_queries: object
) -> None:
    bor_dobo.get("/offices/")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        bor_dobo.get("/offices/")


@pytest.mark.parametrize("path", ["/offices/", "/offices/KG-BDB/", "/offices/KG-BIS/"])
def test_the_russian_page_has_no_english_sentence(
    bor_dobo: Client, directory: None, path: str
) -> None:
    del bor_dobo
    client = signed_in(officer("second", language="ru"))
    answer = client.get(path).content.decode()
    main = answer[answer.index("<main") : answer.index("</main>")]
    words = set(re.findall(r"\b(?:the|of|office|keys|since|by|and|is|no)\b", strip_tags(main)))
    assert words == set()
