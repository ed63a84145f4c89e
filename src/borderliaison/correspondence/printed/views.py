"""Handing out PDFs of items, threads and registers. Who took which is audited, by ids and hash."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from borderliaison.audit.services import record
from borderliaison.correspondence import threads
from borderliaison.correspondence.acting import readable_item
from borderliaison.correspondence.at_work import acting_of, refusal
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.documents import item_document, thread_document
from borderliaison.kernel.errors import LiaisonError
from borderliaison.printing.blocks import Document
from borderliaison.printing.choosing import answer_with, tongues_of
from borderliaison.printing.typesetting import pdf_of


@require_GET
def item_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out a report or a message."""
    officer = acting_of(request)
    try:
        item = readable_item(officer, key)
    except Item.DoesNotExist as error:
        raise Http404 from error
    document = item_document(item, officer, tongues_of(request), timezone.now())
    return handed_out(request, officer, document, item.key)


@require_GET
def thread_pdf(request: HttpRequest, thread: str) -> HttpResponse:
    """Hand out a thread as far as this officer may read it."""
    officer = acting_of(request)
    items = threads.items_of(officer, thread)
    if not items:
        raise Http404
    document = thread_document(items, officer, tongues_of(request), timezone.now())
    return handed_out(request, officer, document, thread)


def handed_out(
    request: HttpRequest, officer: Acting, document: Document, subject: str
) -> HttpResponse:
    """Set a document, note who took it, and hand it out under its own id.

    Args:
        request: for which it is made.
        officer: who takes it.
        document: what he takes.
        subject: the id of what it shows.
    """
    try:
        pdf = pdf_of(document)
    except LiaisonError as error:
        return refusal(request, error)
    realm = officer.reader.realm
    record(
        "paper.taken",
        actor=officer.author.officer,
        subject=subject,
        realm=str(realm),
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    name = subject.replace("/", "-")
    return answer_with(pdf, f"exercise-{name}" if realm.is_exercise else name, request)
