"""The page of the registers of an officer's agency, and the same as a table for a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from borderliaison.audit.services import record
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.views import handed_out
from borderliaison.correspondence.registers.lines import PAGE, Wanted, found_lines, lines, years_of
from borderliaison.correspondence.registers.models import Direction
from borderliaison.correspondence.registers.numbers import RegisterName
from borderliaison.correspondence.registers.paper import register_document
from borderliaison.correspondence.registers.shown import ShownLine, show_lines
from borderliaison.correspondence.registers.table import table
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.services import agency_names
from borderliaison.printing.choosing import tongues_of
from borderliaison.printing.errors import TooMuchToPrint
from borderliaison.printing.handing import refusal
from borderliaison.printing.limits import MAX_TABLE_ROWS
from borderliaison.ui.shell import MarkingLabels
from borderliaison.wording.marks import page_labels

MAX_QUERY = 80
MAX_PAGE = 10**6
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several pages of the same: in words, with its address."""

    words: str
    url: str
    is_chosen: bool


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show a register of the officer's own agency, the latest number first."""
    officer, lang = acting_of(request), get_language() or "en"
    years = _years(officer)
    wanted, page = _wanted(request.GET, years), _page(request.GET)
    found = found_lines(officer, wanted)
    first = (page - 1) * PAGE
    shown = show_lines(lines(officer, found[first : first + PAGE]), officer, lang)
    mark_page(request, _marking(shown))
    context = {
        "lines": shown,
        "wanted": wanted,
        "is_incoming": wanted.direction is Direction.INCOMING,
        "agency": agency_names(lang).get(officer.author.agency, officer.author.agency),
        "name": _name(officer, wanted),
        "total": len(found),
        **_choices(wanted, years),
        **_pages(wanted, page, len(found), len(shown)),
    }
    return render(request, "correspondence/register.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Return all lines that were looked for, as a table; who took it is audited."""
    officer, lang = acting_of(request), get_language() or "en"
    wanted = _wanted(request.POST, _years(officer))
    shown = list(_all(officer, found_lines(officer, wanted), lang))
    labels = page_labels(_marking(shown), officer.author.office, lang)
    name = str(_name(officer, wanted))
    record(
        "register.exported",
        actor=officer.author.officer,
        subject=name,
        realm=str(officer.reader.realm),
        lines=str(len(shown)),
    )
    rows = table(shown, wanted.direction, _in_words(labels))
    answer = HttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name.replace("/", "-")}.csv"'
    return answer


@require_GET
def register_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out all lines that were looked for as a book, the first number first."""
    officer, tongues = acting_of(request), tongues_of(request)
    wanted = _wanted(request.GET, _years(officer))
    found = found_lines(officer, wanted)
    if len(found) > MAX_TABLE_ROWS:
        return refusal(request, TooMuchToPrint(str(len(found))))
    shown = list(_all(officer, found[::-1], tongues.first))
    name = str(_name(officer, wanted))
    document = register_document(shown, name, wanted.direction, officer, tongues, timezone.now())
    return handed_out(request, officer, document, name)


def _all(officer: Acting, ids: list[int], lang: str) -> Iterator[ShownLine]:
    """Yield lines in words, asked for some at a time: a database takes only so many ids at once."""
    for first in range(0, len(ids), AT_ONCE):
        yield from show_lines(lines(officer, ids[first : first + AT_ONCE]), officer, lang)


def _years(officer: Acting) -> list[int]:
    return sorted({timezone.localtime().year, *years_of(officer)}, reverse=True)


def _wanted(given: QueryDict, years: list[int]) -> Wanted:
    way = given.get("way", "")
    direction = Direction(way) if way in Direction.values else Direction.INCOMING
    year = given.get("year", "")
    chosen = next((one for one in years if str(one) == year), years[0])
    return Wanted(direction, chosen, given.get("q", "").strip()[:MAX_QUERY])


def _page(given: QueryDict) -> int:
    page = given.get("page", "1")
    return int(page) if page.isdecimal() and 0 < int(page) < MAX_PAGE else 1


def _name(officer: Acting, wanted: Wanted) -> RegisterName:
    who = officer.author
    return RegisterName(
        who.office, who.agency, wanted.direction.value, wanted.year, officer.reader.realm
    )


def _marking(shown: list[ShownLine]) -> PageMarking:
    return PageMarking.of(marking for one in shown for marking in one.markings)


def _in_words(labels: MarkingLabels) -> str:
    return " · ".join(one for one in (labels.classification, *labels.handling) if one)


def _choices(wanted: Wanted, years: list[int]) -> dict[str, Any]:
    ways = [
        Choice(str(one.label), _url(wanted, way=one.value), one is wanted.direction)
        for one in Direction
    ]
    of_years = [Choice(str(one), _url(wanted, year=one), one == wanted.year) for one in years]
    return {"ways": ways, "years": of_years, "without_query": _url(wanted, q="")}


def _pages(wanted: Wanted, page: int, total: int, shown: int) -> dict[str, str]:
    first = (page - 1) * PAGE
    return {
        "shown": f"{first + 1}–{first + shown}",
        "previous": _url(wanted, page=page - 1) if page > 1 else "",
        "following": _url(wanted, page=page + 1) if total > first + PAGE else "",
    }


def _url(wanted: Wanted, **changed: str | int) -> str:
    said: dict[str, str | int] = {
        "way": wanted.direction.value,
        "year": wanted.year,
        "q": wanted.query,
    }
    return "?" + urlencode({name: value for name, value in (said | changed).items() if value})
