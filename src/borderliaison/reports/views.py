"""Writing reports: choosing a form, the draft, who will read it, sending."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borderliaison.correspondence.at_work import acting_of, refusal
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import WRITING
from borderliaison.forms.codes import load_codes
from borderliaison.forms.describe import collect
from borderliaison.forms.errors import UnknownForm
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import new_id
from borderliaison.kernel.marking import PageMarking
from borderliaison.kernel.speaking import language_of_forms
from borderliaison.markings.pages import mark_page
from borderliaison.offices.services import audience_names
from borderliaison.reports import attaching, drafting
from borderliaison.reports.asking_help import before_of
from borderliaison.reports.composing import checked_values, compose_context, drafts_shown
from borderliaison.reports.covering import cover_of
from borderliaison.reports.drafting import Desk, Typed
from borderliaison.reports.errors import NotAWeek, WeekSent
from borderliaison.reports.filing import file_report
from borderliaison.reports.forms_offered import forms_offered
from borderliaison.reports.models import Draft
from borderliaison.reports.row_moves import BUTTONS, TABLE, RowMove, move_asked, moved
from borderliaison.reports.rows import RowsView
from borderliaison.reports.surroundings import NETWORK
from borderliaison.reports.weekly import sent_weeks, weeks_due
from borderliaison.reports.who_reads import page_marking_of, preview_of
from borderliaison.ui.sentences import sentence

OWN_INPUTS = frozenset(
    {"csrfmiddlewaretoken", "revision", "page", "cover.level", "cover.handling", "cover.handling_text",
     "cover.source", "cover.information", "cover.own", "cover.to", "cover.audience", "send", "close",
     "left_out"}
    | BUTTONS
    | attaching.INPUTS
)  # fmt: skip
"""The inputs of the page that are not fields of the form."""
WORDS_KEPT_S = 86_400
"""How long a browser keeps the words of a code list: a list of one version does not change."""


def _desk(request: HttpRequest) -> Desk:
    return Desk(acting_of(request), NETWORK, language_of_forms(get_language() or "en"))


def _writer(request: HttpRequest) -> Desk:
    desk = _desk(request)
    if desk.acting.author.role not in WRITING:
        raise Http404
    return desk


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Offer the forms, and the officer's own drafts."""
    desk = _writer(request)
    drafts = drafting.own_drafts(desk.acting)
    mark_page(request, PageMarking.of(one.marking.value for one in drafts))
    context = {"groups": forms_offered(desk.lang), "drafts": drafts_shown(desk, drafts)}
    context["weeks"] = weeks_due(desk.acting, desk.around.zone(), desk.lang)
    return render(request, "reports/choose.html", context)


@require_GET
def words(request: HttpRequest, name: str, version: int) -> HttpResponse:
    """Say every way to write the codes of a list, so that a page need not carry them in each field."""
    _writer(request)
    try:
        listed = load_codes(name, version)
    except UnknownForm as error:
        raise Http404 from error
    answer = JsonResponse({code: one.spellings for code, one in listed.codes.items()})
    answer.headers["Cache-Control"] = f"private, max-age={WORDS_KEPT_S}"
    return answer


@require_POST
def begin(request: HttpRequest, form: str) -> HttpResponse:
    """Begin a report with an empty form."""
    try:
        draft = drafting.begin(_writer(request), form)
    except UnknownForm as error:
        raise Http404 from error
    return redirect("reports:draft", draft.key)


@require_POST
def week(request: HttpRequest, week: str) -> HttpResponse:
    """Begin the summary of a week, filled in from its reports; with ``nil`` send a nil return at once."""
    desk = _writer(request)
    try:
        if week not in {one.week for one in weeks_due(desk.acting, desk.around.zone(), desk.lang)}:
            raise WeekSent(week) if week in sent_weeks(desk.acting) else NotAWeek(week)
        if "nil" not in request.POST:
            return redirect("reports:draft", drafting.begin_week(desk, week).key)
        with transaction.atomic():
            item = file_report(desk, drafting.begin_week(desk, week, nil=True).key)
    except LiaisonError as error:
        return refusal(request, error)
    return redirect("correspondence:thread", item.thread.key)


