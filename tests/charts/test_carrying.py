"""A chart is merged, printed and shown to others by the same rules as it is read."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import EMPTY, keep_as_new, make_chart, share_chart
from borderliaison.charts.taken.printed import MAX_PICTURE_BYTES
from borderliaison.kernel.marking import Handling, HandlingCodes
from borderliaison.records.resolution.judging import Why, judge, judge_of
from borderliaison.records.resolution.models import Basis, Verdict
from tests.accounts.people import officer, signed_in
from tests.charts.cast import grey_lorry, key
from tests.correspondence.cast import network
from tests.printing.samples import PIXEL, pages_of
from tests.records.cast import FOR_BORDER, FOR_CUSTOMS, lorry
from tests.records.cast import key as key_of

pytestmark = pytest.mark.django_db
MARKED = "For official use H0 Bor-Dobo "
"""Who is on the chart may be read by this office alone."""
DAY = r"\d{4}-\d\d-\d\d"


@pytest.fixture
def desk() -> tuple[Client, str]:
    network()
    me = officer()
    client, chart = signed_in(me), make_chart(me, "Grey lorry", grey_lorry()).key
    client.post(f"/charts/{chart}/purpose/", {"purpose": "case"})
    return client, chart


def post(client: Client, path: str, asked: object) -> Any:
    return client.post(path, json.dumps(asked), content_type="application/json")


def disposition(answer: Any) -> str:
    return str(answer.headers["Content-Disposition"])


def at(one: str, x: float, **more: Any) -> dict[str, Any]:
    return {"key": one, "x": x, "y": 0, **more}


def test_what_was_copied_comes_with_its_links_and_nothing_that_one_may_not_read(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    lorry("a", "01KG742ABC", marking=FOR_CUSTOMS)
    copied = [at(key("holov"), 0), at(key("lorry"), 60), at(key_of("a"), 90), at("0" * 32, 1)]
    mine = {**EMPTY, "items": [at(key("lorry"), 500)]}
    both = post(client, f"/charts/{chart}/merge/", {"content": mine, "items": copied}).json()
    spots = {one["key"]: one["x"] for one in both["content"]["items"]}
    assert spots == {key("lorry"): 500, key("holov"): 440}
    assert (both["came"], both["met"], both["absent"]) == ([key("holov")], [key("lorry")], 2)
    assert [one["name"] for one in both["piece"]["items"]] == ["Rustam Holov"]
    assert "uses" in {one["label"] for one in both["piece"]["links"]}
    assert key_of("a") not in json.dumps(both)


def test_another_chart_is_merged_with_its_notes_and_is_noted_as_opened(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    colleague = officer("bekov")
    noted = {**EMPTY, "items": [at(key("holov"), 0, note="Ask Dostuk")]}
    theirs = keep_as_new(colleague, "Theirs", noted).key
    asked = {"content": {**EMPTY, "items": [at(key("holov"), 9)]}, "chart": theirs}
    assert post(client, f"/charts/{chart}/merge/", asked).status_code == 404
    share_chart(colleague, theirs, is_shared=True)
    both = post(client, f"/charts/{chart}/merge/", asked).json()
    assert both["content"]["items"][0]["note"] == "Ask Dostuk"
    assert both["content"]["merged"] == [{"chart": theirs, "version": 1}]
    assert AuditLine.objects.filter(action="chart.opened", subject=theirs).count() == 1


def test_who_is_judged_one_since_comes_as_one(desk: tuple[Client, str]) -> None:
    client, chart = desk
    for name, plate in (("a", "01KG742ABC"), ("b", "01KG743ABC")):
        lorry(name, plate)
    ends = (key_of("a"), key_of("b"))
    judge(judge_of(officer("judge")), *ends, Verdict.SAME, Why(Basis.RECORDS))
    mine = {**EMPTY, "items": [at(min(ends), 5)]}
    asked = {"content": mine, "items": [at(max(ends), 0)]}
    both = post(client, f"/charts/{chart}/merge/", asked).json()
    assert [one["key"] for one in both["content"]["items"]] == [min(ends)]


def drawn(**changed: Any) -> dict[str, Any]:
    sign = {"form": "dashed", "ink": "#77869a", "words": "not firm", "letter": ""}
    return {
        "name": "Grey #lorry",
        "under": "3 of 4 items",
        "signs": [sign],
        "paper": "a3",
        **changed,
    }


def printed(client: Client, chart: str, shown: list[str], made: object, data: bytes = PIXEL) -> Any:
    asked = json.dumps({"shown": shown, "drawn": made})
    picture = SimpleUploadedFile("picture.png", data, "image/png")
    return client.post(f"/charts/{chart}/paper/", {"asked": asked, "picture": picture})


def test_a_chart_on_paper_says_who_says_what_of_each_and_is_noted_with_its_purpose(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    lorry("a", "01KG742ABC", marking=replace(FOR_BORDER))
    answer = printed(client, chart, [key("holov"), key("lorry"), key_of("a")], drawn())
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = pages_of(answer.content)
    assert "Grey #lorry" in pages[0]
    assert "not firm" in pages[0]
    assert "3 of 4 items" in pages[0]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert page.startswith(MARKED)
        assert page.splitlines()[-1].startswith(MARKED)
    assert "Rustam Holov" in pages[1]
    assert "A1" in pages[1]
    line = AuditLine.objects.get(action="chart.printed")
    assert (line.subject, line.ids["items"], line.ids["purpose"]) == (chart, "3", "case")
    assert AuditLine.objects.filter(action="paper.taken", subject=chart).count() == 1
    assert re.fullmatch(rf'attachment; filename="{chart}-{DAY}\.pdf"', disposition(answer))


@pytest.mark.parametrize(
    ("made", "data", "code"),
    [
        (drawn(), b"GIF89a", "E-CHT-09"),
        (drawn(), b"", "E-CHT-09"),
        (drawn(), PIXEL[:16] + (9_000).to_bytes(4) * 2 + PIXEL[24:], "E-CHT-09"),
        (drawn(), PIXEL + bytes(MAX_PICTURE_BYTES), "E-CHT-09"),
        (drawn(paper="a0"), PIXEL, "E-CHT-02"),
        (
            drawn(signs=[{"form": "dashed", "ink": "red", "words": "", "letter": ""}]),
            PIXEL,
            "E-CHT-02",
        ),
    ],
)
def test_what_is_no_picture_of_a_chart_is_not_printed(
    desk: tuple[Client, str], made: object, data: bytes, code: str
) -> None:
    client, chart = desk
    refused = printed(client, chart, [], made, data)
    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert not AuditLine.objects.filter(action="chart.printed").exists()


def test_in_an_exercise_each_file_says_so_in_its_name_and_no_file_says_whom_it_shows() -> None:
    network()
    me = officer(realm="exercise:seal-2026")
    client, chart = signed_in(me), make_chart(me, "Holov").key
    client.post(f"/charts/{chart}/purpose/", {"purpose": "case"})
    said = post(client, f"/charts/{chart}/picture/", {"shown": []}).json()
    filed = post(client, f"/charts/{chart}/file/", {"name": "Holov", "content": EMPTY})
    paper = printed(client, chart, [], drawn(name="Holov"))
    names = [said["file"], *(disposition(one).split('"')[1] for one in (filed, paper))]
    endings = ("png", "html", "pdf")
    for name, ending in zip(names, endings, strict=True):
        assert re.fullmatch(rf"exercise-{chart}-{DAY}\.{ending}", name)


def test_what_is_more_than_goes_on_paper_or_into_a_file_is_refused(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    many = [f"{number:032x}" for number in range(5001)]
    refused = printed(client, chart, many, drawn())
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-12")
    content = {**EMPTY, "items": [at(one, 0) for one in many]}
    refused = post(client, f"/charts/{chart}/file/", {"name": "Many", "content": content})
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-13")


def test_words_that_came_from_a_stricter_chart_are_under_its_marking_before_they_are_saved(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    kept = HandlingCodes(frozenset({Handling.H2}))
    lorry("a", "01KG742ABC", marking=replace(FOR_BORDER, handling=kept))
    colleague = officer("bekov")
    theirs = keep_as_new(colleague, "Theirs", {**EMPTY, "items": [at(key_of("a"), 0)]}).key
    asked = {"shown": [key("lorry")], "merged": [{"chart": theirs, "version": 1}]}
    refused = post(client, f"/charts/{chart}/present/", asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-14")
    share_chart(colleague, theirs, is_shared=True)
    for taken in ("present", "picture"):
        before = post(client, f"/charts/{chart}/{taken}/", {"shown": [key("lorry")]}).json()
        after = post(client, f"/charts/{chart}/{taken}/", asked).json()
        assert before["marking"] != after["marking"]
        both = {"shown": [key("lorry"), key_of("a")]}
        assert post(client, f"/charts/{chart}/{taken}/", both).json()["marking"] == after["marking"]


def test_who_shows_a_chart_to_others_is_noted_and_told_its_marking(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    said = post(client, f"/charts/{chart}/present/", {"shown": [key("lorry")]}).json()
    assert "H0" in said["marking"]
    assert AuditLine.objects.get(action="chart.presented").ids["items"] == "1"
