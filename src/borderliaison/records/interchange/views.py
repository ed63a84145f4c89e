"""The pages on which records are taken out: the update for i2, and files of every kind."""

from http import HTTPStatus
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
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
from borderliaison.records.interchange.handing import check_task, file_name
from borderliaison.records.interchange.i2_update import update
from borderliaison.records.interchange.making import BENCH, Label, Making, State, Work
from borderliaison.records.interchange.selecting import Selection
from borderliaison.records.interchange.waiting import Sender
from borderliaison.records.shown.purpose import LIST, give_purpose, purpose_of
from borderliaison.ui.parts.fields import Choice
from borderliaison.ui.sentences import sentence

UPDATE = "i2-update"
WHOLE = "whole"
RUNNING = "running"


@require_GET
def out(request: HttpRequest) -> HttpResponse:
    """Show what can be taken out, and ask for what."""
    return _page(request, purpose_of(request))


@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Give a file with what the officer may read and take along, or show how far it is."""
    account, name = account_of(request), request.POST.get("format", "")
    code = request.POST.get("purpose", "")
    try:
        check_task(account)
        target = TABLES if name == UPDATE else format_named(name)
        if not give_purpose(request, code):
            raise NoPurpose
        named = file_name(target, *(("update",) if name == UPDATE else ()))
        label = Label(named, target.media_type, get_language() or "en")
        work = _work(request, code, target, is_update=name == UPDATE)
        one = BENCH.begin(_sender(request), label, work)
        one.wait()
        if one.is_running:
            return redirect("records:making", one.key)
        return _given(one) or _making(request, one)
    except LiaisonError as error:
        return _page(request, code, sentence(error), status=422)


@require_GET
def making(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a file is; once it is ready, the page that waits is led to it."""
    one = _found(request, key)
    one.asked()
    if request.headers.get("HX-Request") != "true":
        return _making(request, one)
    if one.offer():
        return HttpResponse(headers={"HX-Redirect": reverse("records:made_file", args=[key])})
    is_other = request.GET.get("shown") != _shown(one)
    if not (is_other or one.is_running):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    answer = _making(request, one)
    if is_other:
        answer["HX-Retarget"] = answer["HX-Reselect"] = "#making"
    return answer


@require_GET
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give the file, once; afterwards the page says that it was given."""
    one = _found(request, key)
    return _given(one) or redirect("records:making", key)


@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Let a file go that is made."""
    one = _found(request, key)
    one.stop()
    if one.state is State.GIVEN:
        return redirect("records:making", key)
    messages.success(request, _("Stopped. Nothing of the file is left."))
    return redirect("records:out")


def _work(request: HttpRequest, purpose: str, target: Format, *, is_update: bool) -> Work:
    """Return what makes the file that was asked for."""
    account, reader = account_of(request), reader_of(request)
    is_whole, office, lang = WHOLE in request.POST, settings.NODE.office, get_language() or "en"

    def write(one: Making, file: IO[bytes], folder: Path) -> None:
        exporter = Exporter(
            account.officer_id, reader, office, purpose, lang, one.tell, one.gathered, one.written
        )
        if is_update:
            update(exporter, _("Update for i2"), file, folder, whole=is_whole)
        else:
            export(exporter, Selection(_("Records")), target, file, folder)

    return write


def _given(one: Making) -> FileResponse | None:
    """Return the file if it is ready.

    Raises:
        LiaisonError: it could not be made.
    """
    file = one.take()
    if one.problem is not None:
        raise one.problem
    if file is None:
        return None
    label = one.label
    return FileResponse(
        file, as_attachment=True, filename=label.name, content_type=label.media_type
    )


def _found(request: HttpRequest, key: str) -> Making:
    one = BENCH.find(_sender(request), key)
    if one is None:
        raise Http404
    return one


def _sender(request: HttpRequest) -> Sender:
    return Sender(account_of(request).officer_id, str(reader_of(request).realm))


def _shown(one: Making) -> str:
    return RUNNING if one.is_running else str(one.state)


def _making(request: HttpRequest, one: Making) -> HttpResponse:
    problem = _(one.problem.sentence()) if one.problem is not None else ""
    context = {"one": one, "shown": _shown(one), "problem": problem}
    return render(request, "records/out_making.html", context)


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
