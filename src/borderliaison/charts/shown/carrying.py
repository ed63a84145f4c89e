"""What is carried into a chart and out of it: another chart; a picture, a PDF, a file; a briefing."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.models import Account
from borderliaison.accounts.services import account_of
from borderliaison.audit.services import record
from borderliaison.charts.errors import TooMuchForFile, TooMuchForPaper
from borderliaison.charts.kept.content import MAX_ITEMS, checked, versions
from borderliaison.charts.kept.keeping import EMPTY, Opened, came_into, charts_of, open_chart
from borderliaison.charts.kept.listing import listed
from borderliaison.charts.kept.merging import merged
from borderliaison.charts.kept.opening import note_opened
from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.reading import key as key_of
from borderliaison.charts.reading import number, several
from borderliaison.charts.reading import record as part
from borderliaison.charts.shown.answered import answered, told
from borderliaison.charts.shown.asking import Question
from borderliaison.charts.shown.for_what import for_what
from borderliaison.charts.shown.pages import opened_by
from borderliaison.charts.taken.filing import MAX_FILED, Shown, file_of, keys_of, measures_in
from borderliaison.charts.taken.picturing import Taking, lines_of
from borderliaison.charts.taken.printed import MAX_PRINTED, chart_document, drawn
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.correspondence.printed.sheet import printer_of
from borderliaison.kernel.ids import OfficeCode
from borderliaison.printing.handing import paper_of


@require_POST
@answered
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Return a chart as it stands with another in it, or with items that were copied."""
    account = account_of(request)
    opened_by(account, key)
    purpose, asked, lang = for_what(request), Question(request), get_language() or "en"
    mine, theirs = checked(asked.part("content")), _theirs(account, asked, purpose)
    here = [one["key"] for one in mine["items"]]
    keys = [one["key"] for one in theirs["items"]]
    piece = gathered(account.reader(), keys, here, lang)
    known = {one: piece.aliases.get(one, one) for one in here}
    there = {one.key for one in piece.items} | set(known.values())
    names = {one: piece.aliases.get(one, one) for one in keys}
    both = merged(mine, theirs, known | {one: name for one, name in names.items() if name in there})
    return told({**asdict(both), "piece": piece})


@require_GET
def others(request: HttpRequest, key: str) -> HttpResponse:
    """Show the other charts that the officer may open, to be merged into this one."""
    account = account_of(request)
    opened = opened_by(account, key)
    known = [one for one in charts_of(account) if one.chart.pk != opened.chart.pk]
    rows = listed(known, OfficeCode(account.office), get_language() or "en")
    return render(request, "charts/_others.html", {"charts": rows})


@require_POST
@answered
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """Note that a picture is taken; say what must stand on it."""
    taking = _as_shown(request, key)
    record("chart.pictured", **taking.line())
    return _said_of(taking)


@require_POST
@answered
def present(request: HttpRequest, key: str) -> HttpResponse:
    """Note that a chart is shown to others; say under which marking."""
    taking = _as_shown(request, key)
    record("chart.presented", **taking.line())
    return _said_of(taking)


@require_POST
@answered
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out a chart as a PDF, with the picture that the page drew."""
    opened = opened_by(account_of(request), key)
    asked, now = Question(request), datetime.now(UTC)
    taking = _taking(request, opened, asked, asked.keys("shown"), asked.part("merged"))
    if len(taking.keys) > MAX_PRINTED:
        raise TooMuchForPaper(str(len(taking.keys)))
    made = drawn(asked.part("drawn"), request.FILES.get("picture"))
    lang = get_language() or "en"
    document = chart_document(taking, made, lang, now)
    acting = Acting(taking.account.reader(), author_of(taking.account))
    answer = paper_of(printer_of(acting, lang, now), document, taking.opened.chart.key)
    record("chart.printed", **taking.line())
    return _named(answer, taking, "pdf")


@require_POST
@answered
def file(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out a chart as one file that needs no server."""
    opened = opened_by(account_of(request), key)
    asked = Question(request)
    content = checked(asked.part("content"))
    taking = _taking(request, opened, asked, keys_of(content), content["merged"])
    if len(taking.keys) > MAX_FILED:
        raise TooMuchForFile(str(len(taking.keys)))
    shown = Shown(asked.text("name"), content, measures_in(asked.part("measures")))
    text = file_of(taking, shown, get_language() or "en")
    record("chart.filed", **taking.line())
    return _named(HttpResponse(text, content_type="text/html; charset=utf-8"), taking, "html")


def _as_shown(request: HttpRequest, key: str) -> Taking:
    """Return what is taken of a chart as the page shows it."""
    opened = opened_by(account_of(request), key)
    asked = Question(request)
    return _taking(request, opened, asked, asked.keys("shown"), asked.part("merged"))


def _taking(
    request: HttpRequest, opened: Opened, asked: Question, keys: list[str], sent: object
) -> Taking:
    account, photographs = account_of(request), asked.keys("photographs")
    came = came_into(account, opened, versions(sent or []))
    return Taking(account, opened, keys, for_what(request), photographs, came)


def _said_of(taking: Taking) -> JsonResponse:
    """Tell the page what must stand on what it shows, and under which name a picture is kept."""
    lines = lines_of(taking, get_language() or "en")
    return JsonResponse({**asdict(lines), "file": taking.file_name("png")})


def _named(answer: HttpResponse, taking: Taking, ending: str) -> HttpResponse:
    answer.headers["Content-Disposition"] = f'attachment; filename="{taking.file_name(ending)}"'
    return answer


def _theirs(account: Account, asked: Question, purpose: str) -> dict[str, Any]:
    """Return what is to be merged in: another chart as the officer may see it, or what he copied."""
    other = asked.text("chart")
    if not other:
        return {**EMPTY, "items": several(asked.part("items"), MAX_ITEMS, _copied)}
    opened = open_chart(account, other)
    note_opened(account, opened, purpose)
    words = {"chart": opened.chart.key, "version": opened.version.number}
    return {**checked(opened.version.content), "merged": [words]}


def _copied(sent: object) -> dict[str, Any]:
    given = part(sent, {"key", "x", "y"})
    return {"key": key_of(given["key"]), "x": number(given["x"]), "y": number(given["y"])}
