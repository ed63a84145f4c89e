"""The board's page and its parts: what stands there, for whom, and that it costs few questions."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Dissemination, Item
from borderliaison.exchange.models import Delivery, LinkRow, Quarantined
from borderliaison.markings.services import forget
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import head, liaison, network, sent_lookout
from tests.correspondence.letters import message, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> Iterator[None]:
    network()
    forget()
    yield
    forget()


def page_of(browser: object, path: str = "/board/") -> str:
    answer = browser.get(path)  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def arrived(form: str = "request", **changes: object) -> Item:
    """Let a report come from Dostuk now."""
    receive_item(report(form, received_at=datetime.now(UTC), **changes))
    return Item.objects.as_system("test").latest("id")


def test_the_day_starts_on_the_board() -> None:
    browser = signed_in(liaison())
    assert browser.get("/").headers["Location"] == "/board/"
    assert 'href="/board/" aria-current="page"' in page_of(browser)


def test_an_empty_board_says_what_would_stand_there() -> None:
    page = page_of(signed_in(liaison()))
    assert "Nothing in the last 24 h" in page
    assert "Nothing needs action" in page


def test_a_report_stands_in_the_feed_with_its_way_its_receipts_and_its_markings() -> None:
    author = liaison()
    sent_lookout(author)
    page = page_of(signed_in(author))
    (row,) = re.findall(r'<article class="feed-row.*?</article>', page, re.DOTALL)
    assert "Lookout" in row
    assert "grey lorry with trailer" in row
    assert "Bor-Dobo → " in row
    assert "+2" in row
    assert "Saved here" in row
    assert '<span class="hc">H1</span>' in row
    assert "1 in 24 h" in page
    assert "This page shows up to" in page


def test_what_came_is_new_until_its_officer_has_opened_it() -> None:
    item, browser = arrived(), signed_in(liaison())
    assert "unread-dot" in page_of(browser)
    browser.post(f"/items/{item.key}/opened/")
    assert "unread-dot" not in page_of(browser)
    assert "unread-dot" in page_of(signed_in(head())), "he has not opened it"


def test_what_needs_action_is_posted_through_one_form_of_the_page() -> None:
    item, browser = arrived(), signed_in(liaison())
    page = page_of(browser)
    assert f'form="doing" formaction="/begin/answer/{item.key}/"' in page
    assert '<form id="doing" method="post" hidden>' in page
    needs = page[page.index('id="board-needs"') :]
    assert needs[: needs.index("</section>")].count("csrfmiddlewaretoken") == 0


def test_gaps_stand_below_what_is_due() -> None:
    LinkRow.objects.create(
        peer="KG-DST",
        state="down",
        why="peer_away",
        since=datetime.now(UTC) - timedelta(minutes=44),
    )
    page = page_of(signed_in(liaison()))
    assert "No link to Dostuk" in page
    assert "44 min." in page or "45 min." in page
    assert "Link lost" in page, "it is an event, too"


def test_a_refused_letter_is_a_gap_with_the_sentence_of_its_code() -> None:
    author = liaison()
    item = sent_lookout(author)
    made = Dissemination.objects.as_system("test").filter(item=item).exclude(letter="").first()
    assert made is not None
    refused = Delivery.objects.filter(letter__letter_id=bytes.fromhex(made.letter)).first()
    assert refused is not None
    refused.stage, refused.refused_code = "refused", "malformed"
    refused.refused_at = datetime.now(UTC)
    refused.save()
    page = page_of(signed_in(author))
    assert "Refused by the server of" in page
    assert "could not read it" in page
    stranger = signed_in(officer("stranger", agency="KG-CUS", clearance=0))
    assert "Refused by the server of" not in page_of(stranger)


def test_quarantine_is_for_whoever_runs_the_office() -> None:
    now = datetime.now(UTC)
    Quarantined.objects.create(
        reason="forged", digest=b"d" * 32, size=1, content=b"x", first_at=now, last_at=now
    )
    assert "1 message in quarantine" in page_of(signed_in(head()))
    assert "quarantine" not in page_of(signed_in(liaison()))


def test_an_observer_sees_the_feed_and_is_asked_for_nothing() -> None:
    arrived()
    page = page_of(signed_in(officer(role="observer")))
    assert "Request for information" in page
    assert "/begin/answer/" not in page
    assert "Nothing needs action" in page


def test_an_exercise_says_so_before_every_title() -> None:
    author = officer(realm="exercise:seal-2026")
    sent_lookout(author)
    page = page_of(signed_in(author))
    (row,) = re.findall(r'<article class="feed-row.*?</article>', page, re.DOTALL)
    assert "EXERCISE:" in row


def test_a_page_that_has_all_parts_is_sent_none() -> None:
    browser = signed_in(liaison())
    has = re.findall(r'data-digest="(\w+)"', page_of(browser))
    assert len(has) == 3
    asked = "&".join(f"have={one}" for one in has)
    assert browser.get(f"/board/parts/?{asked}").status_code == 204
    arrived()
    fresh = page_of(browser, f"/board/parts/?{asked}")
    assert 'id="board-feed"' in fresh
    assert 'id="board-needs"' in fresh
    assert "band-marking" in fresh


def test_the_earlier_rows_are_a_page_away() -> None:
    author = liaison()
    first = sent_lookout(author)
    copies = [
        Item(
            thread=first.thread, key=f"{n:032x}", payload_type=first.payload_type, title="x",
            content=first.content, office="KG-DST", agency="KG-CUS", officer="KG-DST/0003",
            author_name="x", author_role="duty", letter=f"{n:032x}", marking_id=first.marking_id,
            created_at=datetime.now(UTC), arrived_at=datetime.now(UTC),
        )
        for n in range(45)
    ]  # fmt: skip
    Item.objects.bulk_create(copies)
    browser = signed_in(author)
    page = page_of(browser)
    assert page.count('<li data-item="') == 40
    (older,) = re.findall(r'href="(\?&amp;before=\w+)"', page)
    earlier = page_of(browser, "/board/" + older.replace("&amp;", "&"))
    assert earlier.count('<li data-item="') == 6
    assert first.key in earlier
    assert "Newest" in earlier


def test_a_message_says_what_it_says_and_about_what() -> None:
    receive_item(message("We see it", received_at=datetime.now(UTC)))
    assert "We see it" in page_of(signed_in(liaison()))


def test_it_asks_no_more_often_for_many_rows_than_for_few() -> None:
    author = liaison()
    browser = signed_in(author)
    sent_lookout(author)

    def asked() -> int:
        forget()
        with CaptureQueriesContext(
            connection,
        ) as found:
            page_of(browser)
        return len(found)

    asked()
    few = asked()
    for number in range(6):
        sent_lookout(author, plate=f"KG 01 77{number}4 AD")
    assert asked() <= few
    assert few <= 60


def test_the_numbers_of_each_hour_are_exact_and_can_be_read() -> None:
    author = liaison()
    sent_lookout(author)
    arrived()
    page = page_of(signed_in(author))
    chart = page[page.index("board-hours") :]
    assert re.search(r"Urgent <b>1</b>.*Ask for action <b>1</b>.*Routine <b>0</b>", chart)
    assert ": 2 (urgent 1, ask for action 1, routine 0)" in chart


def test_parts_are_fetched_together_as_they_are_drawn() -> None:
    arrived()
    browser = signed_in(liaison())
    lists = page_of(browser, "/board/parts/?part=lists")
    assert 'id="board-feed"' in lists
    assert 'id="board-needs"' in lists
    assert 'id="board-middle"' not in lists
    assert "This page shows up to" in lists
    middle = page_of(browser, "/board/parts/?part=middle")
    assert 'id="board-middle"' in middle
    assert 'id="board-feed"' not in middle
    assert "This page shows up to" not in middle, "it says nothing of what the others show"
    had = re.findall(r'data-digest="(\w+)"', lists)
    again = browser.get("/board/parts/", {"part": "lists", "have": had})
    assert again.status_code == 204
