"""Replies to a request, as they are said here: whether they may be, and what is told of them at once.

An answer is told by itself. A refusal or a new deadline is told at once, as a code or a time without
words, where its report waits for a second officer: nobody waits for what is known. A code that may endanger
somebody waits with its report.
"""

from borderliaison.correspondence.authorisation import Kind as Passing
from borderliaison.correspondence.authorisation import free_of
from borderliaison.correspondence.errors import (
    AskerLeftOut,
    CodeAlone,
    NotAsked,
    NotLater,
    RequestClosed,
)
from borderliaison.correspondence.meaning import Reply, meaning_of
from borderliaison.correspondence.models import Asked, Dissemination, Item
from borderliaison.correspondence.payloads import MOVE, MovePayload
from borderliaison.correspondence.requests.asking import note, request_of
from borderliaison.correspondence.requests.standing import OWING, Kind, Made, State
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import LetterKind, Ref
from borderliaison.exchange.drafts import LetterDraft
from borderliaison.exchange.services import post
from borderliaison.kernel.ids import OfficeCode, OfficerId
from borderliaison.kernel.marking import Marking

TOLD_AT_ONCE = frozenset({Kind.REFUSE, Kind.EXTEND})
MAY_REPLY: dict[Kind, frozenset[State]] = {
    Kind.ANSWER: OWING | {State.REFUSED},
    Kind.PART: OWING | {State.REFUSED},
    Kind.EXTEND: OWING,
    Kind.REFUSE: OWING,
}
"""In which states an officer may do what."""


def check_reply(item: Item) -> None:
    """Refuse a reply that the request does not allow any more; anything else passes.

    Args:
        item: own, just written in the transaction that is open.

    Raises:
        NotAsked, AskerLeftOut, RequestClosed, NotLater, CodeAlone: as they say.
    """
    reply = meaning_of(item.payload_type, item.content)
    request = request_of(item) if isinstance(reply, Reply) else None
    if not isinstance(reply, Reply) or request is None:
        return
    rows = Asked.objects.as_system("what this office owes").select_for_update()
    row = rows.filter(item=request, office=item.office).first()
    if row is None:
        raise NotAsked(request.key)
    if request.office not in item.held_by:
        raise AskerLeftOut(request.key)
    if not item.corrects and State(row.state) not in MAY_REPLY[reply.kind]:
        raise RequestClosed(request.key)
    if reply.kind is Kind.EXTEND and reply.due_at is not None and reply.due_at <= row.due_at:
        raise NotLater(request.key)
    if reply.says_more and any(one[:2] != item.office[:2] for one in item.held_by):
        raise CodeAlone(request.key)


def tell_at_once(made: Dissemination) -> None:
    """Tell the asker of a refusal or a new deadline whose report waits for a second officer.

    Not of a code that may endanger somebody, nor where the rule of the country does not let a move go.
    """
    item = made.item
    reply = meaning_of(item.payload_type, item.content)
    request = request_of(item) if isinstance(reply, Reply) else None
    if not isinstance(reply, Reply) or request is None or request.office not in made.offices:
        return
    if reply.kind not in TOLD_AT_ONCE or reply.careful:
        return
    own, marking = OfficeCode(item.office), request.marking.value
    to = free_of(Passing.MOVE, marking, own, (OfficeCode(request.office),))
    if not to:
        return
    move = Made(reply.kind, False, item.created_at, reply.code, reply.due_at)
    note(request, move, own, officer=item.officer, reply=item.key)
    said = MovePayload(
        request.key, own, move.kind.value, move.at, item.officer, move.code, move.due_at
    )
    post_move(request, said, to, marking)


def post_move(
    request: Item, said: MovePayload, to: tuple[OfficeCode, ...], marking: Marking
) -> None:
    """Give a move to the exchange; nothing where nobody is to be told."""
    if not to:
        return
    post(
        LetterDraft(
            kind=LetterKind.RECEIPT,
            to=to,
            marking=marking,
            payload_type=MOVE,
            payload=said.encode(),
            authorised_by=OfficerId(""),
            refs=(Ref("thread", bytes.fromhex(request.thread.key)),),
            lane=Lane.URGENT if request.urgent else Lane.ROUTINE,
        )
    )
