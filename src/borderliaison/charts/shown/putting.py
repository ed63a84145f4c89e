"""The way from records onto a chart: a new one, or one that the officer may open."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from borderliaison.accounts.services import account_of
from borderliaison.charts.kept.keeping import MAX_NAME, charts_of
from borderliaison.charts.kept.listing import listed
from borderliaison.charts.network.groups import groups_of, numbers_of
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.pages import mark_page
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.shown.signs import icon_of
from borderliaison.records.shown.words import name_of

MAX_AT_ONCE: Final = 100


@require_GET
def onto(request: HttpRequest) -> HttpResponse:
    """Offer the charts on which the chosen records can be put, and a new one."""
    account, lang = account_of(request), get_language() or "en"
    reader = account.reader()
    asked = request.GET.getlist("item")[:MAX_AT_ONCE]
    numbers = numbers_of(asked)
    groups = groups_of(reader, numbers.values())
    there = (groups.keys[numbers[one]] for one in asked if numbers.get(one) in groups.keys)
    known = [groups.profiles[key] for key in dict.fromkeys(there)]
    charts = charts_of(account)
    markings = {one.version.marking_id for one in charts}
    mark_page(request, PageMarking.of({
        *(saying.marking for one in known for value in one.values for saying in value.sayings),
        *(row.value for row in MarkingRow.objects.in_bulk(markings).values()),
    }))  # fmt: skip
    items = [
        (one.key, icon_of(one.schema), name_of(one, lang), one.kind.label.text(lang))
        for one in known
    ]
    context = {
        "items": items,
        "charts": listed(charts, OfficeCode(account.office), lang),
        "query": urlencode([("put", key) for key, *_ in items]),
        "name": _name(known, lang),
    }
    return render(request, "charts/onto.html", context)


def _name(some: Iterable[Profile], lang: str) -> str:
    """Return how a new chart is called: its kinds and the day. It outlives what a person is called."""
    kinds = list(dict.fromkeys(one.kind.label.text(lang) for one in some))
    day = f", {date_format(localtime(), 'j E Y')}"
    return ", ".join(kinds)[: MAX_NAME - len(day)] + day
