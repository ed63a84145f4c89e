"""Sets of records that were taken in: listed, and taken back."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router, Schema

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.beforehand import Beforehand
from borderliaison.api.errors import NotThere
from borderliaison.api.reading import rows_of
from borderliaison.api.shapes import PAGE, Key, Limit, Marking, Page
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.interchange.imports.importing import take_back
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.interchange.whose import check_task

router = Router()


class SetShape(Schema):
    """A set: the whole of a file; ``left_out`` counts what of it could not be taken in."""

    key: str
    title: str
    format: str
    officer: str
    imported_at: datetime
    things: int
    links: int
    left_out: int
    marking: Marking


class SetsPage(Schema):
    """Sets, the latest first; ``more`` where there is a further page."""

    sets: list[SetShape]
    more: bool


class SetDone(Schema):
    """A set with which something was done."""

    key: str


@router.get("/sets", response=SetsPage, summary="Imported sets")
def list_sets(request: HttpRequest, page: Page = 1, limit: Limit = PAGE) -> dict[str, Any]:
    """List the sets of imported records that the officer may read."""
    found = _readable(request).order_by("-imported_at", "-pk")
    rows, more = rows_of(found, page, limit)
    return {"sets": [_data(one) for one in rows], "more": more}


@router.get("/sets/{key}", response=SetShape, summary="One set")
def one_set(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return one set: of what it is, and how much of its file could not be taken in."""
    return _data(found_set(request, key))


@router.post("/sets/{key}/take-back", response=SetDone, summary="Take a set back")
def take_set_back(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Take a set out of the records without a trace; what others say of the same stays."""
    return {"key": key}


def _take_back(request: HttpRequest, key: str) -> None:
    """Take a set back before the route's own transaction: each part of it is a commit of its own."""
    found = found_set(request, key)
    check_task(account_of(request))
    take_back(found.key, account_of(request).officer_id)


TAKING_BACK: Final = Beforehand(1024, _take_back)


def found_set(request: HttpRequest, key: str) -> ImportSet:
    """Return a set that the officer may read.

    Raises:
        NotThere: there is none for him.
    """
    found = _readable(request).filter(key=key).first()
    if found is None:
        raise NotThere(key)
    return found


def _readable(request: HttpRequest) -> MarkedQuerySet[ImportSet]:
    return ImportSet.objects.readable_by(reader_of(request)).select_related("marking")


def _data(one: ImportSet) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "format": one.format,
        "officer": one.officer,
        "imported_at": one.imported_at,
        "things": one.things,
        "links": one.links,
        "left_out": one.left_out,
        "marking": one.marking.value.to_data(),
    }
