"""What a chart's script asks is read strictly, and each look at a person has a purpose."""

import json
from typing import Any

import pytest
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import EMPTY, make_chart
from borderliaison.charts.models import Version
from borderliaison.charts.shown.asking import MOST_OCTETS
from borderliaison.kernel.marking import PageMarking
from borderliaison.records.search.index.indexing import index_all
from borderliaison.wording.marks import labels_of
from tests.accounts.people import officer, signed_in
from tests.charts.cast import grey_lorry, key, looking
from tests.correspondence.cast import network
from tests.records.cast import FOR_BORDER, lorry
from tests.records.cast import key as key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> tuple[Client, str]:
    network()
    me = officer()
    return signed_in(me), make_chart(me, "Grey lorry", grey_lorry()).key


def post(client: Client, path: str, asked: object) -> Any:
    return client.post(path, json.dumps(asked), content_type="application/json")


def test_a_chart_asks_for_a_purpose_once_and_shows_its_items(desk: tuple[Client, str]) -> None:
    client, chart = desk
    assert client.get(f"/charts/{chart}/").headers["Location"] == f"/charts/{chart}/purpose/"
    at = f"/charts/{chart}/item/{key('holov')}/"
    assert client.get(at).json()["code"] == "E-CHT-07"
    assert client.post(f"/charts/{chart}/purpose/", {"purpose": "none"}).status_code == 422
    asked = client.get(f"/charts/{chart}/purpose/").content.decode()
    purpose = asked.split('name="purpose" value="')[1].split('"')[0]
    assert client.post(f"/charts/{chart}/purpose/", {"purpose": purpose}).status_code == 302
    assert client.get(f"/charts/{chart}/").status_code == 200
    assert "Rustam Holov" in client.get(at).content.decode()
    look = AuditLine.objects.get(action="record.opened")
    assert (look.subject, look.ids["purpose"]) == (key("holov"), purpose)
    data = client.get(f"/charts/{chart}/data/").json()
    assert (len(data["items"]), data["number"]) == (17, 1)
    link = client.get(f"/charts/{chart}/link/{key('holov')}/{key('lorry')}/")
    assert "uses" in link.content.decode()


def test_what_is_typed_finds_records_to_put_on_the_chart(desk: tuple[Client, str]) -> None:
    client = looking(desk[0])
    index_all()
    assert key("holov") in client.get("/charts/search/", {"q": "holov"}).content.decode()
    assert "data-key" not in client.get("/charts/search/", {"q": "zzzz"}).content.decode()
    piece = post(
        client, "/charts/gather/", {"keys": [key("holov")], "shown": [key("lorry")]}
    ).json()
    assert [one["name"] for one in piece["items"]] == ["Rustam Holov"]
    assert [one["label"] for one in piece["links"]] == ["uses"]
    around = {"keys": [key("holov")], "shown": [key("holov")], "limit": 2}
    assert post(client, "/charts/expand/", around).json()["left_out"] == 2


def test_a_picture_goes_under_the_strictest_marking_in_it_and_is_noted(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    lorry("a", "01KG742ABC", marking=FOR_BORDER)
    refused = post(client, f"/charts/{chart}/picture/", {"shown": []})
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-07")
    client.post(f"/charts/{chart}/purpose/", {"purpose": "case"})
    shown = [key("lorry"), key_of("a")]
    said = post(client, f"/charts/{chart}/picture/", {"shown": shown}).json()
    version = Version.objects.as_system("test").get(chart__key=chart)
    strict = PageMarking.of({version.marking.value, FOR_BORDER})
    words = labels_of(strict, "en")
    assert said["marking"] == " · ".join((words.classification, *words.handling, words.audience))
    assert said["taken"].startswith("KG-BDB/")
    line = AuditLine.objects.get(action="chart.pictured")
    assert (line.subject, line.ids) == (chart, {"version": "1", "items": "2", "purpose": "case"})


def test_a_version_is_saved_and_a_later_one_is_not_overwritten(desk: tuple[Client, str]) -> None:
    client, chart = desk
    sent = {"base": 1, "name": "Grey lorry", "content": EMPTY}
    assert post(client, f"/charts/{chart}/save/", sent).json()["number"] == 2
    refused = post(client, f"/charts/{chart}/save/", sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-04")


def test_a_large_chart_is_saved_and_what_is_too_large_is_told_in_words(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    keys = [f"{number:032x}" for number in range(5_000)]
    camera = {"x": 0, "y": 0, "scale": 1}
    snapshot = {"name": "All", "shown": keys, "selected": keys, "camera": camera}
    content = {
        **EMPTY,
        "items": [{"key": one, "x": 0, "y": 0} for one in keys],
        "snapshots": [snapshot] * 30,
    }
    sent = {"base": 1, "name": "Grey lorry", "content": content}
    assert post(client, f"/charts/{chart}/save/", sent).json()["number"] == 2
    refused = client.post(
        f"/charts/{chart}/save/", b" " * (MOST_OCTETS + 1), content_type="application/json"
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-10")


def test_a_copy_goes_under_the_marking_of_what_it_was_made_of(desk: tuple[Client, str]) -> None:
    client, chart = desk
    sent = {"name": "Mine", "content": EMPTY}
    made = post(client, f"/charts/{chart}/copy/?version=1", sent).json()["url"]
    assert client.get(made).status_code == 302
    versions = Version.objects.as_system("test")
    (mine,) = versions.filter(chart__key=made.split("/")[2])
    assert mine.marking == versions.get(chart__key=chart).marking
    refused = post(client, f"/charts/{chart}/copy/", {"name": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-06")


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("gather", []),
        ("gather", {"keys": ["x"]}),
        ("expand", {"keys": [], "limit": 0}),
        ("expand", {"keys": [], "limit": True}),
        ("find", {"what": "everything"}),
        ("find", {"what": "paths", "keys": [], "in_time": "yes"}),
        ("measures", {"count": 1, "links": [0, 1]}),
        ("measures", {"count": 2, "links": [0]}),
        ("measures", {"count": 2, "links": [0, 1], "measures": ["beauty"]}),
    ],
)
def test_what_is_no_question_is_refused_with_its_code(
    desk: tuple[Client, str], path: str, asked: object
) -> None:
    refused = post(looking(desk[0]), f"/charts/{path}/", asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-06")
