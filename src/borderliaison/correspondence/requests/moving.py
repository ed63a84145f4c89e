"""Taking a request back, and taking that back: what needs no words and no second officer."""

from datetime import UTC, datetime

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.correspondence.acting import readable_item
from borderliaison.correspondence.authorisation import Kind as Passing
from borderliaison.correspondence.authorisation import free_of
from borderliaison.correspondence.errors import MoveHeldBack, NotAsked, ObserverOnly, RequestClosed
from borderliaison.correspondence.meaning import Asking, meaning_of
from borderliaison.correspondence.models import Asked, Dissemination, Item
from borderliaison.correspondence.payloads import MovePayload, from_ms, to_ms
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.requests.asking import is_withdrawn, note
from borderliaison.correspondence.requests.replying import post_move
from borderliaison.correspondence.requests.standing import OWING, Kind, Made, State
from borderliaison.correspondence.sending import letter_marking
from borderliaison.correspondence.telling import told_of
from borderliaison.exchange.services import takes_part
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking


def withdraw(acting: Acting, key: str) -> Item:
    """Withdraw a request of this office; everyone who was asked is told.

    Raises:
        Item.DoesNotExist: there is none that this officer may read.
        ObserverOnly, NotAsked, RequestClosed, MoveHeldBack: as they say.
    """
    with transaction.atomic():
        request = _request(acting, key)
        if not request.is_own:
            raise NotAsked(key)
        rows = Asked.objects.as_system("all who were asked").select_for_update()
        states = {State(one.state) for one in rows.filter(item=request)}
        if is_withdrawn(request) or (states and not states & OWING):
            raise RequestClosed(key)
        _move(acting, request, Kind.WITHDRAW)
    return request


def resume(acting: Acting, key: str) -> Item:
    """Take back the withdrawal of an own request, or this office's refusal of another's.

    Raises:
        Item.DoesNotExist: there is none that this officer may read.
        ObserverOnly, RequestClosed, MoveHeldBack: as they say.
    """
    with transaction.atomic():
        request = _request(acting, key)
        if request.is_own:
            there = is_withdrawn(request)
        else:
            rows = Asked.objects.as_system("what this office owes").select_for_update()
            mine = rows.filter(item=request, office=acting.author.office)
            there = mine.filter(state=State.REFUSED).exists()
        if not there:
            raise RequestClosed(key)
        _move(acting, request, Kind.RESUME)
    return request


def _request(acting: Acting, key: str) -> Item:
    if acting.author.role not in WRITING:
        raise ObserverOnly("role")
    request = readable_item(acting, key)
    if not isinstance(meaning_of(request.payload_type, request.content), Asking):
        raise Item.DoesNotExist(key)
    return request


def _move(acting: Acting, request: Item, kind: Kind) -> None:
    own, officer = acting.author.office, acting.author.officer
    at = from_ms(to_ms(datetime.now(UTC)))
    note(request, Made(kind, request.is_own, at), own, officer=officer)
    record(
        "request.moved", actor=officer, subject=request.key,
        realm=str(acting.reader.realm), kind=kind.value,
    )  # fmt: skip
    said = MovePayload(request.key, own, kind.value, at, officer)
    if not request.is_own:
        _tell(request, said, told_of(request), request.marking.value)
        return
    realm = request.marking.value.realm
    sent = Dissemination.objects.as_system("everyone who was asked").filter(item=request)
    for one in sent.filter(state=Dissemination.State.POSTED):
        there = (office for office in map(OfficeCode, one.offices) if takes_part(realm, office))
        _tell(request, said, tuple(there), letter_marking(one))


def _tell(request: Item, said: MovePayload, to: tuple[OfficeCode, ...], marking: Marking) -> None:
    if free_of(Passing.MOVE, marking, said.office, to) != to:
        raise MoveHeldBack(request.key)
    post_move(request, said, to, marking)
