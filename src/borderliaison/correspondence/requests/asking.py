"""Requests as they are kept here: which office owes an answer until when, and what became of it.

``keeping`` says when an item is kept, ``sending`` when a letter of ours is given to the exchange; from both
follow the rows of ``Asked``. Every function may be repeated: what is there already stays.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from borderliaison.correspondence.arrivals.relaying import relay
from borderliaison.correspondence.meaning import Asking, Reply, Warned, meaning_of
from borderliaison.correspondence.models import Asked, Dissemination, Item, Move, Subject
from borderliaison.correspondence.payloads import MovePayload
from borderliaison.correspondence.requests.deadlines import What, time_for
from borderliaison.correspondence.requests.standing import Kind, Made, State, standing
from borderliaison.feed.services import announce
from borderliaison.kernel.ids import OfficeCode

WORDS = frozenset({Kind.ANSWER, Kind.PART})
"""What is done by an item alone: what it says is the answer, so that no move tells of it beforehand."""


def item_kept(item: Item, created_at: datetime) -> None:
    """Note what an item asks, or what it says to a request.

    Args:
        item: just written; own or received.
        created_at: when it was written, as its letter says.
    """
    match meaning_of(item.payload_type, item.content):
        case Asking() as asking:
            Subject.objects.bulk_create(
                [
                    Subject(item=item, marking_id=item.marking_id, kind=one.kind, value=one.value)
                    for one in sorted(asking.subjects)
                ],
                ignore_conflicts=True,
            )
            if not item.is_own:
                asked = {*item.held_by, settings.BLO_OFFICE} - {item.office}
                _ask(item, asking, asked, item.arrived_at or item.created_at)
                _catch_up(item)
        case Reply() as reply if not item.is_own:
            note_reply(item, reply, created_at)
        case _:
            pass


def acknowledge_by(
    payload_type: str, content: Mapping[str, Any], office: OfficeCode, said_at: datetime
) -> datetime | None:
    """Return until when those who get an item should have opened it; None where nothing says so.

    Args:
        payload_type: says which package reads the content.
        content: of the item.
        office: whose item it is.
        said_at: when it was written.
    """
    meaning = meaning_of(payload_type, content)
    if not isinstance(meaning, Warned):
        return None
    return said_at + time_for(What.ACKNOWLEDGE, meaning.urgency, office, settings.BLO_OFFICE)


def letter_given(made: Dissemination, at: datetime) -> None:
    """Note that a letter of an item of ours was given to the exchange: now it asks, or it answers.

    Args:
        made: with its letter.
        at: when.
    """
    item = made.item
    match meaning_of(item.payload_type, item.content):
        case Asking() as asking:
            _ask(item, asking, made.offices, at)
        case Reply() as reply:
            request = request_of(item)
            if request is not None and request.office in made.offices:
                note_reply(item, reply, item.created_at)
        case _:
            pass


def request_of(item: Item) -> Item | None:
    """Return the request that an item is about; None where it is about none that is here."""
    found = by_letter(item.about) if item.about else None
    if found is None or not isinstance(meaning_of(found.payload_type, found.content), Asking):
        return None
    return found


def by_letter(letter: str) -> Item | None:
    """Return the item that a letter brought, or took away from here."""
    items = Item.objects.as_system("a letter names another").select_related("thread", "marking")
    found = items.filter(letter=letter).first()
    if found is not None:
        return found
    sent = Dissemination.objects.as_system("a letter of ours is named").filter(letter=letter)
    return items.filter(pk__in=sent.values("item_id")).first()


def note_reply(item: Item, reply: Reply, at: datetime) -> None:
    """Note what an item says to the request that it is about, where that one is here."""
    request = request_of(item)
    if request is None or not asked_of(request, item.office):
        return
    corrections = Item.objects.as_system("what was corrected counts no more")
    if corrections.filter(corrects=item.key, office=item.office).exists():
        return
    if item.corrects:
        moves = Move.objects.as_system("a correction takes its place")
        moves.filter(item=request, by=item.office, reply=item.corrects).delete()
    made = Made(reply.kind, False, at, reply.code, reply.due_at)
    note(request, made, OfficeCode(item.office), officer=item.officer, reply=item.key)


def asked_of(request: Item, office: str) -> bool:
    """Whether a request was put to an office, as far as is known here."""
    rows = Asked.objects.as_system("what an office may do does not depend on a reader")
    return rows.filter(item=request, office=office).exists()


@transaction.atomic(savepoint=False)
def note(
    request: Item,
    made: Made,
    by: OfficeCode,
    *,
    officer: str = "",
    told_by: str = "",
    reply: str = "",
) -> bool:
    """Keep a move and settle how the request stands; return whether it was new."""
    rows = Move.objects.as_system("a move is noted once")
    row, new = rows.get_or_create(
        item=request,
        by=by,
        kind=made.kind.value,
        at=made.at,
        defaults={
            "marking_id": request.marking_id,
            "officer": officer,
            "code": made.code,
            "due_at": made.due_at,
            "told_by": told_by or by,
            "reply": reply,
        },
    )
    if not new and reply and not row.reply:
        row.reply = reply
        row.save(update_fields=["reply"])
    if new:
        _settle(request, None if made.by_asker else by)
        announce("thread", request.thread.key, request.marking_id)
    if new and request.is_own and not made.by_asker:
        kind = made.kind.value
        relay(
            request,
            MovePayload(request.key, by, kind, made.at, officer, made.code, made.due_at),
        )
    return new


def ask_also(request: Item, office: OfficeCode) -> None:
    """Note an office abroad that the asker tells of: it was asked by a letter that did not come here."""
    asking = meaning_of(request.payload_type, request.content)
    if isinstance(asking, Asking):
        _ask(request, asking, [office], request.created_at)


def is_withdrawn(request: Item) -> bool:
    """Whether the office that asked has taken its request back."""
    return taken_back(request, Move.objects.as_system("what the asker did").filter(item=request))


def taken_back(request: Item, moves: Iterable[Move]) -> bool:
    """Whether the office that asked has taken its request back, by the moves that are known."""
    own = [one for one in moves if one.by == request.office]
    now = standing(request.created_at, _made_of(own, request.office))
    return now.state is State.WITHDRAWN


def _made_of(rows: Iterable[Move], asker: str) -> list[Made]:
    """Return kept moves as the state machine takes them."""
    return [Made(Kind(one.kind), one.by == asker, one.at, one.code, one.due_at) for one in rows]


def _ask(item: Item, asking: Asking, offices: Iterable[str], at: datetime) -> None:
    for office in sorted(offices):
        Asked.objects.as_system("an office is asked once").get_or_create(
            item=item,
            office=office,
            defaults={
                "marking_id": item.marking_id,
                "asked_at": at,
                "asked_for": asking.answer_by,
                "due_at": asking.answer_by,
                "state": State.OPEN.value,
            },
        )
        _settle(item, office)


def _settle(request: Item, office: str | None) -> None:
    """Work out anew how a request stands with one office, or with all."""
    moves = list(Move.objects.as_system("all that is known").filter(item=request))
    rows = Asked.objects.as_system("all offices").select_for_update().filter(item=request)
    for row in rows.filter(office=office) if office else rows:
        known = [one for one in moves if one.by in (row.office, request.office)]
        now = standing(row.asked_for, _made_of(known, request.office))
        row.state, row.due_at, row.code = now.state.value, now.due_at, now.code
        row.save(update_fields=["state", "due_at", "code"])


def _catch_up(request: Item) -> None:
    """Note the replies that came before the request that they are about."""
    earlier = Item.objects.as_system("what came before").filter(about=request.letter)
    for one in earlier.exclude(pk=request.pk):
        reply = meaning_of(one.payload_type, one.content)
        if isinstance(reply, Reply):
            note_reply(one, reply, one.created_at)
