"""What arrives: items, receipts and progress. Every handler is idempotent; a replay changes nothing.

Handlers run in the worker, under a savepoint of the exchange. What they refuse is marked there as not
applied and shown; the letter itself is kept.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from django.conf import settings

from borderliaison.correspondence.arrivals.relaying import relay
from borderliaison.correspondence.errors import ItemNotHere, MalformedPayload
from borderliaison.correspondence.models import Dissemination, Item, Receipt
from borderliaison.correspondence.payloads import (
    MOVE,
    PROGRESS,
    RECEIPT,
    StepPayload,
)
from borderliaison.correspondence.requests.moves_received import receive_move
from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.progress import Change
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.services import register_handler, register_listener
from borderliaison.feed.services import announce, announce_all
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.realm import Realm
from borderliaison.sql.statements import places, rows

_PASSED_ON: Final = (
    "SELECT d.letter, t.key, d.marking_id, d.crosses_border FROM correspondence_dissemination d"
    " JOIN correspondence_item i ON i.id = d.item_id"
    " JOIN correspondence_thread t ON t.id = i.thread_id WHERE d.letter IN ({})"
)


def register() -> None:
    """Register what correspondence itself reads; said once, by the composition root."""
    register_handler(RECEIPT, receive_receipt)
    register_handler(PROGRESS, receive_progress)
    register_handler(MOVE, receive_move)
    register_listener(letters_progressed)


def receive_receipt(letter: ReceivedLetter) -> None:
    """Note what the issuing office did with an item that this office holds too.

    Raises:
        MalformedPayload: it speaks for another office or another realm.
        ItemNotHere: the item may still come.
    """
    said = StepPayload.decode(letter.payload)
    if said.office != letter.issuer or not _is_of(said.officer, said.office):
        raise MalformedPayload("a receipt speaks for the office that signs it")
    item = _item(said.item, letter.marking.realm)
    if said.office not in item.held_by:
        raise MalformedPayload("the office does not hold this item")
    if note(item, said, told_by=letter.issuer) and item.is_own:
        relay(item, said)


def receive_progress(letter: ReceivedLetter) -> None:
    """Note what the passer-on tells of offices that this office has no letters with.

    Raises:
        MalformedPayload: the item is not the issuer's own, or the office tells of itself.
        ItemNotHere: the item may still come.
    """
    said = StepPayload.decode(letter.payload)
    item = _item(said.item, letter.marking.realm)
    if letter.issuer[:2] != settings.BLO_OFFICE[:2]:
        raise MalformedPayload("progress is told inside a country")
    if item.office != letter.issuer:
        raise MalformedPayload("only the author's office tells of its item's progress")
    if said.office in (settings.BLO_OFFICE, *item.held_by) or not _is_of(said.officer, said.office):
        raise MalformedPayload("an office that holds the letter tells of itself")
    note(item, said, told_by=letter.issuer)


def note(item: Item, said: StepPayload, told_by: OfficeCode) -> bool:
    """Keep a step; return whether it was new. What an office tells of itself outranks what others tell."""
    if said.step not in Receipt.Step.values:
        raise MalformedPayload("unknown step")
    rows = Receipt.objects.as_system("a step is noted once")
    if told_by == said.office:
        rows.filter(item=item, office=said.office, step=said.step).exclude(told_by=told_by).delete()
    _row, new = rows.get_or_create(
        item=item,
        office=said.office,
        step=said.step,
        defaults={
            "marking_id": item.marking_id,
            "at": said.at,
            "officer": said.officer,
            "told_by": told_by,
            "phrase": said.phrase,
        },
    )
    if new:
        announce("thread", item.thread.key, item.marking_id)
    return new


def letters_progressed(changes: Sequence[Change]) -> None:
    """Wake the pages that show letters of ours, and tell the own country what happened abroad."""
    letters = sorted({change.letter_id.hex() for change in changes})
    made = rows(_PASSED_ON.format(places(letters)), *letters)
    announce_all(("thread", thread, marking) for _, thread, marking, _ in made)
    abroad = {letter for letter, _, _, crosses in made if crosses}
    for change in changes:
        if change.stage is Stage.DELIVERED and change.letter_id.hex() in abroad:
            _relay_delivery(change)


def _relay_delivery(change: Change) -> None:
    made = Dissemination.objects.as_system("the exchange knows letters, not readers")
    related = made.select_related("item__thread", "item__marking")
    item = related.get(letter=change.letter_id.hex()).item
    delivered = Receipt.Step.DELIVERED.value
    relay(item, StepPayload(item.key, change.recipient, delivered, _now()))


def _now() -> datetime:
    return datetime.now(UTC)


def _is_of(officer: str, office: OfficeCode) -> bool:
    return not officer or officer.startswith(f"{office}/")


def _item(key: str, realm: Realm) -> Item:
    found = (
        Item.objects.as_system("a receipt names its item")
        .select_related("thread", "marking")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise ItemNotHere(key)
    if found.thread.realm != str(realm):
        raise MalformedPayload("the item is of another realm")
    return found
