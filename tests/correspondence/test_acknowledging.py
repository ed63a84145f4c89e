"""Acknowledging several at once: each its own receipt and audit line, and what failed is said by row."""

import re

import pytest

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.models import Item, Opening, Receipt
from tests.accounts.people import officer, signed_in
from tests.browser.office import arrives
from tests.correspondence.cast import liaison, network, sent_lookout

pytestmark = pytest.mark.django_db
URL = "/messages/acknowledge/"


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def me() -> Account:
    return liaison()


@pytest.fixture
def keys(me: Account) -> list[str]:
    """What arrived in two threads, the oldest first."""
    one, two = sent_lookout(me), sent_lookout(me, subject="A blue van")
    return [arrives(one, "We see it"), arrives(one, "Still there"), arrives(two, "Not here")]


def listed(text: str) -> list[str]:
    return re.findall(r'name="item" value="(\w+)" checked', text)


def test_the_list_offers_what_is_unread_of_the_chosen_threads_or_of_all(
    me: Account, keys: list[str]
) -> None:
    desk = signed_in(me)
    assert "data-picks" in desk.get("/messages/").content.decode()
    thread = Item.objects.as_system("test").get(key=keys[0]).thread.key
    assert listed(desk.get(URL, {"thread": thread}).content.decode()) == keys[1::-1]
    assert listed(desk.get(URL).content.decode()) == keys[::-1]


def test_each_gets_its_own_receipt_and_its_own_audit_line(me: Account, keys: list[str]) -> None:
    answer = signed_in(me).post(URL, {"item": keys[:2]})
    assert answer.url == "/messages/"
    opened = Receipt.objects.as_system("test").filter(office="KG-BDB", step="opened")
    assert sorted(opened.values_list("item__key", flat=True)) == sorted(keys[:2])
    lines = AuditLine.objects.filter(action="item.opened", subject__in=keys)
    assert sorted(lines.values_list("subject", flat=True)) == sorted(keys[:2])
    assert not Opening.objects.filter(item__key=keys[2]).exists()


def test_what_fails_is_said_and_the_rest_is_done(me: Account, keys: list[str]) -> None:
    other = officer("stranger", agency="KG-CUS", role="head")
    answer = signed_in(other).post(URL, {"item": [keys[0], "0" * 32]})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert keys[0] not in text
    answer = signed_in(me).post(URL, {"item": [keys[0], "0" * 32]})
    assert answer.status_code == 409
    assert "not yours to read any more" in answer.content.decode()
    assert "1 acknowledged" in answer.content.decode()
    assert Opening.objects.filter(item__key=keys[0], officer=me.officer_id).exists()


def test_where_nothing_is_unread_the_page_says_so(me: Account) -> None:
    desk = signed_in(me)
    assert "Nothing waits to be opened" in desk.get(URL).content.decode()
    assert "data-picks" not in desk.get("/messages/").content.decode()
