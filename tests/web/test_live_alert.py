"""The white bar: what a live alert says in an exercise, and the way back to it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.exchange.core.entry import Lane
from borderliaison.kernel.marking import Audience
from borderliaison.markings.services import forget
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.correspondence.letters import MARKING, message

pytestmark = pytest.mark.django_db


@pytest.fixture
def player() -> Iterator[Client]:
    network()
    forget()
    yield signed_in(officer(realm="exercise:seal-2026"))
    forget()


def alert() -> None:
    marking = replace(MARKING, audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*")))
    receive_item(message("Stop the grey lorry", lane=Lane.URGENT, marking=marking))


def test_the_bar_says_from_whom_and_one_key_leads_to_it(player: Client) -> None:
    empty = player.get("/live-alert/").content.decode()
    assert 'hx-trigger="feed:live_alert from:body"' in empty
    assert "role=" not in empty
    alert()
    bar = player.get("/live-alert/").content.decode()
    assert "Dostuk" in bar
    assert 'data-key="b"' in bar
    (thread,) = re.findall(r'name="next" value="(/messages/\w+/)"', bar)
    assert player.get(thread).status_code == 404, "in the exercise it does not exist"
    assert player.post("/me/live", {"next": thread}).url == thread
    page = player.get(thread).content.decode()
    assert 'data-realm="live"' in page
    assert "Stop the grey lorry" in page


@pytest.mark.parametrize("following", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_leaving_an_exercise_leads_to_pages_of_this_office_only(
    player: Client, following: str
) -> None:
    assert player.post("/me/live", {"next": following}).url == "/me"


def test_a_routine_message_of_live_work_is_no_alert(player: Client) -> None:
    receive_item(message("Understood"))
    assert "live-alert-text" not in player.get("/live-alert/").content.decode()
