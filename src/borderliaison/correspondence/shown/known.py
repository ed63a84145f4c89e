"""What is known here of some items, read at once: a page of many asks no more often than a page of one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from borderliaison.correspondence.models import (
    Asked,
    Dissemination,
    Item,
    Move,
    Opening,
    Receipt,
)
from borderliaison.correspondence.people import Acting
from borderliaison.exchange.progress import Progress
from borderliaison.exchange.services import progress
from borderliaison.kernel.ids import LetterId, OfficeCode

RowT = TypeVar("RowT", Receipt, Dissemination, Asked, Move)


@dataclass(frozen=True, slots=True)
class Known:
    """What one officer may know of some items, by the items' numbers.

    Attributes:
        made: the letters of own items.
        travelled: how far those letters have come.
        asked: the offices that a request was put to.
        moves: what was done with a request.
        replies: keys of the items that say a move in words, where he may read them.
        held: the reply of this office to a request that waits for a second officer.
        opened: what he has opened.
        corrected: what a later item corrects.
    """

    receipts: Mapping[int, Sequence[Receipt]]
    made: Mapping[int, Sequence[Dissemination]]
    travelled: Mapping[LetterId, Mapping[OfficeCode, Progress]]
    asked: Mapping[int, Sequence[Asked]]
    moves: Mapping[int, Sequence[Move]]
    replies: frozenset[str]
    held: Mapping[int, Dissemination]
    opened: frozenset[int]
    corrected: frozenset[int]


def known_of(items: Sequence[Item], acting: Acting) -> Known:
    """Return what an officer may know of items that he may read."""
    reader, own = acting.reader, [one for one in items if one.is_own]
    made = _by_item(
        Dissemination.objects.readable_by(reader)
        .filter(item__in=own)
        .order_by("crosses_border", "id")
        if own
        else ()
    )
    letters = [LetterId(bytes.fromhex(x.letter)) for of in made.values() for x in of if x.letter]
    asked = _by_item(Asked.objects.readable_by(reader).filter(item__in=items).order_by("id"))
    requests = [one for one in items if one.pk in asked]
    moves = _by_item(
        Move.objects.readable_by(reader).filter(item__in=requests).order_by("at", "id")
        if requests
        else ()
    )
    said = {one.reply for of in moves.values() for one in of if one.reply}
    openings = Opening.objects.filter(item__in=items, officer=acting.author.officer)
    return Known(
        receipts=_by_item(Receipt.objects.readable_by(reader).filter(item__in=items)),
        made=made,
        travelled=progress(letters) if letters else {},
        asked=asked,
        moves=moves,
        replies=_readable(said, acting),
        held=held_replies(requests, acting),
        opened=frozenset(openings.values_list("item_id", flat=True)),
        corrected=_corrected(items, acting),
    )


def held_replies(requests: Sequence[Item], acting: Acting) -> Mapping[int, Dissemination]:
    """Return the replies of this office that wait for a second officer, by the request's number."""
    came = {one.letter: one.pk for one in requests if one.letter}
    if not came:
        return {}
    held = Dissemination.objects.readable_by(acting.reader).filter(
        state=Dissemination.State.HELD, item__about__in=list(came), item__letter=""
    )
    found: dict[int, Dissemination] = {}
    for one in held.select_related("item").order_by("id"):
        found.setdefault(came[one.item.about], one)
    return found


def _by_item(rows: Iterable[RowT]) -> dict[int, list[RowT]]:
    found: dict[int, list[RowT]] = defaultdict(list)
    for one in rows:
        found[one.item_id].append(one)
    return dict(found)


def _readable(keys: set[str], acting: Acting) -> frozenset[str]:
    if not keys:
        return frozenset()
    there = Item.objects.readable_by(acting.reader).filter(key__in=keys)
    return frozenset(there.values_list("key", flat=True))


def _corrected(items: Sequence[Item], acting: Acting) -> frozenset[int]:
    by_key = {(one.key, one.office): one.pk for one in items}
    later = Item.objects.readable_by(acting.reader).filter(corrects__in=[one.key for one in items])
    pairs = later.order_by().values_list("corrects", "office")
    return frozenset(by_key[pair] for pair in pairs if pair in by_key)
