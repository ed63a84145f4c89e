"""The pages of charts: all of them, one to work on, and what is done to a whole chart."""

import json
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borderliaison.accounts.models import Account
from borderliaison.accounts.services import account_of
from borderliaison.charts.errors import ChartError, NoSuchChart
from borderliaison.charts.kept.keeping import (
    MAX_NAME,
    Opened,
    charts_of,
    make_chart,
    open_chart,
    remove_chart,
    share_chart,
    versions_of,
)
from borderliaison.charts.kept.listing import listed
from borderliaison.charts.kept.opening import note_opened
from borderliaison.charts.network.kinds import every_kind
from borderliaison.charts.wording.page import inks, words
from borderliaison.charts.wording.selected import signs
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.pages import mark_page
from borderliaison.records.interchange.formats.known import WRITTEN
from borderliaison.records.interchange.members import places_of_set, things_of_set
from borderliaison.records.shown.purpose import (
    give_purpose,
    held_purpose,
    purpose_of,
    purposes,
)
from borderliaison.ui.sentences import sentence

MAX_VERSION_DIGITS = 6


@require_GET
def charts(request: HttpRequest) -> HttpResponse:
    """List the charts that the officer may open, and offer to begin one."""
    account = account_of(request)
    found = charts_of(account)
    _mark(request, [one.version.marking_id for one in found])
    removed = request.GET.get("removed", "")[:32]
    rows = listed(found, OfficeCode(account.office), get_language() or "en")
    return render(request, "charts/list.html", {"charts": rows, "removed": removed})


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a chart, empty, with the records that are named or all of a set, and open it."""
    account = account_of(request)
    reader, set_key = account.reader(), request.POST.get("set", "")
    of_set, places = things_of_set(reader, set_key), places_of_set(reader, set_key)
    try:
        name = request.POST.get("name", "")[: MAX_NAME if of_set else None]
        chart = make_chart(account, name, [*request.POST.getlist("item"), *of_set], places)
    except ChartError as error:
        messages.error(request, sentence(error))
        return HttpResponseRedirect(reverse("charts:list"))
    return HttpResponseRedirect(reverse("charts:chart", args=[chart.key]))


@require_GET
def chart(request: HttpRequest, key: str) -> HttpResponse:
    """Show one chart: its newest version, or the one that is asked for."""
    account = account_of(request)
    opened = opened_by(account, key, request.GET.get("version", ""))
    purpose = held_purpose(request)
    if not purpose:
        return redirect(_as_asked(request, "charts:purpose", key))
    _mark(request, [opened.version.marking_id])
    note_opened(account, opened, purpose)
    is_newest = opened.version.number == opened.newest
    data_url = reverse("charts:data", args=[key])
    context = {
        "opened": opened,
        "data_url": data_url if is_newest else f"{data_url}?version={opened.version.number}",
        "versions": versions_of(account, opened.chart),
        "is_newest": is_newest,
        "words": json.dumps(words(), ensure_ascii=False),
        "inks": inks(),
        "signs": signs(),
        "formats": [(one.name, one.label) for one in WRITTEN],
        "kinds": every_kind(get_language() or "en"),
        "purposes": purposes(get_language() or "en"),
    }
    return render(request, "charts/chart.html", context)


@require_http_methods(["GET", "POST"])
def purpose(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for what the officer looks at a chart with people on it; keep it, and lead there.

    An open chart asks it in place, and stays as it is.
    """
    opened = opened_by(account_of(request), key)
    is_missing = request.method == "POST" and not give_purpose(
        request, request.POST.get("purpose", "")
    )
    if request.method == "POST" and not is_missing:
        if "in_place" in request.POST:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return redirect(_as_asked(request, "charts:chart", key))
    _mark(request, [opened.version.marking_id])
    context = {
        "action": _as_asked(request, "charts:purpose", key),
        "chosen": purpose_of(request),
        "choices": purposes(get_language() or "en"),
        "is_missing": is_missing,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_missing else HTTPStatus.OK
    return render(request, "charts/purpose.html", context, status=status)


@require_POST
def share(request: HttpRequest, key: str) -> HttpResponse:
    """Let colleagues open a chart, or no longer."""
    shared = request.POST.get("shared") == "yes"
    _do(lambda: share_chart(account_of(request), key, is_shared=shared))
    said = _("Colleagues of this office who may read all of it can open this chart now.")
    messages.success(request, said if shared else _("Only you can open this chart now."))
    return HttpResponseRedirect(reverse("charts:chart", args=[key]))


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a chart away, and offer to take that back."""
    _do(lambda: remove_chart(account_of(request), key, is_removed=True))
    return HttpResponseRedirect(f"{reverse('charts:list')}?removed={key}")


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Take back that a chart was removed."""
    _do(lambda: remove_chart(account_of(request), key, is_removed=False))
    return HttpResponseRedirect(reverse("charts:chart", args=[key]))


def opened_by(account: Account, key: str, number: str = "") -> Opened:
    """Return a chart as an officer may see it.

    Raises:
        Http404: it is not there for him.
    """
    if number and (not number.isdecimal() or len(number) > MAX_VERSION_DIGITS):
        raise Http404
    try:
        return open_chart(account, key, int(number) if number else None)
    except NoSuchChart as error:
        raise Http404 from error


def _as_asked(request: HttpRequest, route: str, key: str) -> str:
    """Return an address of a chart that still says which version, how it is seen, and what is put there."""
    asked = [(name, request.GET[name]) for name in ("version", "view") if name in request.GET]
    puts = [("put", one) for one in request.GET.getlist("put")]
    query = urlencode([*asked, *puts])
    return reverse(route, args=[key]) + (f"?{query}" if query else "")


def _do(doing: Callable[[], object]) -> None:
    try:
        doing()
    except NoSuchChart as error:
        raise Http404 from error


def _mark(request: HttpRequest, markings: list[int]) -> None:
    rows = MarkingRow.objects.in_bulk(set(markings)).values()
    mark_page(request, PageMarking.of(row.value for row in rows))
