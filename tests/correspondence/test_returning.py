"""What this office had said and lost comes back from a peer, once, and its number is not given again."""

from datetime import UTC, datetime

import pytest

from borderliaison.correspondence.arrivals import returning
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.errors import ItemNotHere
from borderliaison.correspondence.models import (
    Dissemination,
    Item,
    Opening,
    Receipt,
    Thread,
)
from borderliaison.correspondence.payloads import RECEIPT, StepPayload
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.drafts import decode_letter
from borderliaison.exchange.models import LetterRow, Outbox
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.kernel.ids import LetterId, OfficeCode
from borderliaison.reports.models import RegisterLine
from tests.accounts.people import signed_in
from tests.correspondence.cast import head, liaison, network, sent_lookout
from tests.correspondence.letters import NOW, letter, message

pytestmark = pytest.mark.django_db
US = OfficeCode("KG-BDB")


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def posted() -> list[ReceivedLetter]:
    """Return the letters that wait to be sealed, as they would come back."""
    found = []
    rows = LetterRow.objects.as_system("test").select_related("marking")
    for waiting in Outbox.objects.order_by("id"):
        row = rows.get(pk=waiting.letter_id)
        one = decode_letter(waiting.draft)
        found.append(
            ReceivedLetter(
                letter_id=LetterId(one.letter_id),
                issuer=one.issuer,
                kind=one.kind,
                to=one.to,
                marking=one.marking,
                marking_id=row.marking_id,
                authorised_by=one.authorised_by,
                created=datetime.fromtimestamp(one.created / 1000, UTC),
                received_at=NOW,
                refs=one.refs,
                lane=Lane(row.lane),
                payload_type=one.payload_type,
                payload=one.payload,
                signed=b"",
            )
        )
    return found


def lose_everything() -> None:
    for kind in (Receipt, Dissemination):
        kind.objects.as_system("test").delete()
    Opening.objects.all().delete()
    Item.objects.as_system("test").delete()
    Thread.objects.all().delete()
    RegisterLine.objects.all().delete()


def items() -> list[Item]:
    return list(Item.objects.as_system("test").select_related("thread", "marking"))


def disseminations() -> list[Dissemination]:
    return list(Dissemination.objects.as_system("test").order_by("id"))


def test_a_report_comes_back_as_it_was_once_however_often_it_comes() -> None:
    before = sent_lookout(liaison())
    thread = before.thread.key
    (letter_back, *_) = posted()
    lose_everything()
    for _ in range(2):
        returning.item_returned(letter_back)
    (item,) = items()
    assert (item.key, item.thread.key) == (before.key, thread)
    assert (item.title, item.content, item.is_own) == (before.title, before.content, True)
    assert (item.officer, item.nonce) == (before.officer, before.nonce)
    (made,) = disseminations()
    assert (made.letter, made.state) == (letter_back.letter_id.hex(), Dissemination.State.POSTED)
    assert made.offices == sorted(letter_back.to)
    page = signed_in(head()).get(f"/messages/{item.thread.key}/").content.decode()
    assert item.content["number"] in page


def test_the_number_of_a_report_that_came_back_is_not_given_again() -> None:
    officer = liaison()
    for _ in range(2):
        sent_lookout(officer)
    letters = posted()
    numbers = {one.content["number"] for one in items()}
    lose_everything()
    returning.item_returned(letters[-1])
    assert sent_lookout(officer).content["number"] not in numbers
    lose_everything()
    for one in reversed(letters):
        returning.item_returned(one)
    assert RegisterLine.objects.get(office=US, realm="live").last == 2


def test_what_waits_in_the_old_copy_and_had_been_authorised_since_waits_no_more() -> None:
    before = sent_lookout(liaison())
    (letter_back, *_) = posted()
    rows = Dissemination.objects.as_system("test").filter(item=before)
    rows.filter(letter=letter_back.letter_id.hex()).update(
        letter="", state=Dissemination.State.HELD
    )
    number = rows.count()
    returning.item_returned(letter_back)
    assert rows.count() == number
    assert not rows.filter(letter="", state=Dissemination.State.POSTED).exists()
    assert rows.get(letter=letter_back.letter_id.hex()).state == Dissemination.State.POSTED


def test_a_receipt_waits_for_its_item_and_is_noted_once() -> None:
    incoming = message()
    said = StepPayload(_key_of(incoming), US, "opened", NOW, "KG-BDB/0003")
    back = letter(RECEIPT, said.encode(), issuer=US)
    with pytest.raises(ItemNotHere):
        returning.receipt_returned(back)
    receive_item(incoming)
    for _ in range(2):
        returning.receipt_returned(back)
    (receipt,) = Receipt.objects.as_system("test")
    assert (receipt.office, receipt.step, receipt.officer) == (US, "opened", "KG-BDB/0003")
    assert Opening.objects.get().officer == "KG-BDB/0003"


def _key_of(incoming: ReceivedLetter) -> str:
    from borderliaison.correspondence.payloads import ItemPayload

    return ItemPayload.decode(incoming.payload, incoming.issuer).key
