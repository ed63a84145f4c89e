"""PDFs of items, of threads and of what needs action, for those who may read them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from borderliaison.correspondence import threads
from borderliaison.correspondence.acting import readable_item
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.documents import item_document, thread_document
from borderliaison.correspondence.printed.needs import needs_document
from borderliaison.correspondence.printed.sheet import printer_of
from borderliaison.correspondence.shown.needing import needs_of
from borderliaison.printing.blocks import Document
from borderliaison.printing.choosing import tongues_of
from borderliaison.printing.handing import hand_out


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


@require_GET
def needs_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out what needs action of this office, all of it."""
    officer, now = acting_of(request), timezone.now()
    document = needs_document(needs_of(officer, now), officer, tongues_of(request), now)
    return handed_out(request, officer, document, f"{officer.author.office}-{now:%Y%m%d-%H%M}")


def handed_out(
    request: HttpRequest, officer: Acting, document: Document, subject: str
) -> HttpResponse:
    """Hand a document out to an officer.

    Args:
        request: for which it is made.
        officer: who takes it.
        document: what he takes.
        subject: the id of what it shows.
    """
    printer = printer_of(officer, document.lang, timezone.now())
    return hand_out(request, printer, document, subject)
