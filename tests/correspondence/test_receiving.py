"""What arrives: put in its place once, however often it comes; refused by name where it is not right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.arrivals.receiving import receive_progress, receive_receipt
from borderliaison.correspondence.errors import MalformedPayload
from borderliaison.correspondence.models import Item, Receipt, Thread
from borderliaison.correspondence.payloads import PROGRESS, ItemPayload, StepPayload, item_key
from borderliaison.exchange.core.letter import Ref
from borderliaison.exchange.models import LetterRow
from borderliaison.kernel import canonical
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.realm import Realm
from tests.accounts.people import signed_in
from tests.correspondence.cast import head, liaison, network, sent_lookout
from tests.correspondence.letters import DOSTUK, MARKING, NOW, letter, message, receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def _items() -> list[Item]:
    return list(Item.objects.as_system("test"))


def test_a_message_stands_in_its_thread_once_though_it_comes_twice() -> None:
    one = message()
    receive_item(one)
    receive_item(one)
    (item,) = _items()
    assert item.thread.key == bytes(range(16)).hex()
    assert item.held_by == ["KG-BIS", "KG-DST"]
    page = signed_in(head()).get(f"/messages/{item.thread.key}/").content.decode()
    assert "Understood" in page
    assert "G. Saparalieva" in page


def test_another_office_cannot_take_an_items_key() -> None:
    receive_item(message())
    nonce = (b"k" * 16).hex()
    assert item_key(DOSTUK, nonce) == _items()[0].key
    assert item_key(OfficeCode("KG-OSH"), nonce) != item_key(DOSTUK, nonce)


def test_an_exercise_letter_cannot_enter_a_live_thread() -> None:
    receive_item(message())
    drill = Marking(Realm("seal-2026"), MARKING.classification, MARKING.handling, MARKING.audience)
    with pytest.raises(MalformedPayload):
        receive_item(message(key=b"2" * 16, marking=drill))


def test_an_item_without_a_thread_is_refused() -> None:
    with pytest.raises(MalformedPayload):
        receive_item(message(refs=(Ref("about", bytes(16)),)))


def test_opening_is_told_once_to_everyone_who_holds_the_item() -> None:
    receive_item(message())
    (item,) = _items()
    for account in (liaison(), head()):
        for _ in range(2):
            signed_in(account).post(f"/items/{item.key}/opened/")
    told = LetterRow.objects.as_system("test").filter(payload_type="receipt")
    assert told.count() == 1
    assert Receipt.objects.as_system("test").filter(step="opened", office="KG-BDB").count() == 1


def test_an_observer_opens_without_a_word_to_others() -> None:
    receive_item(message())
    (item,) = _items()
    observer = liaison()
    observer.role = "observer"
    observer.save()
    signed_in(observer).post(f"/items/{item.key}/opened/")
    assert not LetterRow.objects.as_system("test").filter(payload_type="receipt").exists()


def test_a_receipt_moves_the_ladder_and_a_replay_does_not() -> None:
    item = sent_lookout(liaison())
    for _ in range(2):
        receive_receipt(receipt(item.key))
    assert Receipt.objects.as_system("test").get(item=item, office="KG-DST").step == "opened"


def test_a_receipt_speaks_only_for_the_office_that_signs_it() -> None:
    item = sent_lookout(liaison())
    with pytest.raises(MalformedPayload):
        receive_receipt(receipt(item.key, office=OfficeCode("KG-OSH")))


def test_a_receipt_of_an_office_that_never_got_the_item_is_refused() -> None:
    item = sent_lookout(liaison())
    karamyk = OfficeCode("KG-KRM")
    with pytest.raises(MalformedPayload):
        receive_receipt(receipt(item.key, office=karamyk, issuer=karamyk))


def test_what_happens_abroad_is_told_to_the_own_country() -> None:
    item = sent_lookout(liaison(), **{"cover.to": ["KG-OSH", "KG-BIS", "UZ-DUS"]})
    dustlik = OfficeCode("UZ-DUS")
    receive_receipt(receipt(item.key, "acted", dustlik, issuer=dustlik))
    told = LetterRow.objects.as_system("test").get(payload_type="progress")
    assert not told.authorised_by


def test_only_the_authors_office_tells_of_progress() -> None:
    receive_item(message())
    (item,) = _items()
    said = StepPayload(item.key, OfficeCode("UZ-DUS"), "opened", NOW).encode()
    receive_progress(letter(PROGRESS, said))
    assert Receipt.objects.as_system("test").get(office="UZ-DUS").told_by == DOSTUK
    with pytest.raises(MalformedPayload):
        receive_progress(letter(PROGRESS, said, issuer=OfficeCode("KG-OSH")))


@given(
    st.recursive(
        st.none() | st.integers() | st.binary() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
    )
)
def test_any_other_payload_is_refused_by_name(data: object) -> None:
    try:
        payload = canonical.encode(data)
    except canonical.NotCanonical:
        return
    with pytest.raises(MalformedPayload):
        ItemPayload.decode(payload, DOSTUK)
    with pytest.raises(MalformedPayload):
        StepPayload.decode(payload)


def test_threads_hold_nothing_that_can_be_read() -> None:
    names = {field.name for field in Thread._meta.get_fields() if not field.is_relation}
    assert names == {"id", "key", "realm"}
