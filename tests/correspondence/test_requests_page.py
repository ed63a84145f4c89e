"""The page of requests: what an office owes and is owed, by deadline, as far as an officer may read it."""

from datetime import UTC, datetime, timedelta

import pytest

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Asked, Item
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import liaison, network, sent_request

pytestmark = pytest.mark.django_db
PAGE = "/messages/requests/"


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def account() -> Account:
    return liaison()


def asked(account: Account, own: str = "", **row: object) -> Item:
    item = sent_request(account, **({"cover.own": [own]} if own else {}))
    Asked.objects.as_system("test").filter(item=item).update(**row)
    return item


def test_the_next_deadline_stands_first_and_a_head_turns_the_order(account: Account) -> None:
    now = datetime.now(UTC)
    first = asked(account, due_at=now + timedelta(hours=9), asked_at=now - timedelta(hours=1))
    late = asked(account, due_at=now - timedelta(hours=2), asked_at=now)
    browser = signed_in(account)

    def order(query: str) -> list[str]:
        lines = browser.get(PAGE + query).context["listed"].lines
        return list(dict.fromkeys(one.key.partition("-")[0] for one in lines))

    assert order("") == [late.key, first.key]
    assert order("?sort=-due") == [first.key, late.key]
    assert order("?sort=asked") == [first.key, late.key]
    page = browser.get(PAGE).content.decode()
    assert 'aria-sort="ascending"' in page
    assert 'href="?sort=-due"' in page
    assert "2 late</b>" in page


def test_by_deadline_what_nobody_owes_any_more_stands_last(account: Account) -> None:
    now = datetime.now(UTC)
    done = asked(account, state="answered", due_at=now - timedelta(days=9), asked_at=now)
    owed = asked(account, due_at=now + timedelta(hours=9), asked_at=now)
    lines = signed_in(account).get(PAGE, {"state": "all"}).context["listed"].lines
    assert list(dict.fromkeys(one.key.partition("-")[0] for one in lines)) == [owed.key, done.key]


def test_what_is_closed_stands_there_on_demand_and_what_was_corrected_never(
    account: Account,
) -> None:
    now = datetime.now(UTC)
    done = asked(account, state="answered", due_at=now, asked_at=now)
    browser = signed_in(account)
    assert browser.get(PAGE).context["listed"].total == 0
    assert "Nobody owes an answer" in browser.get(PAGE).content.decode()
    everything = browser.get(PAGE, {"state": "all"}).context["listed"]
    assert {one.key.partition("-")[0] for one in everything.lines} == {done.key}
    Item.objects.as_system("test").create(
        thread=done.thread, key="f" * 32, payload_type=done.payload_type, title="again",
        content=done.content, office=done.office, agency=done.agency, officer=done.officer,
        author_name="", author_role="", created_at=now, corrects=done.key, marking=done.marking,
    )  # fmt: skip
    assert browser.get(PAGE, {"state": "all"}).context["listed"].total == 0


def test_one_may_narrow_it_to_what_is_owed_and_to_what_one_owes(account: Account) -> None:
    item = asked(account, due_at=datetime.now(UTC), asked_at=datetime.now(UTC))
    browser = signed_in(account)
    assert browser.get(PAGE, {"whose": "ours"}).context["listed"].total == 0
    theirs = browser.get(PAGE, {"whose": "theirs"}).context["listed"]
    assert {one.url for one in theirs.lines} == {f"/messages/{item.thread.key}/#item-{item.key}"}


def test_an_agency_that_may_not_read_a_request_finds_neither_line_nor_number(
    account: Account,
) -> None:
    asked(account, "KG-BOR", due_at=datetime.now(UTC), asked_at=datetime.now(UTC))
    other = officer("other", agency="KG-DCS", officer_id="KG-BDB/0050")
    listed = signed_in(other).get(PAGE, {"state": "all"}).context["listed"]
    assert (listed.lines, listed.total, listed.late) == ((), 0, 0)
