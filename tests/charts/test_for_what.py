"""Nothing of records is told to a chart without a purpose that holds; work on the chart keeps it."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from borderliaison.audit.models import AuditLine
from borderliaison.charts.kept.keeping import EMPTY, make_chart
from borderliaison.charts.urls import urlpatterns
from borderliaison.records.shown.purpose import LASTS_S
from tests.accounts.people import officer, signed_in
from tests.charts.cast import grey_lorry, key, looking
from tests.correspondence.cast import network

pytestmark = pytest.mark.django_db
BACKGROUND = {"Blo-Background": "yes"}
ASKED: dict[str, Any] = {
    "/charts/gather/": {"keys": [key("holov")], "shown": []},
    "/charts/expand/": {"keys": [key("holov")], "shown": []},
    "/charts/find/": {"what": "around", "keys": [key("holov")], "shown": []},
    "/charts/places/": {"keys": [key("holov")]},
    "/charts/kinds/": {"keys": [key("holov")]},
    "/charts/search/?q=holov": None,
    "/charts/CHART/data/": None,
    f"/charts/CHART/item/{key('holov')}/": None,
    f"/charts/CHART/link/{key('holov')}/{key('lorry')}/": None,
    f"/charts/CHART/photographs/{key('holov')}/": None,
    "/charts/CHART/merge/": {"content": EMPTY, "items": [{"key": key("holov"), "x": 0, "y": 0}]},
    "/charts/CHART/picture/": {"shown": [key("holov")]},
    "/charts/CHART/present/": {"shown": [key("holov")]},
    "/charts/CHART/paper/": {"shown": [key("holov")]},
    "/charts/CHART/data-file/": {"format": "none"},
    "/charts/CHART/file/": {"name": "Grey lorry", "content": EMPTY},
}
TELLS_OF_NOBODY = {
    "list", "new", "onto", "chart", "purpose", "measures", "rules", "save", "copy", "others", "share",
    "remove", "restore",
}  # fmt: skip


@pytest.fixture
def desk() -> tuple[Client, str]:
    network()
    me = officer()
    return signed_in(me), make_chart(me, "Grey lorry", grey_lorry()).key


def ask(client: Client, path: str, chart: str, **headers: str) -> Any:
    at, asked = path.replace("CHART", chart), ASKED[path]
    if asked is None:
        return client.get(at, headers=headers)
    sent = json.dumps(asked)
    return client.post(at, sent, content_type="application/json", headers=headers)


@pytest.mark.parametrize("path", ASKED)
def test_nothing_is_told_without_a_purpose_that_holds(desk: tuple[Client, str], path: str) -> None:
    client, chart = desk
    for ago_s in (None, LASTS_S + 1):
        if ago_s is not None:
            looking(client, ago_s)
        refused = ask(client, path, chart)
        assert (refused.status_code, refused.json()["code"]) == (409, "E-CHT-07")
        assert "Holov" not in refused.content.decode()
    assert not AuditLine.objects.filter(ids__has_key="purpose").exists()
    looking(client, LASTS_S - 60)
    assert "E-CHT-07" not in ask(client, path, chart).content.decode(errors="replace")


def test_each_address_of_a_chart_tells_of_nobody_or_for_a_purpose() -> None:
    walked = {resolve(path.partition("?")[0]).url_name for path in ASKED}
    assert walked | TELLS_OF_NOBODY == {one.name for one in urlpatterns}
    assert not walked & TELLS_OF_NOBODY


def test_working_on_a_chart_keeps_the_purpose_and_what_the_page_asks_by_itself_does_not(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    looking(client, LASTS_S - 60)
    before = client.session["records_purpose"]
    assert ask(client, "/charts/gather/", chart, **BACKGROUND).status_code == 200
    assert client.session["records_purpose"] == before
    assert ask(client, "/charts/gather/", chart).status_code == 200
    kept = client.session["records_purpose"]
    assert kept.startswith("case ")
    assert int(kept.split()[1]) > time.time() - LASTS_S / 2
    assert client.get(f"/charts/{chart}/").status_code == 200


def test_a_chart_that_is_open_is_given_a_purpose_in_place_and_saved_without_one(
    desk: tuple[Client, str],
) -> None:
    client, chart = desk
    sent = {"base": 1, "name": "Grey lorry", "content": EMPTY}
    saved = client.post(f"/charts/{chart}/save/", json.dumps(sent), content_type="application/json")
    assert saved.json()["number"] == 2
    answer = client.post(f"/charts/{chart}/purpose/", {"purpose": "case", "in_place": "yes"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert ask(client, "/charts/CHART/data/", chart).status_code == 200


def test_for_what_a_chart_was_opened_is_written_down(desk: tuple[Client, str]) -> None:
    client, chart = desk
    looking(client)
    assert client.get(f"/charts/{chart}/").status_code == 200
    line = AuditLine.objects.get(action="chart.opened")
    assert (line.subject, line.ids) == (chart, {"version": "1", "purpose": "case"})


def test_past_the_purpose_one_sees_what_one_asked_for(desk: tuple[Client, str]) -> None:
    client, chart = desk
    asked = client.get(f"/charts/{chart}/?version=1&view=table&put=a&other=b").headers["Location"]
    given = client.post(asked, {"purpose": "case"}).headers["Location"]
    assert given == f"/charts/{chart}/?version=1&view=table&put=a"
