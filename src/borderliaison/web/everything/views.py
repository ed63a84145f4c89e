"""The list of everything: as a page, and as the part of it that any page asks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from borderliaison.accounts.services import account_of
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.threads import ThreadList, thread_list
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.reports.drafting import Desk, own_drafts
from borderliaison.reports.models import Draft
from borderliaison.reports.surroundings import NETWORK
from borderliaison.ui.parts.everything import EntryGroup
from borderliaison.ui.shell import Shell
from borderliaison.web.everything import doing, going
from borderliaison.web.everything.finding import found


@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """List everything that this officer may do and reach, narrowed by ``q``."""
    acting, lang = acting_of(request), get_language() or "en"
    desk = Desk(acting, NETWORK, lang)
    listed, own = thread_list(acting), own_drafts(acting)
    mark_page(request, _marking(listed, own))
    frame: Shell = request.frame()  # type: ignore[attr-defined]  # the frame of a signed-in officer
    groups: tuple[EntryGroup, ...] = (
        going.pages(frame.nav, acting),
        doing.forms(acting, lang),
        going.drafts(desk, own),
        going.threads(listed, lang),
        going.offices(lang),
        doing.settings(account_of(request), frame.languages),
    )
    query = request.GET.get("q", "").strip()
    template = (
        "web/everything_list.html" if "HX-Request" in request.headers else "web/everything.html"
    )
    return render(request, template, {"groups": found(groups, query), "query": query})


def _marking(listed: ThreadList, own: list[Draft]) -> PageMarking:
    return PageMarking.of(
        [line.first.marking.value for line in listed.lines] + [one.marking.value for one in own]
    )
