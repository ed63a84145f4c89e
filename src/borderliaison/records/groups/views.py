"""The page of groups: who and what hangs together, each to be put on a chart at once."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from borderliaison.accounts.services import reader_of
from borderliaison.markings.pages import mark_page
from borderliaison.records.groups.finding import groups
from borderliaison.records.shown.onward import charts_url

PERIODS: Final = ("30", "90", "365", "all")
_USUAL: Final = "365"


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the groups of a period up to now."""
    asked = request.GET.get("days", "")
    days = asked if asked in PERIODS else _USUAL
    since = None if days == "all" else timezone.now() - timedelta(days=int(days))
    found = groups(reader_of(request), since, get_language() or "en")
    mark_page(request, found.marking)
    context = {"found": found, "days": days, "charts_url": charts_url()}
    return render(request, "records/groups.html", context)
