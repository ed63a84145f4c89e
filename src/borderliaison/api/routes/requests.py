"""Requests for information: which office owes an answer until when, and answering."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from borderliaison.api import writing
from borderliaison.api.errors import NotThere
from borderliaison.api.reading import data_of, readable, rows_of
from borderliaison.api.routes.drafts import FieldName, Filed, Values
from borderliaison.api.shapes import PAGE, CoverIn, Item, Key, Limit, Page, Strict, Touched
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.meaning import Asking, meaning_of
from borderliaison.correspondence.models import Asked, Move
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests import moving

router = Router()
State = Literal["open", "extended", "partly", "refused", "withdrawn", "answered"]


class AskedShape(Schema):
    """How a request stands with one office that it was put to."""

    request: str
    thread: str
    office: str
    state: str
    asked_at: datetime
    asked_for: datetime
    due_at: datetime
    code: str


class AskedPage(Schema):
    """Requests by when an answer is due; ``more`` where there is a further page."""

    requests: list[AskedShape]
    more: bool


class MoveShape(Schema):
    """What an office did with a request; ``item`` says it in words, where the officer may read it."""

    office: str
    kind: str
    at: datetime
    code: str
    due_at: datetime | None
    item: str


class RequestShape(Schema):
    """A request with how it stands."""

    item: Item
    asked: list[AskedShape]
    moves: list[MoveShape]


class ReplyIn(Strict):
    """An answer, a refusal or a new deadline: the fields of its form, and its cover."""

    purpose: Literal["answer", "refuse", "extend"]
    values: Values
    cover: CoverIn | None = None
    left_out: list[FieldName] = Field(default_factory=list, max_length=writing.MAX_VALUES)


@router.get("/requests", response=AskedPage, summary="Requests")
def list_requests(
    request: HttpRequest,
    state: State | None = None,
    page: Page = 1,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """List who owes an answer to what the officer may read, the first due first."""
    found = Asked.objects.readable_by(acting_of(request).reader).select_related("item__thread")
    if state is not None:
        found = found.filter(state=state)
    rows, more = rows_of(found, page, limit)
    return {"requests": [_asked(one) for one in rows], "more": more}


@router.get("/requests/{key}", response=RequestShape, summary="One request")
def one_request(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return a request, how it stands with each office, and what was done with it."""
    officer = acting_of(request)
    item = readable(officer).get(key=key)
    if not isinstance(meaning_of(item.payload_type, item.content), Asking):
        raise NotThere(key)
    rows = Asked.objects.readable_by(officer.reader).filter(item=item)
    moves = list(Move.objects.readable_by(officer.reader).filter(item=item))
    told = _readable_keys(officer, [one.reply for one in moves if one.reply])
    return {
        "item": data_of(officer, [item])[0],
        "asked": [_asked(one) for one in rows.select_related("item__thread")],
        "moves": [
            {
                "office": one.by,
                "kind": one.kind,
                "at": one.at,
                "code": one.code,
                "due_at": one.due_at,
                "item": one.reply if one.reply in told else "",
            }
            for one in moves
        ],
    }


@router.post("/requests/{key}/reply", response={201: Filed}, summary="Answer a request")
def reply(request: HttpRequest, key: Key, answer: ReplyIn) -> dict[str, Any]:
    """Answer, refuse or announce more time, at once: the draft is begun, filled and filed."""
    desk = writing.desk_of(request)
    draft = writing.begin_about(desk, key, answer.purpose)
    filled = writing.fill(desk, draft, answer.values, answer.cover, None)
    return writing.file_draft(desk, filled.key, frozenset(answer.left_out))


@router.post("/requests/{key}/withdraw", response=Touched, summary="Withdraw a request")
def withdraw(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Withdraw a request of this office; everyone who was asked is told."""
    item = moving.withdraw(acting_of(request), key)
    return {"item": item.key, "thread": item.thread.key}


@router.post("/requests/{key}/resume", response=Touched, summary="Take a move back")
def resume(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Take back a withdrawal of an own request, or this office's refusal of another's."""
    item = moving.resume(acting_of(request), key)
    return {"item": item.key, "thread": item.thread.key}


def _asked(one: Asked) -> dict[str, Any]:
    return {
        "request": one.item.key,
        "thread": one.item.thread.key,
        "office": one.office,
        "state": one.state,
        "asked_at": one.asked_at,
        "asked_for": one.asked_for,
        "due_at": one.due_at,
        "code": one.code,
    }


def _readable_keys(officer: Acting, keys: list[str]) -> frozenset[str]:
    return frozenset(readable(officer).filter(key__in=keys).values_list("key", flat=True))
