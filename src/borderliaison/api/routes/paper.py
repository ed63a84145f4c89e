"""Reports, messages and threads on paper: the PDF that an officer prints, and its line in the audit."""

from typing import Annotated, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router
from pydantic import StringConstraints

from borderliaison.api.errors import NotThere
from borderliaison.api.reading import readable
from borderliaison.api.shapes import Key
from borderliaison.correspondence import threads
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.documents import item_document, thread_document
from borderliaison.correspondence.printed.sheet import printer_of
from borderliaison.printing.blocks import Document
from borderliaison.printing.handing import MEDIA_TYPE, paper_of
from borderliaison.printing.tongues import Tongues

router = Router()
Second = Annotated[str, StringConstraints(pattern="^([a-z]{2})?$")]
"""A language that stands beside the one of the answer; empty for none."""
_PDF: Final = {"schema": {"type": "string", "format": "binary"}}
_GIVEN: Final = {"responses": {200: {"description": "OK", "content": {MEDIA_TYPE: _PDF}}}}


@router.get("/items/{key}/paper", summary="An item as a PDF", openapi_extra=_GIVEN)
def item_paper(request: HttpRequest, key: Key, second: Second = "") -> HttpResponse:
    """Return a report or a message as it is printed (PDF/A-2a), with its marking on each sheet."""
    officer, tongues = acting_of(request), _tongues(second)
    item = readable(officer).get(key=key)
    return _paper(officer, item_document(item, officer, tongues, timezone.now()), item.key)


@router.get("/threads/{key}/paper", summary="A thread as a PDF", openapi_extra=_GIVEN)
def thread_paper(request: HttpRequest, key: Key, second: Second = "") -> HttpResponse:
    """Return a thread as it is printed, as far as the officer may read it."""
    officer, tongues = acting_of(request), _tongues(second)
    items = threads.items_of(officer, key)
    if not items:
        raise NotThere(key)
    return _paper(officer, thread_document(items, officer, tongues, timezone.now()), key)


def _tongues(second: str) -> Tongues:
    return Tongues.of(get_language() or "en", second)


def _paper(officer: Acting, document: Document, subject: str) -> HttpResponse:
    return paper_of(printer_of(officer, document.lang, timezone.now()), document, subject)
