"""The state of a link: written when it changes, announced to the pages."""

from datetime import timedelta

import pytest

from borderliaison.exchange.process.linking import Seen, all_down, note
from borderliaison.exchange.progress import LinkState, Waiting
from borderliaison.exchange.services import links, post, progress
from borderliaison.exchange.workplace import Workplace
from borderliaison.feed.models import FeedEvent
from borderliaison.kernel.clock import FixedClock
from tests.exchange.offices import DOSTUK, OSH
from tests.exchange.test_services import DRAFT

pytestmark = pytest.mark.django_db
UP = Seen(latency_ms=40, heard=True, reconciled=True)
AWAY = Seen(why=Waiting.PEER_AWAY)


def advance(place: Workplace, seconds: int) -> None:
    assert isinstance(place.clock, FixedClock)
    place.clock.advance(timedelta(seconds=seconds))


def test_a_link_has_its_state_since_when_and_latency(place: Workplace) -> None:
    note(place, DOSTUK, UP)
    began = place.clock.now()
    advance(place, 60)
    note(place, DOSTUK, UP)
    (link,) = links()
    assert (link.peer, link.state, link.since, link.latency_ms) == (DOSTUK, LinkState.UP, began, 40)
    assert link.last_heard == place.clock.now()


def test_only_a_change_is_announced(place: Workplace) -> None:
    for seen in (UP, UP, AWAY, AWAY, UP):
        note(place, DOSTUK, seen)
    assert [event.kind for event in FeedEvent.objects.all()] == ["link"] * 3


def test_a_slow_answer_makes_a_slow_link(place: Workplace) -> None:
    note(place, DOSTUK, Seen(latency_ms=2400, heard=True))
    note(place, DOSTUK, Seen(heard=True))
    assert links()[0].state is LinkState.SLOW


def test_when_the_hub_is_away_every_link_is_down(place: Workplace) -> None:
    note(place, DOSTUK, UP)
    note(place, OSH, AWAY)
    all_down(place, Waiting.HUB_AWAY)
    assert {(link.state, link.why) for link in links()} == {(LinkState.DOWN, Waiting.HUB_AWAY)}


def test_an_undelivered_letter_says_what_is_in_the_way_of_its_link(place: Workplace) -> None:
    note(place, DOSTUK, UP)
    note(place, OSH, AWAY)
    letter_id = post(DRAFT)
    told = progress([letter_id])[letter_id]
    assert told[DOSTUK].waiting_reason is Waiting.WORKER
    assert told[OSH].waiting_reason is Waiting.PEER_AWAY
    assert {link.peer: link.waiting for link in links()} == {DOSTUK: 1, OSH: 1}
