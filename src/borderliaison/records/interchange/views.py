"""The page on which records are taken out: the update for i2, and files of every kind."""

from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.forms.codes import load_codes
from borderliaison.kernel.errors import LiaisonError
from borderliaison.records.interchange.errors import NoPurpose
from borderliaison.records.interchange.exporting import Exporter, export
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.known import FORMATS, format_named
from borderliaison.records.interchange.formats.tables import TABLES
from borderliaison.records.interchange.handing import (
    Writing,
    check_task,
    file_name,
    handed_out,
)
from borderliaison.records.interchange.i2_update import update
from borderliaison.records.interchange.selecting import Selection
from borderliaison.records.shown.purpose import LIST, give_purpose, purpose_of
from borderliaison.ui.parts.fields import Choice

UPDATE = "i2-update"
WHOLE = "whole"


@require_GET
def out(request: HttpRequest) -> HttpResponse:
    """Show what can be taken out, and ask for what."""
    return _page(request, purpose_of(request))


@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Give a file with what the officer may read and take along."""
    account, name = account_of(request), request.POST.get("format", "")
    code = request.POST.get("purpose", "")
    try:
        check_task(account)
        target = TABLES if name == UPDATE else format_named(name)
        if not give_purpose(request, code):
            raise NoPurpose
        lang = get_language() or "en"
        exporter = Exporter(
            account.officer_id, reader_of(request), settings.NODE.office, code, lang
        )
        file = handed_out(_writing(request, exporter, target, is_update=name == UPDATE))
    except LiaisonError as error:
        return _page(request, code, _(error.sentence()), status=422)
    named = file_name(target, *(("update",) if name == UPDATE else ()))
    return FileResponse(file, as_attachment=True, filename=named, content_type=target.media_type)


def _writing(
    request: HttpRequest, exporter: Exporter, target: Format, *, is_update: bool
) -> Writing:
    """Return what writes the file that was asked for."""

    def write(file: IO[bytes], folder: Path) -> None:
        if is_update:
            update(exporter, _("Update for i2"), file, folder, whole=WHOLE in request.POST)
        else:
            export(exporter, Selection(_("Records")), target, file, folder)

    return write


def _page(request: HttpRequest, purpose: str, problem: str = "", status: int = 200) -> HttpResponse:
    lang = get_language() or "en"
    known = load_codes(LIST).codes.values()
    context = {
        "purposes": tuple(Choice(one.code, one.label.text(lang)) for one in known),
        "purpose": purpose,
        "formats": tuple(
            Choice(one.name, one.label, note=", ".join(one.suffixes[:1]))
            for one in FORMATS.values()
            if one.write is not None
        ),
        "problem": problem,
        "update": UPDATE,
        "whole": WHOLE,
    }
    return render(request, "records/out.html", context, status=status)
