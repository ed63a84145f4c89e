"""Handing out a PDF: it is set, who takes it is audited by ids and hash, and its name says nothing."""

import hashlib
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from borderliaison.audit.services import record
from borderliaison.printing.blocks import Document
from borderliaison.printing.choosing import remember
from borderliaison.printing.errors import PrintingError
from borderliaison.printing.sheets import Printer
from borderliaison.printing.typesetting import pdf_of

MEDIA_TYPE: Final = "application/pdf"


def hand_out(
    request: HttpRequest, printer: Printer, document: Document, subject: str
) -> HttpResponse:
    """Set a document and hand it out as a file; or say in a sentence why it cannot be set.

    Args:
        request: for which it is made.
        printer: who takes it.
        document: what he takes.
        subject: the id of what it shows; the file is named by it.
    """
    try:
        answer = paper_of(printer, document, subject)
    except PrintingError as error:
        return refusal(request, error)
    remember(request, answer)
    return answer


def paper_of(printer: Printer, document: Document, subject: str) -> HttpResponse:
    """Set a document as a file, and note who takes it.

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
    answer = HttpResponse(pdf, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def refusal(request: HttpRequest, error: PrintingError) -> HttpResponse:
    """Answer that something was not set: what to do, and the code to quote."""
    said = {"sentence": _(type(error).__doc__ or ""), "code": error.code}
    return render(request, "ui/error.html", said, status=HTTPStatus.CONFLICT)
