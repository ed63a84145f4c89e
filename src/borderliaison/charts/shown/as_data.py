"""A chart as a file for other programs: what it shows, each thing where it stands."""

from pathlib import Path
from typing import IO

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from borderliaison.accounts.services import account_of
from borderliaison.charts.kept.content import checked
from borderliaison.charts.kept.standing import places_on
from borderliaison.charts.shown.answered import answered
from borderliaison.charts.shown.asking import Question
from borderliaison.charts.shown.for_what import for_what
from borderliaison.charts.shown.pages import opened_by
from borderliaison.charts.taken.picturing import Taking
from borderliaison.records.interchange.exports.asked import of_keys
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.exports.giving import given, sender_of, work_of
from borderliaison.records.interchange.exports.making import BENCH, Label
from borderliaison.records.interchange.formats.known import WRITTEN, format_named
from borderliaison.records.interchange.whose import check_task


@require_POST
@answered
def data_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Hand out what a chart shows; where that takes longer, say where one sees how far it is."""
    account, lang = account_of(request), get_language() or "en"
    opened = opened_by(account, key)
    purpose, asked = for_what(request), Question(request)
    check_task(account)
    target = format_named(asked.choice("format", [one.name for one in WRITTEN]))
    places = places_on(checked(asked.part("content")))
    selection = of_keys(opened.version.name, list(places), places)

    def write(exporter: Exporter, file: IO[bytes], folder: Path) -> None:
        export(exporter, selection, target, file, folder)

    taking = Taking(account, opened, list(places), purpose)
    named = taking.file_name(target.suffixes[0].removeprefix("."))
    again = reverse("charts:chart", args=[opened.chart.key])
    label = Label(named, target.media_type, lang, again)
    one = BENCH.begin(sender_of(account), label, work_of(account, purpose, lang, write))
    one.wait()
    return given(one) or JsonResponse({"making": reverse("records:making", args=[one.key])})
