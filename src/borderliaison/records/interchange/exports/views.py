"""The pages on which records are taken out: the update for i2, and files of every kind."""

from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
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
from borderliaison.records.interchange.exports.asked import of_record, of_set
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.exports.giving import given, sender_of, work_of
from borderliaison.records.interchange.exports.handing import file_name
from borderliaison.records.interchange.exports.i2_update import update
from borderliaison.records.interchange.exports.making import BENCH, Label, Making, State, Work
from borderliaison.records.interchange.exports.selecting import Selection
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.known import WRITTEN, format_named
from borderliaison.records.interchange.formats.tables import TABLES
from borderliaison.records.interchange.whose import check_task
from borderliaison.records.shown.purpose import LIST, give_purpose, purpose_of
from borderliaison.ui.parts.fields import Choice
from borderliaison.ui.sentences import sentence

UPDATE = "i2-update"
WHOLE = "whole"
SET = "set"
RECORD = "record"
RUNNING = "running"


@require_GET
def out(request: HttpRequest) -> HttpResponse:
    """Show what can be taken out, and ask for what: everything, or the set or record that is named."""
    return _page(request, request.GET, purpose_of(request))


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
        label = Label(named, target.media_type, get_language() or "en", _address(request.POST))
        work = _work(
            request, code, target, _selection(request, request.POST), is_update=name == UPDATE
        )
        one = BENCH.begin(sender_of(account_of(request)), label, work)
        one.wait()
        if one.is_running:
            return redirect("records:making", one.key)
        return given(one) or _making(request, one)
    except LiaisonError as error:
        return _page(request, request.POST, code, sentence(error), status=422)


@require_GET
def making(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a file is; once it is ready, the page that waits is led to it."""
    one = _found(request, key)
    if one is None:
        return _gone(request)
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
    """Give the file, once; afterwards the page says that it was given, or why it is not."""
    one = _found(request, key)
    if one is None:
        return _gone(request)
    with suppress(LiaisonError):
        if (found := given(one)) is not None:
            return found
    return redirect("records:making", key)


@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Let a file go that is made."""
    one = _found(request, key)
    if one is None:
        return _gone(request)
    one.stop()
    if one.state is State.GIVEN:
        return redirect("records:making", key)
    messages.success(request, _("Stopped. Nothing of the file is left."))
    return redirect("records:out")


def _part(asked: QueryDict) -> tuple[str, str] | None:
    """Return the set or record that is asked for, with which of both it is."""
    return next(((name, str(asked[name])) for name in (SET, RECORD) if name in asked), None)


def _address(asked: QueryDict) -> str:
    """Return where the same is asked for again."""
    part = _part(asked)
    return reverse("records:out") + (f"?{urlencode([part])}" if part else "")


def _selection(request: HttpRequest, asked: QueryDict) -> Selection:
    """Return what is asked for.

    Raises:
        Http404: the set or the record is not there for the officer.
    """
    reader, found = reader_of(request), None
    if SET in asked:
        found = of_set(reader, str(asked[SET]))
    elif RECORD in asked:
        found = of_record(reader, str(asked[RECORD]), _("Records"))
    else:
        return Selection(_("Records"))
    if found is None:
        raise Http404
    return found


def _work(
    request: HttpRequest, purpose: str, target: Format, selection: Selection, *, is_update: bool
) -> Work:
    """Return what makes the file that was asked for."""
    is_whole, title = WHOLE in request.POST, _("Update for i2")

    def write(exporter: Exporter, file: IO[bytes], folder: Path) -> None:
        if is_update:
            update(exporter, title, file, folder, whole=is_whole)
        else:
            export(exporter, selection, target, file, folder)

    return work_of(account_of(request), purpose, get_language() or "en", write)


def _found(request: HttpRequest, key: str) -> Making | None:
    return BENCH.find(sender_of(account_of(request)), key)


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that a file is not known, as after a restart; a page that waits is led to that."""
    answer = render(request, "records/out_gone.html", status=HTTPStatus.NOT_FOUND)
    if request.headers.get("HX-Request") == "true":
        answer["HX-Redirect"] = request.path
    return answer


def _shown(one: Making) -> str:
    return RUNNING if one.is_running else str(one.state)


def _making(request: HttpRequest, one: Making) -> HttpResponse:
    problem = _(one.problem.sentence()) if one.problem is not None else ""
    context = {"one": one, "shown": _shown(one), "problem": problem}
    return render(request, "records/out_making.html", context)


def _page(
    request: HttpRequest, asked: QueryDict, purpose: str, problem: str = "", status: int = 200
) -> HttpResponse:
    lang = get_language() or "en"
    selection = _selection(request, asked)
    known = load_codes(LIST).codes.values()
    context = {
        "purposes": tuple(Choice(one.code, one.label.text(lang)) for one in known),
        "purpose": purpose,
        "formats": tuple(
            Choice(one.name, one.label, note=", ".join(one.suffixes[:1])) for one in WRITTEN
        ),
        "problem": problem,
        "part": _part(asked),
        "title": selection.title,
        "update": UPDATE,
        "whole": WHOLE,
    }
    return render(request, "records/out.html", context, status=status)
