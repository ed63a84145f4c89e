"""Keeping an item: the one place where one is made, said here, received, or given back by a peer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from borderliaison.correspondence.arrivals.telling import tell_kept
from borderliaison.correspondence.models import Item, Thread
from borderliaison.correspondence.payloads import ItemPayload
from borderliaison.correspondence.registers.entering import enter
from borderliaison.correspondence.requests.asking import acknowledge_by, item_kept
from borderliaison.correspondence.search.indexing import index
from borderliaison.feed.services import announce_all
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking
from borderliaison.markings.services import row_of
from borderliaison.sql.statements import instant, plain_data, rows

_INSERT: Final = (
    "INSERT INTO correspondence_item (thread_id, key, nonce, payload_type, title, content, marking_id,"
    " letter, about, office, agency, officer, author_name, author_role, urgent, created_at, arrived_at,"
    " acknowledge_by, held_by, corrects) VALUES {} RETURNING key, id"
)
_VALUES: Final = f"({', '.join(['%s'] * 20)})"


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


def keep_item(one: ToKeep) -> Item:
    """Write an item, register and index it, note what it asks, and wake the pages of its thread.

    Inside the transaction of its cause. Whoever gives a letter of an own item to the exchange, or learns
    from a peer that one was given, calls ``asking.letter_given`` as well: only then does it ask anybody.
    """
    (item,) = keep_items([one])
    return item


@transaction.atomic(savepoint=False)
def keep_items(several: Sequence[ToKeep]) -> list[Item]:
    """Do that with several items, in their order."""
    items = [_item(one) for one in several]
    _write(items)
    opened_at: dict[datetime | None, list[Item]] = defaultdict(list)
    for one, item in zip(several, items, strict=True):
        opened_at[one.registered_at].append(item)
    for at, entered in opened_at.items():
        enter(entered, at)
    for one, item in zip(several, items, strict=True):
        item_kept(item, one.payload.created_at)
    index(items)
    tell_kept(items)
    announce_all(("thread", item.thread.key, item.marking_id) for item in items)
    if breaking_in := [item for item in items if item.urgent and item.letter]:
        # What is urgent and another office's is heard also in an exercise.
        announce_all(("alert", item.thread.key, item.marking_id) for item in breaking_in)
    return items


def _item(one: ToKeep) -> Item:
    payload, author = one.payload, one.payload.author
    created, arrived = payload.created_at, one.arrived_at
    said_at = created if arrived is None else min(created, arrived)
    item = Item(
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
    return item


def _write(items: Sequence[Item]) -> None:
    """Write new items in one statement, and give each the number that it has got."""
    values = [value for item in items for value in _values_of(item)]
    numbers = dict(rows(_INSERT.format(", ".join([_VALUES] * len(items))), *values))
    for item in items:
        item.pk = numbers[item.key]
        item._state.adding = False


def _values_of(item: Item) -> tuple[object, ...]:
    return (
        item.thread_id,
        item.key,
        item.nonce,
        item.payload_type,
        item.title,
        plain_data(item.content),
        item.marking_id,
        item.letter,
        item.about,
        item.office,
        item.agency,
        item.officer,
        item.author_name,
        item.author_role,
        item.urgent,
        instant(item.created_at),
        instant(item.arrived_at),
        instant(item.acknowledge_by),
        plain_data(item.held_by),
        item.corrects,
    )
