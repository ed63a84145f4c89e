"""The page of requests, and what an officer does by one press: withdraw, take back, acknowledge."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.correspondence import acting
from borderliaison.correspondence.at_work import acting_of, refusal
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests import moving
from borderliaison.correspondence.requests.listing import PAGE, By, Wanted, Whose, request_list
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page

MAX_PAGE = 10**6


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests by their deadlines: what this office owes, and what it is owed."""
    wanted = _wanted(request.GET)
    listed = request_list(acting_of(request), wanted, get_language() or "en")
    mark_page(request, PageMarking.of(one.marking for one in listed.lines))
    first = (wanted.page - 1) * PAGE
    more = listed.total > first + PAGE
    context = {
        "listed": listed,
        "wanted": wanted,
        "columns": {by.value: _column(wanted, by) for by in By},
        "shown": f"{first + 1}–{first + len(listed.lines)}",
        "previous": replace(wanted, page=wanted.page - 1).address() if wanted.page > 1 else "",
        "following": replace(wanted, page=wanted.page + 1).address() if more else "",
        **_choices(wanted),
    }
    return render(request, "correspondence/requests.html", context)


def _wanted(given: QueryDict) -> Wanted:
    whose, sort, page = given.get("whose", ""), given.get("sort", ""), given.get("page", "1")
    by = sort.removeprefix("-")
    return Wanted(
        whose=Whose(whose) if whose in list(Whose) else Whose.ALL,
        is_closed=given.get("state") == "all",
        by=By(by) if by in list(By) else By.DUE,
        is_down=sort.startswith("-"),
        page=int(page) if page.isdecimal() and 0 < int(page) < MAX_PAGE else 1,
    )


def _column(wanted: Wanted, by: By) -> dict[str, str]:
    way = "down" if wanted.is_down else "up"
    return {"url": wanted.sorted_by(by).address(), "sort": way if wanted.by is by else ""}


def _choices(wanted: Wanted) -> dict[str, list[tuple[str, str, bool]]]:
    """Return the words, the address and whether it is chosen, of each way to narrow the list."""
    first = replace(wanted, page=1)
    whose = {
        Whose.ALL: pgettext("requests", "All"),
        Whose.OURS: _("We owe an answer"),
        Whose.THEIRS: _("Others owe us one"),
    }
    states = {False: pgettext("requests", "Open"), True: _("Closed ones too")}
    return {
        "whose": [
            (words, replace(first, whose=one).address(), one is wanted.whose)
            for one, words in whose.items()
        ],
        "states": [
            (words, replace(first, is_closed=one).address(), one is wanted.is_closed)
            for one, words in states.items()
        ],
    }


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a request of this office."""
    words = _("Withdrawn. Everyone who was asked is told. You can take it back in the thread.")
    return _do(request, key, moving.withdraw, words)


@require_POST
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """Take back a withdrawal, or this office's refusal."""
    return _do(request, key, moving.resume, _("Taken back. The others are told."))


@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Note that this officer has a warning before him, and lead to it."""
    return _do(request, key, acting.open_item, "")


def _do(
    request: HttpRequest, key: str, doing: Callable[[Acting, str], Item], words: str
) -> HttpResponse:
    try:
        item = doing(acting_of(request), key)
    except Item.DoesNotExist as error:
        raise Http404 from error
    except LiaisonError as error:
        return refusal(request, error)
    if words:
        messages.success(request, words)
    return redirect(f"{reverse('correspondence:thread', args=[item.thread.key])}#item-{item.key}")
