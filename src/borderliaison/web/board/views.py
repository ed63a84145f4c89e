"""The board as a page, and its parts for a page that is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.people import WRITING
from borderliaison.kernel.ids import OfficeCode
from borderliaison.markings.pages import mark_page
from borderliaison.offices.short_names import short_office_names
from borderliaison.web.board.choices import level_words
from borderliaison.web.board.filters import read_filters
from borderliaison.web.board.happenings import View
from borderliaison.web.board.kept import kept
from borderliaison.web.board.levels import Level, level_of, offices_of
from borderliaison.web.board.parts import DOING, Board, Which
from borderliaison.wording.marks import page_labels

MAX_KEY = 32


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the board of the officer's own level, as its address wants it."""
    shown = board_for(request)
    parts, marking = shown.parts()
    mark_page(request, marking)
    acting, lang = shown.view.acting, get_language() or "en"
    own = acting.author.office
    context = {
        "parts": parts,
        "query": shown.view.filters.query(shown.level),
        "office": short_office_names(lang).get(own, own),
        "level": level_words(shown.level, len(shown.view.offices)),
        "can_write": acting.author.role in WRITING,
        "post_form": DOING,
    }
    return render(request, "web/board/board.html", context)


@require_GET
def parts(request: HttpRequest) -> HttpResponse:
    """Return the parts that a page does not have yet; it names those it has by their digests.

    Which of them it asks for at once it may say with ``part``: without it, all.
    """
    shown = board_for(request)
    asked = [one for one in Which if one in request.GET.getlist("part")]
    found, marking = shown.parts(asked or tuple(Which))
    had = set(request.GET.getlist("have"))
    fresh = [one for one in found if one.digest not in had]
    if not fresh:
        return HttpResponse(status=204)
    labels = page_labels(marking, shown.view.acting.author.office, get_language() or "en")
    return HttpResponse(
        render_to_string("web/board/parts.html", {"parts": fresh, "marking": labels})
    )


def board_for(request: HttpRequest) -> Board:
    """Return the board that a request asks for."""
    acting, now = acting_of(request), timezone.now()
    minute, office = now.replace(second=0, microsecond=0), OfficeCode(acting.author.office)
    level, offices = kept(("level", office, minute), lambda: _level_and_offices(office))
    view = View(acting, read_filters(request.GET, level), offices, now)
    return Board(view, level, request.GET.get("before", "")[:MAX_KEY])


def _level_and_offices(office: OfficeCode) -> tuple[Level, frozenset[OfficeCode]]:
    level = level_of(office)
    return level, offices_of(level.scope, office)
