"""What is kept holds until something happens that its reader may know of, and never across a rollback."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import transaction

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.feed.services import announce
from borderliaison.markings.services import forget
from borderliaison.web.board import kept as keeping
from borderliaison.web.board.kept import kept, place_of
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.correspondence.letters import report

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 5, 14, 12, 30, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _network() -> Iterator[None]:
    network()
    forget()
    yield
    forget()


def test_a_question_is_answered_once_until_its_place_changes() -> None:
    asked: list[int] = []

    def answer() -> int:
        asked.append(1)
        return len(asked)

    question = (object(), "a")
    assert kept(question, answer) == kept(question, answer) == 1
    assert kept((object(), "a"), answer) == 2


def test_inside_a_transaction_nothing_is_kept() -> None:
    question = object()
    with transaction.atomic():
        assert kept(question, lambda: 1) == 1
    assert kept(question, lambda: 2) == 2


def test_who_asks_the_same_meanwhile_waits_for_the_answer() -> None:
    question, begun = object(), Barrier(4)
    asked: list[int] = []

    def ask(_: int) -> int:
        begun.wait(60)
        return kept(question, lambda: asked.append(1) or len(asked))

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(ask, range(4))) == {1}


def test_an_answer_that_fails_is_asked_for_again() -> None:
    question = object()

    def fails() -> int:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011  # ours, above
            kept(question, fails)
    assert kept(question, lambda: 3) == 3


def test_only_so_much_is_kept() -> None:
    for number in range(keeping.MOST + 5):
        kept(("so much", number), lambda: 0)
    assert len(keeping._kept) == keeping.MOST


def test_the_place_changes_with_each_event_that_one_may_know_and_with_the_minute() -> None:
    reader = officer().reader()
    first = place_of(reader, NOW)
    assert place_of(reader, NOW + timedelta(seconds=40)) == first
    assert place_of(reader, NOW + timedelta(minutes=1)) != first
    announce("thread", "x", marking_id=10**6)
    assert place_of(reader, NOW) == first, "he may not read that"
    announce("records")
    assert place_of(reader, NOW) == first, "no board shows records"
    announce("link", "KG-DST")
    assert place_of(reader, NOW) != first


def test_an_open_page_sees_what_came_at_once_and_what_its_officer_opened() -> None:
    browser = signed_in(officer())
    assert "Nothing in the last" in browser.get("/board/").content.decode()
    receive_item(report("request", received_at=datetime.now(UTC)))
    page = browser.get("/board/").content.decode()
    assert "unread-dot" in page
    (key,) = {part.split('"')[0] for part in page.split('data-item="')[1:]}
    browser.post(f"/items/{key}/opened/")
    assert "unread-dot" not in browser.get("/board/").content.decode()
