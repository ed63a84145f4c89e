"""The page of groups: who and what hangs together, each to be put on a chart at once."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.services import account_of
from borderliaison.audit.services import record
from borderliaison.markings.pages import mark_page
from borderliaison.records.groups.finding import groups
from borderliaison.records.shown.onward import charts_url
from borderliaison.records.shown.purpose import give_purpose, purpose_of, purposes

PERIODS: Final = ("30", "90", "365", "all")
_USUAL: Final = "365"


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the groups of a period up to now; with people in them only for a purpose."""
    account = account_of(request)
    asked = request.GET.get("days", "")
    days = asked if asked in PERIODS else _USUAL
    found = groups(account.reader(), _since(days), get_language() or "en")
    said = purpose_of(request)
    if found.are_personal and not said:
        return _ask(request)
    if found.are_personal:
        record(
            "record.groups_opened", actor=account.officer_id, subject="groups",
            realm=account.realm, days=days, purpose=said,
        )  # fmt: skip
    mark_page(request, found.marking)
    context = {"found": found, "days": days, "charts_url": charts_url()}
    return render(request, "records/groups.html", context)


@require_POST
def purpose(request: HttpRequest) -> HttpResponse:
    """Keep for what the officer looks, and lead to the groups."""
    if not give_purpose(request, request.POST.get("purpose", "")):
        return _ask(request, is_missing=True)
    return redirect("records:groups")


def _ask(request: HttpRequest, *, is_missing: bool = False) -> HttpResponse:
    context = {
        "action": reverse("records:groups_purpose"),
        "choices": purposes(get_language() or "en"),
        "of_several": True,
        "is_missing": is_missing,
    }
    return render(request, "records/purpose.html", context, status=422 if is_missing else 200)


def _since(days: str) -> datetime | None:
    """Return the beginning of the first day of a period; None for all."""
    if days == "all":
        return None
    first = datetime.now(UTC).date() - timedelta(days=int(days))
    return datetime.combine(first, time(), UTC)
