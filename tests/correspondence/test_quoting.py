"""Quoting: only what stands there, under no less than its marking, and to nobody whom it was not for."""

from dataclasses import replace

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.errors import MalformedPayload
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.payloads import ITEM, ItemPayload
from borderliaison.correspondence.people import Author
from borderliaison.correspondence.phrases import check_message
from borderliaison.exchange.core.letter import Ref
from borderliaison.kernel.ids import AgencyCode, OfficeCode, OfficerId, new_id
from borderliaison.kernel.marking import (
    Audience,
    Classification,
    Handling,
    HandlingCodes,
    Level,
    Marking,
)
from borderliaison.kernel.realm import LIVE
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import liaison, network, sent_lookout
from tests.correspondence.letters import MARKING, letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def me() -> Account:
    return liaison()


@pytest.fixture
def item(me: Account) -> Item:
    """A lookout, open to Dostuk and Osh."""
    cover = {"cover.level": "0", "cover.handling": [], "cover.to": ["KG-DST", "KG-OSH"]}
    return sent_lookout(me, **cover)


def answers(desk: Client, item: Item, quoted: str, words: str, *to: str) -> tuple[int, str]:
    """Answer in the thread with a quote; return the status and the page."""
    said = {"about": item.key, "to": to, "text": "See above", "quoted": quoted, "quote": words}
    answer = desk.post(f"/messages/{item.thread.key}/say/", said)
    return answer.status_code, answer.content.decode()


def latest() -> Item:
    return Item.objects.as_system("test").latest("id")


def arrives(item: Item, marking: Marking, **content: object) -> str:
    """Let a message from Dostuk arrive under a marking of its own; return its key."""
    author = Author(
        OfficerId("KG-DST/0003"),
        "G. Saparalieva",
        "duty",
        OfficeCode("KG-DST"),
        AgencyCode("KG-CUS"),
    )
    said = {"phrases": [], "text": "The seal is broken", "language": "en", "about": item.key}
    payload = ItemPayload(new_id().hex(), item.title, author, item.created_at, {**said, **content})
    thread = (Ref("thread", bytes.fromhex(item.thread.key)),)
    receive_item(letter(f"{ITEM}/message", payload.encode(), marking=marking, refs=thread))
    return payload.key


def test_a_quote_stands_in_the_answer_with_whose_words_they_are(me: Account, item: Item) -> None:
    desk = signed_in(me)
    assert answers(desk, item, item.key, "Driver changed  at Sary-Tash", "KG-DST")[0] == 302
    said = latest()
    assert said.content["quotes"] == [{"item": item.key, "text": "Driver changed  at Sary-Tash"}]
    text = desk.get(f"/messages/{item.thread.key}/").content.decode()
    assert f'<a href="#item-{item.key}">A. Toktosunov, Bor-Dobo</a>' in text


@pytest.mark.parametrize("words", ["Driver was asleep", " ", "x" * 700])
def test_what_does_not_stand_there_is_not_quoted(me: Account, item: Item, words: str) -> None:
    status, text = answers(signed_in(me), item, item.key, words, "KG-DST")
    assert status == 422
    assert "See above" in text
    assert latest() == item


def test_an_answer_is_no_less_restricted_than_what_it_quotes(me: Account, item: Item) -> None:
    strict = replace(
        MARKING,
        classification=Classification(Level.OFFICIAL, frozenset({"KG"})),
        handling=HandlingCodes(frozenset({Handling.H1})),
    )
    key = arrives(item, strict)
    assert answers(signed_in(me), item, key, "seal is broken", "KG-DST")[0] == 302
    made = latest().marking.value
    assert made.classification.level is Level.OFFICIAL
    assert Handling.H1 in made.handling.codes
    assert item.marking.value.classification.level is Level.OPEN


def test_a_quote_goes_to_nobody_whom_it_was_not_for(me: Account, item: Item) -> None:
    here = Audience.of(("KG-BDB", "KG-BOR"), ("KG-DST", "*"))
    key = arrives(item, replace(MARKING, audience=here))
    desk = signed_in(me)
    status, text = answers(desk, item, key, "seal is broken", "KG-DST", "KG-OSH")
    assert status == 422
    assert "E-COR-25" in text
    assert answers(desk, item, key, "seal is broken", "KG-DST")[0] == 302
    lines = latest().marking.value.audience
    assert not lines.includes(OfficeCode("KG-BDB"), AgencyCode("KG-CUS"))


def test_what_one_may_not_read_cannot_be_quoted(me: Account, item: Item) -> None:
    here = Audience.of(("KG-BDB", "KG-CUS"), ("KG-DST", "*"))
    key = arrives(item, replace(MARKING, audience=here))
    missing = answers(signed_in(me), item, "0" * 32, "seal is broken", "KG-DST")
    hidden = answers(signed_in(me), item, key, "seal is broken", "KG-DST")
    assert (
        (hidden[0], "E-COR-24" in hidden[1])
        == (missing[0], "E-COR-24" in missing[1])
        == (422, True)
    )


def test_a_quote_that_another_office_made_up_is_said_to_be_unproved(
    me: Account, item: Item
) -> None:
    made_up = [{"item": item.key, "text": "The driver confessed"}]
    arrives(item, MARKING, quotes=made_up)
    text = signed_in(me).get(f"/messages/{item.thread.key}/").content.decode()
    assert "The driver confessed" in text
    assert "as quoted; you do not have where it stands" in text


@pytest.mark.parametrize(
    "quotes",
    [
        [],
        "x",
        [{"item": "0" * 32}],
        [{"item": "0" * 31, "text": "x"}],
        [{"item": "0" * 32, "text": ""}],
        [{"item": "0" * 32, "text": "x\u202e"}],
        [{"item": "0" * 32, "text": "x"}] * 5,
    ],
)
def test_quotes_that_are_none_are_refused(quotes: object) -> None:
    said = {"phrases": [], "text": "x", "language": "en", "about": "", "quotes": quotes}
    with pytest.raises(MalformedPayload):
        check_message(said, LIVE)


def test_a_colleague_sees_the_words_and_not_whose_they_are_where_he_may_not_read_that(
    me: Account, item: Item
) -> None:
    here = Audience.of(("KG-BDB", "KG-BOR"), ("KG-DST", "*"))
    hidden = arrives(item, replace(MARKING, audience=here))
    arrives(item, MARKING, quotes=[{"item": hidden, "text": "seal is broken"}])
    colleague = officer("colleague", agency="KG-CUS")
    text = signed_in(colleague).get(f"/messages/{item.thread.key}/").content.decode()
    assert "as quoted; you do not have where it stands" in text
    assert hidden not in text
