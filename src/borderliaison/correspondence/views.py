"""Messages: the list of threads, a thread with its ladders, answering, acting, authorising.

What a stranger asks for and what does not exist are answered alike: 404, without a count or a hint.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.correspondence import acting, threads
from borderliaison.correspondence.acting import Said
from borderliaison.correspondence.at_work import acting_of, refusal
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.phrases import phrases
from borderliaison.correspondence.quoting import MAX_TEXT as MAX_QUOTED
from borderliaison.correspondence.quoting import Quote
from borderliaison.correspondence.shown.beside import (
    LinkEvent,
    link_events,
    next_steps,
    reply_choices,
)
from borderliaison.correspondence.shown.listing import show_line
from borderliaison.correspondence.shown.needing import needs_of
from borderliaison.correspondence.shown.needs_shown import MAX_SHOWN, show_needs
from borderliaison.correspondence.shown.preview import readers_of
from borderliaison.correspondence.shown.showing import ShownItem, show_items
from borderliaison.correspondence.telling import unknown_holders
from borderliaison.correspondence.texts import typed_text
from borderliaison.exchange.services import links_known_to
from borderliaison.files.uploading import uploads_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.sentences import sentence

QUICK = frozenset({"001", "002", "060"})
"""The phrases that stand beside the field, for one click: understood, wait, tell me the result."""


def _lang() -> str:
    return get_language() or "en"


@require_GET
def thread_index(request: HttpRequest) -> HttpResponse:
    """List the threads, and what needs action."""
    officer = acting_of(request)
    listed, needs, now = _thread_list(request, officer), needs_of(officer), timezone.now()
    shown = [line.first.marking.value for line in listed.lines]
    shown += [line.latest.marking.value for line in listed.lines]
    shown += [one.item.marking.value for one in needs[:MAX_SHOWN]]
    mark_page(request, PageMarking.of(shown))
    context = _list_context(listed, officer)
    context["needs"] = show_needs(needs, officer, _lang(), now)
    return render(request, "correspondence/threads.html", context)


@require_GET
def thread_page(request: HttpRequest, thread: str) -> HttpResponse:
    """Show a thread as far as this officer may read it."""
    officer = acting_of(request)
    return render(request, "correspondence/thread.html", _thread_context(request, officer, thread))


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
        uploads = uploads_of(request, "files")
        said = acting.reply(officer, about, _said(request), offices, uploads)
    except LiaisonError as error:
        return _again(request, officer, thread, error)
    return _to(said)


@require_POST
def confirm_opened(request: HttpRequest, key: str) -> HttpResponse:
    """Note that this officer has the item before him; tell those who hold it."""
    officer = acting_of(request)
    try:
        item = acting.open_item(officer, key)
    except Item.DoesNotExist as error:
        raise Http404 from error
    except LiaisonError as error:
        return refusal(request, error)
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
        said = acting.act_on(officer, key, _said(request))
    except LiaisonError as error:
        return _again(request, officer, item.thread.key, error)
    if left_out := unknown_holders(item):
        words = _("Not told, because this office's directory does not know them: %(offices)s")
        messages.warning(request, words % {"offices": ", ".join(left_out)})
    return _to(said)


def _to(item: Item) -> HttpResponse:
    """Lead to an item in its thread."""
    thread = reverse("correspondence:thread", args=[item.thread.key])
    return redirect(f"{thread}#item-{item.key}")


def _said(request: HttpRequest) -> Said:
    numbers = tuple(dict.fromkeys(one for one in request.POST.getlist("phrase") if one))
    quoted = zip(request.POST.getlist("quoted"), request.POST.getlist("quote"), strict=False)
    quotes = tuple(Quote(key, typed_text(text, MAX_QUOTED, lines=True)) for key, text in quoted)
    return Said(numbers, request.POST.get("text", ""), _lang(), quotes)


def _again(request: HttpRequest, officer: Acting, thread: str, error: LiaisonError) -> HttpResponse:
    context = _thread_context(request, officer, thread, typed=request.POST)
    context |= {"problem": sentence(error), "problem_code": error.code}
    return render(request, "correspondence/thread.html", context, status=422)


def _thread_list(request: HttpRequest, officer: Acting) -> threads.ThreadList:
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < int(page) < 10**6 else 1
    return threads.thread_list(officer, number, unread_only="unread" in request.GET)


def _list_context(listed: threads.ThreadList, officer: Acting) -> dict[str, Any]:
    lang, now = _lang(), timezone.now()
    first = (listed.page - 1) * threads.PAGE
    narrowed = "unread=1&" if listed.is_unread_only else ""
    return {
        "is_unread_only": listed.is_unread_only,
        "threads": [show_line(line, lang, now) for line in listed.lines],
        "total": listed.total,
        "shown": f"{first + 1}–{first + len(listed.lines)}",
        "previous": f"?{narrowed}page={listed.page - 1}" if listed.page > 1 else "",
        "following": f"?{narrowed}page={listed.page + 1}"
        if listed.total > first + threads.PAGE
        else "",
        "unread": listed.unread,
        "can_write": officer.author.role in WRITING,
    }


def _thread_context(
    request: HttpRequest, officer: Acting, thread: str, typed: QueryDict | None = None
) -> dict[str, Any]:
    items = threads.items_of(officer, thread)
    if not items:
        raise Http404
    lang = _lang()
    listed = _thread_list(request, officer)
    shown = show_items(items, officer, lang)
    before = [two.marking for one in shown if one.asked for two in one.asked.before]
    mark_page(request, PageMarking.of([*(one.marking.value for one in items), *before]))
    names = short_office_names(lang)
    first, said = shown[0], phrases(lang)
    return {
        **_list_context(listed, officer),
        "thread": thread,
        "entries": _in_order(shown, link_events(items, links_known_to(officer.reader), names)),
        "first": first,
        "offices": ", ".join(
            names.get(code, code)
            for code in dict.fromkeys([first.item.office, *first.item.held_by])
        ),
        "phrases": said,
        "quick": [one for one in said if one.number in QUICK],
        "readers": readers_of(items, officer, lang),
        "about": next((one for one in shown if one.is_card), first),
        "reply_to": reply_choices(
            items, officer, lang, typed.getlist("to") if typed is not None else None
        ),
        "next_steps": next_steps(shown, officer),
        "typed": typed if typed is not None else {},
        "typed_quotes": []
        if typed is None
        else list(zip(typed.getlist("quoted"), typed.getlist("quote"), strict=False)),
        "chosen": [
            one for one in said if typed is not None and one.number in typed.getlist("phrase")
        ],
    }


def _in_order(shown: list[ShownItem], events: tuple[LinkEvent, ...]) -> list[ShownItem | LinkEvent]:
    entries: list[ShownItem | LinkEvent] = [*shown, *events]
    return sorted(
        entries, key=lambda one: one.at if isinstance(one, LinkEvent) else one.item.created_at
    )
