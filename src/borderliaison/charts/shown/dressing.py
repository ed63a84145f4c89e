"""What a chart is dressed with: photographs as which items may stand, and the rules of other charts."""

from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.charts.kept.keeping import charts_of
from borderliaison.charts.models import Version
from borderliaison.charts.network.photographs import photographs_of
from borderliaison.charts.shown.answered import answered
from borderliaison.charts.shown.for_what import for_what
from borderliaison.charts.shown.pages import opened_by
from borderliaison.records.shown.purpose import note_look
from borderliaison.records.shown.views import profile_of


@require_GET
@answered
def photographs(request: HttpRequest, key: str, record: str) -> HttpResponse:
    """Offer the photographs of the reports that speak of an item."""
    opened_by(account_of(request), key)
    reader = reader_of(request)
    profile = profile_of(reader, record)
    for_what(request)
    note_look(request, profile)
    found = photographs_of(reader, profile)
    return render(request, "charts/photographs.html", {"photographs": found})


@require_GET
def rules(request: HttpRequest, key: str) -> HttpResponse:
    """Return the rules of the other charts that the officer may open, each with the version it is from."""
    account = account_of(request)
    opened_by(account, key)
    others = {one.version.pk: one for one in charts_of(account) if one.chart.key != key}
    kept = Version.objects.readable_by(account.reader()).filter(pk__in=others)
    said = dict(kept.values_list("pk", KeyTransform("rules", "content")))
    found = [
        {
            "chart": one.chart.key,
            "version": one.version.number,
            "name": one.version.name,
            "owner": one.chart.owner.full_name,
            "rules": said[pk],
        }
        for pk, one in others.items()
        if said.get(pk)
    ]
    return JsonResponse({"charts": found})
