"""Messages: the list of threads, a thread with its ladders, answering, acting, authorising.

What a stranger asks for and what does not exist are answered alike: 404, without a count or a hint.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borderliaison.correspondence import acting, threads
from borderliaison.correspondence.acting import Said
from borderliaison.correspondence.models import Dissemination, Item
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.phrases import phrases
from borderliaison.correspondence.requests import acting_of, refusal, sentence
from borderliaison.correspondence.sending import authorise, decline, may_authorise
from borderliaison.correspondence.showing import (
    next_steps,
    reply_choices,
    show_item,
    show_line,
    thread_readers,
)
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.services import office_names


def _lang() -> str:
    return get_language() or "en"


@require_GET
def thread_index(request: HttpRequest) -> HttpResponse:
    """List the threads; on a wide screen the latest stands beside the list."""
    officer = acting_of(request)
    listed = _thread_list(request, officer)
    shown = [line.first.marking.value for line in listed.lines]
    shown += [line.latest.marking.value for line in listed.lines]
    mark_page(request, PageMarking.of(shown))
    return render(request, "correspondence/threads.html", _list_context(listed, officer))


@require_GET
def thread_page(request: HttpRequest, thread: str) -> HttpResponse:
    """Show a thread as far as this officer may read it."""
    officer = acting_of(request)
    return render(request, "correspondence/thread.html", _thread_context(request, officer, thread))


@require_GET
def thread_items(request: HttpRequest, thread: str) -> HttpResponse:
    """Show the items alone: what an open page fetches when the feed says that something changed."""
    officer = acting_of(request)
    context = _thread_context(request, officer, thread)
    return render(request, "correspondence/_items.html", context)


@require_POST
def say_in_thread(request: HttpRequest, thread: str) -> HttpResponse:
    """Answer in a thread."""
    officer = acting_of(request)
    items = threads.items_of(officer, thread)
    about = next((one for one in items if one.key == request.POST.get("about")), None)
    if about is None:
        raise Http404
    offices = tuple(request.POST.getlist("to"))
    try:
        acting.reply(officer, about, _said(request), offices)
    except LiaisonError as error:
        return _again(request, officer, thread, error)
    return redirect("correspondence:thread", thread)


@require_POST
def confirm_opened(request: HttpRequest, key: str) -> HttpResponse:
    """Note that this officer has the item before him; tell those who hold it."""
    officer = acting_of(request)
    try:
        item = acting.open_item(officer, key)
    except Item.DoesNotExist as error:
        raise Http404 from error
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("correspondence:thread", item.thread.key)


@require_POST
def act(request: HttpRequest, key: str) -> HttpResponse:
    """Say that measures were taken, and which."""
    officer = acting_of(request)
    try:
        item = acting.readable_item(officer, key)
    except Item.DoesNotExist as error:
        raise Http404 from error
    try:
        acting.act_on(officer, key, _said(request))
    except LiaisonError as error:
        return _again(request, officer, item.thread.key, error)
    return redirect("correspondence:thread", item.thread.key)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for a second officer."""
    officer = acting_of(request)
    held = threads.waiting_for(officer)
    mark_page(request, PageMarking.of(one.item.marking.value for one in held))
    rows = [{"held": one, "mine": may_authorise(officer, one)} for one in held]
    return render(request, "correspondence/waiting.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show one held dissemination and take the second officer's decision."""
    officer = acting_of(request)
    found = Dissemination.objects.readable_by(officer.reader)
    held = found.select_related("item", "item__marking", "item__thread").filter(key=key).first()
    if held is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            if request.POST.get("decision") == "decline":
                decline(officer, key, request.POST.get("reason", ""))
                messages.success(request, _("Not authorised. Nothing was sent."))
            else:
                authorise(officer, key, request.POST.get("legal_basis", ""))
                messages.success(request, _("Authorised. The letter is on its way."))
            return redirect("correspondence:thread", held.item.thread.key)
        except LiaisonError as error:
            problem = sentence(error)
    mark_page(request, PageMarking.of([held.item.marking.value]))
    context = {
        "held": held,
        "offices": [office_names(_lang()).get(OfficeCode(one), one) for one in held.offices],
        "shown": show_item(held.item, officer, _lang()),
        "may_authorise": may_authorise(officer, held) and held.state == Dissemination.State.HELD,
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "correspondence/decision.html", context)


def _said(request: HttpRequest) -> Said:
    numbers = tuple(dict.fromkeys(one for one in request.POST.getlist("phrase") if one))
    return Said(numbers, request.POST.get("text", ""), _lang())


def _again(request: HttpRequest, officer: Acting, thread: str, error: LiaisonError) -> HttpResponse:
    context = _thread_context(request, officer, thread)
    if not context["items"]:
        return refusal(request, error)
    context |= {"problem": sentence(error), "problem_code": error.code, "typed": request.POST}
    return render(request, "correspondence/thread.html", context, status=422)


def _thread_list(request: HttpRequest, officer: Acting) -> threads.ThreadList:
    page = request.GET.get("page", "1")
    return threads.thread_list(
        officer, int(page) if page.isdecimal() and 0 < int(page) < 10**6 else 1
    )


def _list_context(listed: threads.ThreadList, officer: Acting) -> dict[str, Any]:
    lang = _lang()
    return {
        "threads": [show_line(line, officer, lang) for line in listed.lines],
        "total": listed.total,
        "unread": listed.unread,
        "can_write": officer.author.role in WRITING,
    }


def _thread_context(request: HttpRequest, officer: Acting, thread: str) -> dict[str, Any]:
    items = threads.items_of(officer, thread)
    if not items:
        raise Http404
    lang = _lang()
    listed = _thread_list(request, officer)
    marks = [one.marking.value for one in items]
    mark_page(request, PageMarking.of(marks))
    shown = [show_item(one, officer, lang) for one in items]
    unopened = [one for one in shown if one.is_unread]
    return {
        **_list_context(listed, officer),
        "thread": thread,
        "items": shown,
        "first": shown[0],
        "unopened": unopened,
        "phrases": phrases(lang),
        "readers": thread_readers(items, officer, lang),
        "items_url": reverse("correspondence:thread_items", args=[thread]),
        "about": next((one for one in shown if one.is_card), shown[0]),
        "reply_to": reply_choices(items, officer, lang),
        "held_words": _("waits for a second officer"),
        "next_steps": next_steps(shown, lang),
    }
