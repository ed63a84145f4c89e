"""Handing out a PDF: it is set, who takes it is audited by ids and hash, and its name says nothing."""

import hashlib

from django.http import HttpRequest, HttpResponse

from borderliaison.audit.services import record
from borderliaison.printing.blocks import Document
from borderliaison.printing.choosing import remember
from borderliaison.printing.sheets import Printer
from borderliaison.printing.typesetting import pdf_of


def hand_out(
    request: HttpRequest, printer: Printer, document: Document, subject: str
) -> HttpResponse:
    """Set a document and hand it out as a file.

    Args:
        request: for which it is made.
        printer: who takes it.
        document: what he takes.
        subject: the id of what it shows; the file is named by it.

    Raises:
        PrintingError: it cannot be set.
    """
    pdf = pdf_of(document)
    record(
        "paper.taken",
        actor=printer.officer,
        subject=subject,
        realm=str(printer.realm),
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    name = subject.replace("/", "-")
    if printer.realm.is_exercise:
        name = f"exercise-{name}"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    remember(request, answer)
    return answer
