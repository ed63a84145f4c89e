"""Posting: what is accepted, what is refused and how it is said."""

from dataclasses import replace

import pytest
from django.db import transaction

from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import LetterKind
from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.drafts import MAX_LETTER_BYTES, LetterDraft
from borderliaison.exchange.errors import (
    AboveCeiling,
    AddressedToSelf,
    LetterTooLarge,
    MarkingTooLarge,
    NoRecipient,
    NotAuthorised,
    OthersOfficer,
    OutsideTransaction,
    PostRefused,
)
from borderliaison.exchange.models import Delivery, LetterRow, Outbox
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.registry import AlreadyRegistered, Registry
from borderliaison.exchange.services import links, post, progress
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Classification, Level, Marking
from tests.exchange.offices import CROWDED, DOSTUK, DUSTLIK, OSH, US, WORDY

pytestmark = pytest.mark.django_db

DRAFT = LetterDraft(
    kind=LetterKind.REPORT,
    to=(DOSTUK, OSH),
    marking=Marking(audience=Audience.of((DOSTUK, "*"), (OSH, "*")), originator=US),
    payload_type="probe",
    payload=b"a lookout",
    lane=Lane.URGENT,
)


def test_a_posted_letter_is_saved_for_each_office_and_waits_for_the_worker() -> None:
    letter_id = post(DRAFT)
    told = progress([letter_id])[letter_id]
    assert set(told) == {DOSTUK, OSH}
    assert {one.stage for one in told.values()} == {Stage.SAVED}
    assert {one.waiting_reason for one in told.values()} == {Waiting.WORKER}
    assert Outbox.objects.count() == 1


def test_a_letter_keeps_its_marking() -> None:
    letter_id = post(DRAFT)
    row = LetterRow.objects.as_system("a test looks").get(letter_id=letter_id)
    assert row.marking.value == DRAFT.marking


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"to": ()}, NoRecipient),
        ({"to": (DOSTUK, US)}, AddressedToSelf),
        ({"to": (DOSTUK, DUSTLIK)}, NotAuthorised),
        ({"payload": bytes(MAX_LETTER_BYTES + 1)}, LetterTooLarge),
        ({"payload": bytes(MAX_LETTER_BYTES - 10)}, LetterTooLarge),
        ({"marking": Marking(classification=Classification(Level.SECRET))}, AboveCeiling),
        ({"marking": CROWDED}, MarkingTooLarge),
        ({"marking": WORDY}, MarkingTooLarge),
        ({"authorised_by": f"{DOSTUK}/0001"}, OthersOfficer),
        ({"payload_type": "Not A Type"}, MalformedData),
        ({"to": (OfficeCode("KG nowhere"),)}, MalformedData),
        ({"to": (OfficeCode("KG-ELEVENCH"),)}, MalformedData),
    ],
)
def test_what_may_not_go_is_refused_by_name_and_leaves_nothing(
    changed: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error), transaction.atomic():
        post(replace(DRAFT, **changed))
    assert not Delivery.objects.exists()


def test_a_hundred_megabytes_are_refused_before_anything_is_written() -> None:
    with pytest.raises(LetterTooLarge) as refused:
        post(replace(DRAFT, payload=bytes(100 * 1024 * 1024)))
    assert isinstance(refused.value, PostRefused)
    assert refused.value.code == "E-EXC-06"


def test_over_the_border_goes_what_an_officer_authorised_and_every_receipt() -> None:
    post(replace(DRAFT, to=(DUSTLIK,), authorised_by="KG-BDB/0003"))
    post(replace(DRAFT, to=(DUSTLIK,), kind=LetterKind.RECEIPT))
    assert Delivery.objects.filter(recipient=DUSTLIK).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_posted_in_the_transaction_of_its_cause() -> None:
    with pytest.raises(OutsideTransaction):
        post(DRAFT)
    with transaction.atomic():
        post(DRAFT)
        transaction.set_rollback(True)  # the cause fails
    assert not Delivery.objects.exists()


def test_without_any_peer_there_are_no_links() -> None:
    assert links() == []


def test_two_handlers_of_one_payload_are_a_mistake() -> None:
    registry = Registry()
    registry.add_handler("probe", print)
    registry.add_handler("probe", print)
    with pytest.raises(AlreadyRegistered):
        registry.add_handler("probe", repr)
