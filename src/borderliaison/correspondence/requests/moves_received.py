"""Moves that arrive: what an office did with a request, told by itself or by the office that asked."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from borderliaison.correspondence.errors import ItemNotHere, MalformedPayload
from borderliaison.correspondence.meaning import Asking, meaning_of
from borderliaison.correspondence.models import Item, Move
from borderliaison.correspondence.payloads import MovePayload
from borderliaison.correspondence.requests.asking import ask_also, note
from borderliaison.correspondence.requests.standing import Kind, Made
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.kernel.realm import Realm

MAX_MOVES: Final = 100
"""More moves than this no office makes with one request."""
FURTHEST: Final = timedelta(days=370)
_OF_ASKER: Final = frozenset({Kind.WITHDRAW, Kind.RESUME})
_OF_ASKED: Final = frozenset({Kind.REFUSE, Kind.EXTEND, Kind.RESUME})
_TOLD_BY_ASKER: Final = frozenset(Kind) - {Kind.WITHDRAW}


def receive_move(letter: ReceivedLetter) -> None:
    """Note what an office did with a request that is here.

    Raises:
        MalformedPayload: it is none, or its office has no say in it.
        ItemNotHere: the request may still come.
    """
    said = MovePayload.decode(letter.payload)
    request = _request(said.item, letter.marking.realm)
    kind = _kind(said, letter, request)
    known = Move.objects.as_system("how many there are").filter(item=request, by=said.office)
    if known.count() >= MAX_MOVES:
        raise MalformedPayload("more moves than anybody makes")
    if said.office != letter.issuer:
        ask_also(request, said.office)
    made = Made(kind, said.office == request.office, said.at, said.code, said.due_at)
    note(request, made, said.office, officer=said.officer, told_by=letter.issuer)


def _kind(said: MovePayload, letter: ReceivedLetter, request: Item) -> Kind:
    try:
        kind = Kind(said.kind)
    except ValueError as error:
        raise MalformedPayload("unknown move") from error
    if said.officer and not said.officer.startswith(f"{said.office}/"):
        raise MalformedPayload("the officer is of another office")
    if (said.due_at is None) == (kind is Kind.EXTEND) and kind is not Kind.PART:
        raise MalformedPayload("a new deadline goes with more time")
    if said.due_at is not None and said.due_at - said.at > FURTHEST:
        raise MalformedPayload("a deadline beyond any")
    if bool(said.code) != (kind is Kind.REFUSE):
        raise MalformedPayload("a code goes with a refusal")
    if said.office != letter.issuer:
        right = _tells_of_another(said, letter, request) and kind in _TOLD_BY_ASKER
    elif said.office == request.office:
        right = kind in _OF_ASKER
    else:
        holds = said.office in (request.held_by if not request.is_own else _asked(request))
        right = holds and kind in _OF_ASKED
    if not right:
        raise MalformedPayload("this office has no say in it")
    return kind


def _tells_of_another(said: MovePayload, letter: ReceivedLetter, request: Item) -> bool:
    """Whether the asker tells its own country of an office that holds another letter."""
    own = settings.BLO_OFFICE
    return (
        letter.issuer == request.office
        and letter.issuer[:2] == own[:2]
        and said.office not in (own, *request.held_by)
    )


def _asked(request: Item) -> list[str]:
    rows = request.asked.as_system("who was asked")
    return list(rows.values_list("office", flat=True))


def _request(key: str, realm: Realm) -> Item:
    items = Item.objects.as_system("a move names its request").select_related("thread", "marking")
    found = items.filter(key=key).first()
    if found is None:
        raise ItemNotHere(key)
    if found.thread.realm != str(realm):
        raise MalformedPayload("the request is of another realm")
    if not isinstance(meaning_of(found.payload_type, found.content), Asking):
        raise MalformedPayload("it is no request")
    return found