@require_POST
def begin_from(request: HttpRequest, purpose: str, key: str) -> HttpResponse:
    """Begin a report that rests on another: passes it on, corrects it or answers it."""
    desk = _writer(request)
    try:
        match purpose:
            case "pass-on":
                draft = drafting.begin_passing_on(desk, key)
            case "correct":
                draft = drafting.begin_correction(desk, key)
            case _ if purpose in drafting.REPLIES:
                draft = drafting.begin_answer(desk, key, purpose)
            case _:
                raise Http404
    except Item.DoesNotExist as error:
        raise Http404 from error
    except LiaisonError as error:
        return refusal(request, error)
    return redirect("reports:draft", draft.key)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Show a draft; a POST saves it, and sends it where ``send`` is pressed."""
    desk = _writer(request)
    found = _found(desk, key)
    try:
        drafting.form_of(found)
    except UnknownForm as error:
        return refusal(request, error)
    if request.method == "GET":
        return _page(request, desk, found, checked="checked" in request.GET)
    try:
        found = _save(request, desk, found)
        if "close" in request.POST:
            return redirect("reports:choose")
        if "send" not in request.POST:
            return redirect("reports:draft", key)
        item = file_report(desk, key, frozenset(request.POST.getlist("left_out")))
    except Draft.DoesNotExist as error:  # sent or thrown away meanwhile, from another page
        raise Http404 from error
    except LiaisonError as error:
        found = _found(desk, key)
        return _page(request, desk, found, checked=True, problem=error)
    return redirect("correspondence:thread", item.thread.key)


@require_POST
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Save a draft as typed, quietly; answer with when, and with the next revision."""
    desk = _writer(request)
    found = _found(desk, key)
    try:
        saved = _save(request, desk, found)
    except LiaisonError as error:
        now = _found(desk, key).revision
        answer = {"error": sentence(error), "code": error.code, "revision": now}
        return JsonResponse(answer, status=HTTPStatus.CONFLICT)
    return JsonResponse({"saved_at": saved.saved_at.isoformat(), "revision": saved.revision})


@require_POST
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """Save a draft with rows added, taken away, moved or pasted, and show those rows anew."""
    desk = _writer(request)
    found = _found(desk, key)
    try:
        typed = _typed(request, found)
        move = move_asked(drafting.form_of(found), typed.values, request.POST)
        if move is not None:
            typed = replace(typed, values=moved(typed.values, move))
        saved = drafting.save(desk.acting, found.key, typed)
    except LiaisonError as error:
        return refusal(request, error)
    with_script = "HX-Request" in request.headers
    if move is not None and move.pasted is not None and not with_script:
        return _page(request, desk, saved, checked=False, move=move)
    if move is None or not with_script:
        at = f"#row-{move.name}-{move.place}" if move else ""
        return redirect(f"{reverse('reports:draft', args=[key])}{at}")
    context = compose_context(desk, saved, checked=False, move=move)
    shown = (one for part in context["parts"] for one in part.fields if isinstance(one, RowsView))
    group = next(one for one in shown if one.name == move.name)
    return render(request, "reports/parts/rows.html", {"group": group, "draft": saved})


@require_POST
def files(request: HttpRequest, key: str) -> HttpResponse:
    """Save a draft as typed, add files to it, take one out or put it back, and show them anew."""
    desk = _writer(request)
    found = _found(desk, key)
    try:
        saved = _save(request, desk, found)
    except LiaisonError as error:
        return refusal(request, error)
    problems = attaching.do_with_files(desk.acting, saved, request)
    if "HX-Request" in request.headers:
        view = attaching.files_view(desk.acting, saved, problems)
        return render(request, "files/in_draft.html", {"files": view})
    for one in problems:
        messages.error(request, f"{one.name}: {one.words} {one.code}".removeprefix(": "))
    return redirect(f"{reverse('reports:draft', args=[key])}#part-files")


@require_POST
def readers(request: HttpRequest, key: str) -> HttpResponse:
    """Say who will read the draft under the cover that is chosen now. Saves nothing."""
    desk = _writer(request)
    found = _found(desk, key)
    values = checked_values(desk, found, _values(request, found))
    context = preview_of(desk, found, cover_of(request.POST), values)
    context["before"] = before_of(desk.acting, desk.lang, found, values)
    return render(request, "reports/_readers.html", context)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    desk = _writer(request)
    found = _found(desk, key)
    drafting.discard(desk.acting, found.key)
    return redirect("reports:choose")


def _found(desk: Desk, key: str) -> Draft:
    try:
        return drafting.own_draft(desk.acting, key)
    except Draft.DoesNotExist as error:
        raise Http404 from error


def _save(request: HttpRequest, desk: Desk, found: Draft) -> Draft:
    return drafting.save(desk.acting, found.key, _typed(request, found))


def _typed(request: HttpRequest, found: Draft) -> Typed:
    revision, page = request.POST.get("revision", ""), request.POST.get("page", "")
    if not revision.isdecimal() or len(revision) > 9 or len(page) > 32:
        raise Http404
    return Typed(_values(request, found), cover_of(request.POST), int(revision), page)


def _values(request: HttpRequest, found: Draft) -> dict[str, Any]:
    given = {
        name: texts
        for name, texts in request.POST.lists()
        if name not in OWN_INPUTS and not name.startswith(TABLE)
    }
    return collect(drafting.form_of(found), given)


def _page(
    request: HttpRequest,
    desk: Desk,
    found: Draft,
    *,
    checked: bool,
    problem: LiaisonError | None = None,
    move: RowMove | None = None,
) -> HttpResponse:
    context: dict[str, Any] = compose_context(desk, found, checked=checked, move=move)
    page = request.POST.get("page") or new_id().hex()
    context["page"] = page
    if problem is not None:
        context |= {"problem": sentence(problem), "problem_code": problem.code}
    context["audiences"] = audience_names(desk.lang)
    shown = [one.marking for one in context["before"]]
    mark_page(request, page_marking_of(desk, Cover.from_data(found.cover), shown))
    status = HTTPStatus.OK if problem is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "reports/draft.html", context, status=status)
