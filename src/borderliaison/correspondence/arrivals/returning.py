"""What this office itself had said, lost and got back from a peer: made again, once, as it had been.

A letter tells its item, who got it and who authorised that, but not everything: a legal basis, the names
of those who asked and decided, what waited for a second officer and who else here had opened something
stay lost. What one peer gives back of an item that went to several is joined.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.conf import settings

from borderliaison.correspondence.arrivals.keeping import ToKeep, keep_item
from borderliaison.correspondence.arrivals.receiving import note as note_step
from borderliaison.correspondence.arrivals.with_files import named_blobs, take_files
from borderliaison.correspondence.errors import ItemNotHere, MalformedPayload
from borderliaison.correspondence.models import Dissemination, Item, Opening, Receipt, Thread
from borderliaison.correspondence.payloads import (
    ABOUT,
    ITEM,
    MOVE,
    RECEIPT,
    ItemPayload,
    MovePayload,
    StepPayload,
)
from borderliaison.correspondence.requests.asking import letter_given, note
from borderliaison.correspondence.requests.standing import Kind, Made
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.drafts import crosses_border
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.services import register_returned, retry_failed
from borderliaison.files.owners import remark
from borderliaison.files.travelling import check_said, offer
from borderliaison.kernel.ids import new_id
from borderliaison.kernel.marking import Audience
from borderliaison.markings.services import intern

Again = Callable[[Item], None]
"""What a package does with an own item of its type that has come back."""
_again: Final[dict[str, Again]] = {}


def register() -> None:
    """Register what correspondence itself makes again; said once, by the composition root."""
    register_returned(RECEIPT, receipt_returned)
    register_returned(MOVE, move_returned)


def register_item(payload_type: str, again: Again = lambda _item: None) -> None:
    """Make items of this type again.

    Args:
        payload_type: ``report``, ``message``.
        again: called with each item that has come back, in the transaction that makes it.
    """
    _again[payload_type] = again
    register_returned(f"{ITEM}/{payload_type}", item_returned)


def item_returned(letter: ReceivedLetter) -> None:
    """Make an own item again, and that this letter of it was given to the exchange.

    Raises:
        MalformedPayload: it is no item, or names no thread. We would not have sent it.
    """
    payload_type = letter.payload_type.removeprefix(f"{ITEM}/")
    payload = ItemPayload.decode(letter.payload, letter.issuer)
    if letter.thread is None:
        raise MalformedPayload("an item belongs to a thread")
    item = _item(payload.key) or _made(letter, payload, payload_type)
    if payload.files:
        check_said(payload.files, named_blobs(letter))
        take_files(item.key, letter, payload, letter.to[0])
        offer(((one.hash, one.key) for one in letter.blobs), letter.to)
    _join(item, letter)
    made = _dissemination(item, letter)
    letter_given(made, letter.created)
    _again[payload_type](item)
    retry_failed(ItemNotHere.code)


def receipt_returned(letter: ReceivedLetter) -> None:
    """Note again what this office had done with an item.

    Raises:
        ItemNotHere: the item itself is still to come, from whoever wrote it.
    """
    said = StepPayload.decode(letter.payload)
    item = _needed(said.item)
    note_step(item, said, told_by=said.office)
    if said.step == Receipt.Step.OPENED and said.officer:
        Opening.objects.get_or_create(item=item, officer=said.officer, defaults={"at": said.at})


def move_returned(letter: ReceivedLetter) -> None:
    """Note again what this office had done with a request. What others did, they tell again themselves.

    Raises:
        ItemNotHere: the request itself is still to come, from whoever asked.
    """
    said = MovePayload.decode(letter.payload)
    if said.office != settings.BLO_OFFICE:
        return
    request = _needed(said.item)
    made = Made(Kind(said.kind), request.is_own, said.at, said.code, said.due_at)
    note(request, made, said.office, officer=said.officer)


def _item(key: str) -> Item | None:
    items = Item.objects.as_system("what came back finds what it was")
    return items.select_related("thread", "marking").filter(key=key).first()


def _needed(key: str) -> Item:
    item = _item(key)
    if item is None:
        raise ItemNotHere(key)
    return item


def _made(letter: ReceivedLetter, payload: ItemPayload, payload_type: str) -> Item:
    thread_key = letter.thread.hex() if letter.thread else ""
    realm = str(letter.marking.realm)
    thread, _new = Thread.objects.get_or_create(key=thread_key, defaults={"realm": realm})
    return keep_item(
        ToKeep(
            thread=thread,
            payload=payload,
            payload_type=payload_type,
            marking_id=letter.marking_id,
            held_by=letter.to,
            urgent=letter.lane is Lane.URGENT,
            about=next((one.letter_id.hex() for one in letter.refs if one.rel == ABOUT), ""),
        )
    )


def _join(item: Item, letter: ReceivedLetter) -> None:
    """Add those whom this letter addresses to those who read the item."""
    known = item.marking.value
    lines = known.audience.lines | letter.marking.audience.lines
    joined = intern(replace(known, audience=Audience.of(*((x.office, x.agency) for x in lines))))
    held_by = sorted({*item.held_by, *letter.to})
    if joined.pk == item.marking_id and held_by == sorted(item.held_by):
        return
    item.marking, item.held_by = joined, held_by
    remark(item.key, joined.pk)
    item.save(update_fields=["marking", "held_by"])
    rows = Dissemination.objects.as_system("who may read the item may read where it went")
    rows.filter(item=item).update(marking=joined)


def _dissemination(item: Item, letter: ReceivedLetter) -> Dissemination:
    """Return this letter's dissemination; one that waits in the old copy had been authorised since."""
    rows = Dissemination.objects.as_system("a letter is one dissemination").filter(item=item)
    key = letter.letter_id.hex()
    made = rows.filter(letter=key).first() or next(
        (x for x in rows.filter(letter="") if set(x.offices) == set(letter.to)), None
    )
    if made is None:
        lines = sorted(letter.marking.audience.lines)
        made = Dissemination(
            key=new_id().hex(),
            item=item,
            marking=item.marking,
            audience=[[x.office, x.agency] for x in lines if x.office in letter.to],
            crosses_border=crosses_border(letter.issuer, letter.to),
            refs=[[ABOUT, item.about]] if item.about else [],
            requested_by=item.officer,
            requested_name=item.author_name,
            requested_at=item.created_at,
        )
    made.letter, made.state = key, Dissemination.State.POSTED
    if letter.authorised_by and not made.decided_by:
        made.decided_by, made.decided_at = letter.authorised_by, letter.created
    made.save()
    return made
