"""The data of the map: filtered as the board, under the reader's rights, only what is new when asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.exchange.models import LinkRow
from borderliaison.offices.models import CrossingPoint
from borderliaison.web.map import events
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import (
    begin_draft,
    begin_reply,
    head,
    liaison,
    lookout,
    network,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def desk() -> Client:
    return signed_in(liaison())


def _ask(desk: Client, **query: str) -> dict[str, Any]:
    answer = desk.get("/map/data/", {"whose": "all", **query})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def _keys(desk: Client, **query: str) -> list[str]:
    return [row[0] for row in _ask(desk, **query)["events"]]


def _sent(desk: Client, **changes: object) -> Item:
    return send(desk, begin_draft(desk), lookout(**changes))


def test_a_lookout_stands_at_its_crossing_point_with_kind_urgency_and_time(desk: Client) -> None:
    item = _sent(desk)
    dostuk = CrossingPoint.objects.get(pk="KG-DST")
    found = _ask(desk)
    ((key, lon, lat, at, kind, pressing, corrects),) = found["events"]
    assert (key, corrects) == (item.key, "")
    assert (lon, lat) == (dostuk.longitude, dostuk.latitude)
    assert at == int(item.created_at.timestamp())
    assert found["kinds"][kind]["form"] == "lookout"
    assert found["kinds"][kind]["name"] == "Lookout"
    assert pressing == 0


def test_a_corrected_place_of_a_crossing_point_moves_what_happened_there(desk: Client) -> None:
    _sent(desk)
    CrossingPoint.objects.filter(pk="KG-DST").update(latitude=40.6)
    assert _ask(desk)["events"][0][2] == 40.6


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"kind": "lookout"}, 1),
        ({"kind": "seizure"}, 0),
        ({"office": "KG-BDB"}, 1),
        ({"office": "KG-DST"}, 0),
        ({"country": "KG"}, 1),
        ({"country": "UZ"}, 0),
        ({"lane": "urgent"}, 1),
        ({"lane": "routine"}, 0),
        ({"hours": "6"}, 1),
    ],
)
def test_the_filters_of_the_board_hold_on_the_map(
    desk: Client, query: dict[str, str], number: int
) -> None:
    _sent(desk)
    assert len(_keys(desk, **query)) == number


def test_what_is_older_than_the_window_is_not_there(desk: Client) -> None:
    item = _sent(desk)
    Item.objects.as_system("test").filter(pk=item.pk).update(
        created_at=datetime.now(UTC) - timedelta(hours=30)
    )
    assert _keys(desk, hours="24") == []
    assert _keys(desk, hours="72") == [item.key]


def test_what_a_reader_may_not_read_is_neither_there_nor_counted(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MAX_EVENTS", 1)
    for _ in range(2):
        _sent(desk, **{"cover.own": ["KG-BOR"]})
    customs = signed_in(officer("stranger", agency="KG-CUS", role="head"))
    found = _ask(customs)
    assert (found["events"], found["kinds"], found["left_out"]) == ([], [], 0)


def test_a_correction_stands_in_the_place_of_what_it_corrects(desk: Client) -> None:
    first = _sent(desk)
    draft = begin_reply(desk, "correct", first.key)
    second = send(desk, draft, lookout(where="KG-KRM"))
    ((key, *_rest, corrects),) = _ask(desk)["events"]
    assert (key, corrects) == (second.key, first.key)


def test_with_a_token_only_newer_events_come(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "OVERLAP", 0)
    _sent(desk)
    before = _ask(desk)
    assert before["whole"]
    assert _ask(desk, after=before["after"])["events"] == []
    second = _sent(desk)
    later = _ask(desk, after=before["after"])
    assert [row[0] for row in later["events"]] == [second.key]
    assert not later["whole"]


def test_a_later_look_goes_back_a_little_for_what_commits_late(desk: Client) -> None:
    first = _sent(desk)
    before = _ask(desk)
    assert _keys(desk, after=before["after"]) == [first.key]


def test_a_token_of_another_account_begins_anew(desk: Client) -> None:
    _sent(desk)
    token = _ask(desk)["after"]
    assert _ask(signed_in(head()), after=token)["whole"]


def test_how_many_events_are_left_out_is_said(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MAX_EVENTS", 1)
    _sent(desk)
    newest = _sent(desk)
    found = _ask(desk)
    assert [row[0] for row in found["events"]] == [newest.key]
    assert found["left_out"] == 1


def _offices(account: Account) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in _ask(signed_in(account))["offices"]}


def test_offices_have_their_sign_their_place_and_the_state_of_their_link() -> None:
    now = datetime.now(UTC)
    LinkRow.objects.create(peer="KG-DST", state="down", since=now, why="peer_away")
    LinkRow.objects.create(peer="KG-BIS", state="slow", since=now, latency_ms=2400, last_heard=now)
    account = liaison()
    _sent(signed_in(account))
    found = _offices(account)
    assert found["KG-BDB"]["is_here"]
    assert found["KG-BDB"]["accuracy"] == 15
    assert found["KG-BDB"]["rank"] < found["KG-DST"]["rank"] < found["TM-FRP"]["rank"]
    dostuk = found["KG-DST"]
    assert (dostuk["link"]["state"], dostuk["link"]["waiting"]) == ("down", 1)
    assert dostuk["link"]["waiting_words"] == "1 waiting"
    assert "office-circle" in dostuk["sign"]
    assert "office-badge-down" in dostuk["sign"]
    assert "office-hexagon" in found["KG-BIS"]["sign"]
    assert found["KG-BIS"]["under"] == "2400 ms"
    assert "office-counterpart" in found["UZ-DUS"]["sign"]
    assert found["UZ-DUS"]["link"] is None
    assert "Road" in found["UZ-DUS"]["label"]


def test_a_later_look_brings_the_offices_with_a_link_alone(desk: Client) -> None:
    now = datetime.now(UTC)
    LinkRow.objects.create(peer="KG-DST", state="up", since=now, latency_ms=18, last_heard=now)
    later = _ask(desk, after=_ask(desk)["after"])
    assert [one["code"] for one in later["offices"]] == ["KG-DST"]


def test_offices_come_alone_for_a_map_of_something_else(desk: Client) -> None:
    there = desk.get(desk.get("/map/frame/").json()["offices"]).json()["offices"]
    assert there == _ask(desk)["offices"]


def test_of_letters_that_wait_only_those_count_that_one_may_read() -> None:
    now = datetime.now(UTC)
    LinkRow.objects.create(peer="KG-DST", state="down", since=now, why="peer_away")
    _sent(signed_in(liaison()), **{"cover.own": ["KG-BOR"]})
    customs = _offices(officer("stranger", agency="KG-CUS", role="head"))
    assert customs["KG-DST"]["link"]["waiting"] == 0
