"""Reports and messages: finding and reading them, their receipts, and saying that one has them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema

from borderliaison.api.reading import data_of, done_with, page_of, readable
from borderliaison.api.said import Spoken, said_in
from borderliaison.api.shapes import PAGE, Done, Item, Items, Key, Limit, Name, Touched
from borderliaison.correspondence import acting
from borderliaison.correspondence.acting import MESSAGE
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.sending import REPORT
from borderliaison.correspondence.shown.known import known_of
from borderliaison.correspondence.shown.ladder import LadderRow, ladder

router = Router()


class StepShape(Schema):
    """One step: saved, sent, delivered, opened, acted. State: done, waiting, not_yet, refused."""

    step: str
    state: str
    at: datetime | None
    note: str


class ReceiptShape(Schema):
    """How far an item has come with one office, and why not further.

    ``why`` is empty while nothing holds it up; ``code`` is the code with which the other side refused it;
    ``told_by`` tells of it where that is another office; ``answer`` is how a request stands there.
    """

    office: str
    steps: list[StepShape]
    why: str
    code: str
    told_by: str
    answer: str


class Receipts(Schema):
    """The receipts of an item."""

    item: str
    receipts: list[ReceiptShape]


@router.get("/reports", response=Items, summary="Reports")
def list_reports(
    request: HttpRequest,
    form: Name | None = None,
    after: Key | None = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """List the reports that the officer may read, in the order in which they came here."""
    officer = acting_of(request)
    found = readable(officer).filter(payload_type=REPORT)
    if form is not None:
        found = found.filter(content__form=form)
    items, following = page_of(officer, found, after or "", limit)
    return {"items": items, "next": following}


@router.get("/messages", response=Items, summary="Messages")
def list_messages(
    request: HttpRequest,
    after: Key | None = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """List the messages that the officer may read, in the order in which they came here."""
    officer = acting_of(request)
    found = readable(officer).filter(payload_type=MESSAGE)
    items, following = page_of(officer, found, after or "", limit)
    return {"items": items, "next": following}


@router.get("/items/{key}", response=Item, summary="One report or message")
def one_item(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return one report or message. Nobody is told that it was read: see ``acknowledge``."""
    officer = acting_of(request)
    return data_of(officer, [readable(officer).get(key=key)])[0]


@router.get("/items/{key}/receipts", response=Receipts, summary="The receipts of an item")
def receipts(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return how far an item has come with each office."""
    officer = acting_of(request)
    item = readable(officer).get(key=key)
    rows = ladder(officer, item, known_of([item], officer))
    return {"item": item.key, "receipts": [_receipt(one) for one in rows]}


def _receipt(row: LadderRow) -> dict[str, Any]:
    return {
        "office": row.office,
        "steps": [
            {"step": one.rung.value, "state": one.state.value, "at": one.at, "note": one.note}
            for one in row.steps
        ],
        "why": row.why.value if row.why is not None else "",
        "code": row.code,
        "told_by": row.told_by,
        "answer": row.answer.value if row.answer is not None else "",
    }


@router.post("/items/{key}/acknowledge", response=Touched, summary="Say that one has it")
def acknowledge(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Note that the officer has the item before him; the first time, its holders are told."""
    item = acting.open_item(acting_of(request), key)
    return {"item": item.key, "thread": item.thread.key}


@router.post("/items/{key}/act", response={201: Done}, summary="Report measures")
def act(request: HttpRequest, key: Key, said: Spoken) -> dict[str, Any]:
    """Say that measures were taken, and which, to those who are told of the item."""
    answer = acting.act_on(acting_of(request), key, said_in(said, get_language() or "en"))
    return done_with(answer)
