"""Counts for the administrator, and counts for an officer, in which what he may not read is nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from borderliaison.exchange.core.ack import Heads, sign_heads
from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.counting import letters_known_to, letters_of_node, trouble_of_node
from borderliaison.exchange.drafts import milliseconds
from borderliaison.exchange.incoming.applying import apply_pending
from borderliaison.exchange.incoming.receiving import receive_frame
from borderliaison.exchange.models import Application
from borderliaison.exchange.process.linking import Seen, note
from borderliaison.exchange.reconciliation.reconciling import take_heads
from borderliaison.exchange.services import links, links_known_to, post
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import AgencyCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import forget
from tests.accounts.people import officer
from tests.exchange.offices import DOSTUK, US, Peer
from tests.exchange.test_services import DRAFT

pytestmark = pytest.mark.django_db

FOR_BORDER = replace(
    DRAFT,
    to=(DOSTUK,),
    marking=Marking(audience=Audience.of((US, "KG-BOR"), (DOSTUK, "*")), originator=US),
)


@pytest.fixture
def border() -> Reader:
    forget()
    return officer().reader()


@pytest.fixture
def customs(border: Reader) -> Reader:
    return replace(border, agency=AgencyCode("KG-CUS"))


def test_an_officer_counts_the_letters_that_he_may_read_and_no_others(
    place: Workplace, border: Reader, customs: Reader
) -> None:
    note(place, DOSTUK, Seen())
    post(FOR_BORDER)
    assert letters_of_node().out[Stage.SAVED] == 1
    assert letters_known_to(border).out[Stage.SAVED] == 1
    assert letters_known_to(border).oldest_waiting is not None
    assert letters_known_to(customs).out[Stage.SAVED] == 0
    assert letters_known_to(customs).oldest_waiting is None
    assert [link.waiting for link in links()] == [1]
    assert [link.waiting for link in links_known_to(border)] == [1]
    assert [link.waiting for link in links_known_to(customs)] == [0]


def test_what_came_is_counted_by_what_became_of_it(place: Workplace, dostuk: Peer) -> None:
    receive_frame(place, dostuk.send(dostuk.letter(), dostuk.letter()))
    assert letters_of_node().received[Application.PENDING] == 2
    apply_pending(place)
    assert letters_of_node().received[Application.APPLIED] == 2
    assert sum(letters_of_node().received.values()) == 2


def test_what_was_kept_apart_is_counted_and_a_fork_by_itself(
    place: Workplace, dostuk: Peer
) -> None:
    receive_frame(place, b"rubbish")
    first = replace(dostuk)
    receive_frame(place, dostuk.send())
    receive_frame(place, first.send())
    trouble = trouble_of_node()
    assert (trouble.quarantined, trouble.forks, trouble.frozen) == (2, 1, 1)


def test_the_peers_heads_tell_how_far_its_clock_runs_ahead(place: Workplace, dostuk: Peer) -> None:
    for ahead in (timedelta(seconds=-40), timedelta(minutes=20)):
        at = milliseconds(place.clock.now() + ahead)
        heads = Heads(DOSTUK, place.office, at, ())
        take_heads(place, heads, sign_heads(heads, dostuk.keys))
        assert links()[0].clock_ahead_ms == ahead / timedelta(milliseconds=1)
