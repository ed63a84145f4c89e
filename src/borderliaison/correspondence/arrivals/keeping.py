"""Keeping an item: the one place where one is made, said here, received, or given back by a peer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from borderliaison.correspondence.models import Item, Thread
from borderliaison.correspondence.payloads import ItemPayload
from borderliaison.correspondence.registers.entering import enter
from borderliaison.correspondence.requests.asking import acknowledge_by, item_kept
from borderliaison.feed.services import announce
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking
from borderliaison.markings.services import row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ToKeep:
    """An item as it is to be kept.

    Attributes:
        payload: what its letter says, or will say.
        payload_type: says which package reads its content.
        marking_id: the interned marking under which it is read here.
        marking: the same, where it is at hand; else it is read when it is asked for.
        held_by: the other offices that hold it, or will, by the same letter; for our own, all addressed.
        about: the letter that it answers or rests on, in hexadecimal; empty without one.
        letter: the letter that brought it, in hexadecimal; empty for what this office wrote.
        arrived_at: when that letter came.
        registered_at: of when its numbers are; now, where it is not said.
    """

    thread: Thread
    payload: ItemPayload
    payload_type: str
    marking_id: int
    held_by: tuple[str, ...]
    urgent: bool = False
    about: str = ""
    letter: str = ""
    arrived_at: datetime | None = None
    registered_at: datetime | None = None
    marking: Marking | None = None


@transaction.atomic(savepoint=False)
def keep_item(one: ToKeep) -> Item:
    """Write an item, enter it in the registers, note what it asks, and wake the pages of its thread.

    Inside the transaction of its cause. Whoever gives a letter of an own item to the exchange, or learns
    from a peer that one was given, calls ``asking.letter_given`` as well: only then does it ask anybody.
    """
    payload, author = one.payload, one.payload.author
    created, arrived = payload.created_at, one.arrived_at
    said_at = created if arrived is None else min(created, arrived)
    item = Item.objects.create(
        thread=one.thread,
        key=payload.key,
        nonce="" if one.letter else payload.nonce,
        payload_type=one.payload_type,
        title=payload.title,
        content=payload.content,
        marking_id=one.marking_id,
        letter=one.letter,
        about=one.about,
        office=author.office,
        agency=author.agency,
        officer=author.officer,
        author_name=author.name,
        author_role=author.role,
        urgent=one.urgent,
        created_at=said_at,
        arrived_at=arrived,
        acknowledge_by=acknowledge_by(
            one.payload_type, payload.content, OfficeCode(author.office), said_at
        ),
        held_by=list(one.held_by),
        corrects=payload.corrects,
    )
    if one.marking is not None:
        item.marking = row_of(one.marking_id, one.marking)
    enter(item, one.registered_at)
    item_kept(item, created)
    announce("thread", one.thread.key, item.marking_id)
    if item.urgent and item.letter:  # another office's: it breaks in where an exercise is on
        announce("alert", one.thread.key, item.marking_id)
    return item
