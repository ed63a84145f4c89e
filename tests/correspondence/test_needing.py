"""What needs action: by when, in one sentence, with what to do, and only what the officer may read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.arrivals.receiving import receive_receipt
from borderliaison.correspondence.models import Asked, Item
from borderliaison.correspondence.payloads import ITEM, ItemPayload
from borderliaison.correspondence.shown.needing import Needs, needs_of
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import (
    acting,
    head,
    liaison,
    network,
    reply,
    sent_lookout,
    sent_request,
)
from tests.correspondence.letters import DOSTUK, author_at, receipt, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def kinds(account: object, hours: float = 0) -> list[Needs]:
    now = datetime.now(UTC) + timedelta(hours=hours)
    return [one.needs for one in needs_of(acting(account), now)]  # type: ignore[arg-type]


def test_a_request_that_came_is_to_be_answered_until_it_is() -> None:
    author = liaison()
    receive_item(report("request"))
    assert kinds(author) == [Needs.ANSWER]
    page = signed_in(author).get("/messages/").content.decode()
    for words in ("Needs action", "Answer Dostuk", "More time", "Refuse"):
        assert words in page
    reply(author, "answer", Item.objects.as_system("test").latest("id").key)
    assert kinds(author) == []
    assert "Nothing needs action" in signed_in(author).get("/messages/").content.decode()


def test_a_request_whose_time_has_passed_stands_first_and_says_how_late_it_is() -> None:
    author = liaison()
    receive_item(report("request"))
    receive_item(report("request", values={"subject": "Blue van"}))
    late = Asked.objects.as_system("test").latest("id").item
    past = datetime.now(UTC) - timedelta(minutes=19, seconds=30)
    Asked.objects.as_system("test").filter(item=late).update(due_at=past)
    first = needs_of(acting(author))[0]
    assert first.item == late
    page = signed_in(author).get("/messages/").content.decode()
    assert "20 min late" in page
    needs = page[page.index('id="needs-title"') :]
    assert needs.index("Blue van") < needs.index("Grey lorry")


def test_an_own_request_shows_when_its_time_has_passed_elsewhere() -> None:
    author = liaison()
    sent_request(author)
    assert kinds(author) == []
    assert kinds(author, 25) == [Needs.UNANSWERED, Needs.UNANSWERED]


def test_an_own_lookout_that_nobody_opened_in_time_names_the_offices() -> None:
    author = liaison()
    item = sent_lookout(author, **{"cover.to": ["KG-DST", "KG-OSH"]})
    assert kinds(author) == []
    assert kinds(author, 1) == [Needs.UNOPENED, Needs.UNOPENED]
    receive_receipt(receipt(item.key))
    assert [
        one.office for one in needs_of(acting(author), datetime.now(UTC) + timedelta(hours=1))
    ] == ["KG-OSH"]


def test_a_warning_that_came_is_acknowledged_by_one_press_for_the_whole_office() -> None:
    author, second = liaison(), head()
    content = sent_lookout(author).content
    letter = report("request")
    payload = ItemPayload("0a" * 16, "A lookout", author_at(DOSTUK), datetime.now(UTC), content)
    receive_item(replace(letter, payload_type=f"{ITEM}/report", payload=payload.encode()))
    item = Item.objects.as_system("test").latest("id")
    assert Needs.OPEN in kinds(second)
    page = signed_in(second).get("/messages/").content.decode()
    assert "Acknowledge: Narcotics KG → UZ, grey lorry with trailer" in page
    assert "Lookout from Dostuk. Nobody here has opened it yet." in page
    answer = signed_in(second).post(f"/items/{item.key}/acknowledge/")
    assert answer.status_code == 302
    assert Needs.OPEN not in kinds(author)


def test_what_waits_for_authorisation_is_for_those_who_may_decide() -> None:
    author, second = liaison(), head()
    sent_lookout(author, **{"cover.to": ["UZ-DUS"]})
    assert kinds(author) == []
    assert kinds(second) == [Needs.AUTHORISE]


def test_what_an_officer_may_not_read_needs_no_action_of_him() -> None:
    uncleared, observer = officer("kalykov", clearance=0), officer("observer", role="observer")
    receive_item(report("request"))
    assert kinds(uncleared) == []
    assert kinds(observer) == []
    page = signed_in(uncleared).get("/messages/").content.decode()
    assert "lorry" not in page
