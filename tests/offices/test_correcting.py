"""The page on which the head of the office corrects the network."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from borderliaison.offices.models import CrossingPoint, NetworkChange
from borderliaison.offices.services import counterparts_of, load_network, reporting_line
from tests.accounts.people import officer, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/offices/KG-BDB/correct/"
PLACE = {
    "place.latitude": "39,51",
    "place.longitude": "73.24",
    "place.accuracy_km": "1",
    "place.source": "GPS, 12 May 2026",
}


@pytest.fixture
def head() -> Client:
    load_network()
    return signed_in(officer("abdyrakhmanova", role="head", full_name="N. Abdyrakhmanova"))


def words(answer: object) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())  # type: ignore[attr-defined]


def test_the_head_corrects_a_position_sees_it_in_the_history_and_undoes_it(head: Client) -> None:
    assert 'href="/offices/KG-BDB/correct/"' in head.get("/offices/KG-BDB/").content.decode()
    answer = head.post(f"{PAGE}place/", PLACE, follow=True)
    assert "Corrected. It stands in the history" in words(answer)
    assert "has-notices" in answer.content.decode()
    assert "39.5300, 73.2600 ± 15 km 39.5100, 73.2400 ± 1 km" in words(answer)
    assert "GPS, 12 May 2026" in words(head.get("/offices/KG-BDB/"))
    change = NetworkChange.objects.get()
    assert change.by == "KG-BDB/abdyrakhmanov"
    answer = head.post("/offices/KG-BDB/undo/", {"number": change.pk}, follow=True)
    assert "Undone: it is as it was before." in words(answer)
    assert CrossingPoint.objects.get(pk="KG-BDB").latitude == 39.53


def test_status_line_counterpart_and_spelling_are_corrected(head: Client) -> None:
    said = {"since": "03.02.2026", "source": "Order 12"}
    for what, values in {
        "status": {"status": "suspended", **said},
        "crossing": {"status": "closed", **said},
        "line": {"to": "KG-BIS", **said},
        "counterpart": {"other": "TJ-TJV", **said},
        "spelling": {"text": "Бор Добо", "lang": "ru", "source": "Order 12"},
    }.items():
        typed = {f"{what}.{name}": value for name, value in values.items()}
        assert head.post(f"{PAGE}{what}/", typed).status_code == 302, what
    assert reporting_line("KG-BDB") == ("KG-BIS",)
    assert counterparts_of("KG-BDB") == ("TJ-KZA", "TJ-TJV")
    gone = {"counterpart.other": "TJ-TJV", "counterpart.end": "yes"}
    gone |= {"counterpart.since": "2026-03-01", "counterpart.source": "Order 13"}
    assert head.post(f"{PAGE}counterpart/", gone).status_code == 302
    nobody = {"line.to": "", "line.since": "01.03.2026", "line.source": "Order 13"}
    assert head.post(f"{PAGE}line/", nobody).status_code == 302
    assert counterparts_of("KG-BDB") == ("TJ-KZA",)
    assert reporting_line("KG-BDB") == ()


@pytest.mark.parametrize(
    ("what", "changed", "says"),
    [
        ("place", {"place.latitude": "north"}, "no place on the map"),
        ("place", {"place.source": ""}, "Say where this is known from"),
        ("status", {"status.status": "closed", "status.since": "soon"}, "This is not a day"),
        ("line", {"line.to": "KG-BDB", "line.since": "01.02.2026"}, "does not report to itself"),
        ("counterpart", {"counterpart.other": "", "counterpart.since": "01.02.2026"},
         "no such office"),
        ("spelling", {"spelling.text": "", "spelling.lang": "ru"}, "not written so"),
        ("spelling", {"spelling.text": "Бор Добо"}, "Choose the language"),
        ("crossing", {"crossing.since": "01.02.2026"}, "Choose what it is"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_said_at_its_field_and_nothing_typed_is_lost(
    head: Client, what: str, changed: dict[str, str], says: str
) -> None:
    typed = {**PLACE, f"{what}.source": "a telephone call", **changed}
    answer = head.post(f"{PAGE}{what}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(f"field-error[^<]*<svg.*?{says}", page, re.DOTALL)
    if typed[f"{what}.source"]:
        assert f'value="{typed[f"{what}.source"]}"' in page
    assert not NetworkChange.objects.exists()


def test_each_thing_says_what_stands_now_and_only_what_cannot_be_so_is_unfolded(
    head: Client,
) -> None:
    page = words(head.get(PAGE))
    assert "39.530, 73.260 ± 15 km" in page
    assert "Operating" in page
    assert "Kyzyl-Art, Tajikistan" in page
    assert " open>" not in head.get(PAGE).content.decode()
    wrong = head.post(f"{PAGE}place/", {**PLACE, "place.latitude": "north"}).content.decode()
    assert re.findall(r'id="correct-(\w+)" open>', wrong) == ["place"]


def test_what_stands_so_already_is_said_above_the_form(head: Client) -> None:
    head.post(f"{PAGE}place/", PLACE)
    answer = head.post(f"{PAGE}place/", PLACE)
    assert answer.status_code == 422
    assert "The network says so already" in words(answer)


def test_a_correction_that_was_corrected_again_is_not_undone(head: Client) -> None:
    head.post(f"{PAGE}place/", PLACE)
    first = NetworkChange.objects.get()
    head.post(f"{PAGE}place/", {**PLACE, "place.latitude": "39.52"})
    page = head.get(PAGE).content.decode()
    assert f'name="number" value="{first.pk}"' not in page
    answer = head.post("/offices/KG-BDB/undo/", {"number": first.pk}, follow=True)
    assert "undone or corrected again since" in words(answer)


@pytest.mark.parametrize("number", ["", "x", "99", "9" * 30])
def test_what_is_no_correction_is_not_found(head: Client, number: str) -> None:
    assert head.post("/offices/KG-BDB/undo/", {"number": number}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/offices/KG-ZZZ/correct/", f"{PAGE}nonsense/", "/offices/KG-ZZZ/undo/"]
)
def test_what_is_no_office_and_no_form_is_not_found(head: Client, path: str) -> None:
    assert head.post(path).status_code in {404, 405}
    assert head.get("/offices/KG-BIS/correct/").status_code == 200, "a centre has no crossing"


@pytest.mark.parametrize(
    "more", [{"role": "duty"}, {"role": "head", "realm": "exercise:seal-2026"}]
)
def test_others_and_whoever_plays_an_exercise_correct_nothing(
    head: Client, more: dict[str, str]
) -> None:
    del head
    client = signed_in(officer("other", **more))
    assert "/correct/" not in client.get("/offices/KG-BDB/").content.decode()
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}place/", PLACE).status_code == 404
    assert client.post("/offices/KG-BDB/undo/", {"number": "1"}).status_code == 404
    assert not NetworkChange.objects.exists()


def test_the_russian_page_has_no_english_sentence(head: Client) -> None:
    head.post(f"{PAGE}place/", PLACE)
    client = signed_in(officer("second", role="head", language="ru"))
    for answer in (
        client.get(PAGE), client.get("/offices/KG-BDB/"), client.post(f"{PAGE}place/", {}),
    ):  # fmt: skip
        page = answer.content.decode()
        main = strip_tags(page[page.index("<main") : page.index("</main>")])
        assert set(re.findall(r"\b(?:the|of|office|since|by|and|is|no|not)\b", main)) == set()
