"""What the script of a chart fetches: the chart itself, what it is spread by, and a version's saving."""

from datetime import date, datetime, time

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.charts.kept.content import MAX_ITEMS
from borderliaison.charts.kept.keeping import keep_as_new, save_version
from borderliaison.charts.network.finding import (
    MAX_DEPTH,
    MAX_WAYS,
    USUAL_WAYS,
    WHAT,
    Wish,
    found,
)
from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.kinds import item_kinds, kinds_around, link_kinds
from borderliaison.charts.network.measuring import MAX_LINKS, measures_of
from borderliaison.charts.network.omitting import Omitted
from borderliaison.charts.network.places import places_of
from borderliaison.charts.network.sayings import told_of
from borderliaison.charts.network.spreading import MAX_AT_ONCE, By, expanded
from borderliaison.charts.shown.answered import answered, told
from borderliaison.charts.shown.asking import Question
from borderliaison.charts.shown.for_what import for_what
from borderliaison.charts.shown.pages import opened_by
from borderliaison.records.graph.measures.measuring import Measure
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.found.finding import find as find_records
from borderliaison.records.search.question.asked import read_asked
from borderliaison.records.shown.dossier import dossier_of
from borderliaison.records.shown.purpose import note_look
from borderliaison.records.shown.signs import icon_of
from borderliaison.records.shown.views import profile_of
from borderliaison.records.shown.words import name_of

_USUAL_LIMIT = 25
_MAX_GAP_DAYS = 3650
_MOST_HITS = 12


@require_GET
@answered
def data(request: HttpRequest, key: str) -> HttpResponse:
    """Return a chart: what was saved, and what the officer may know of it now."""
    account = account_of(request)
    opened = opened_by(account, key, request.GET.get("version", ""))
    for_what(request)
    content = opened.version.content
    keys = [one["key"] for one in content["items"]]
    piece = gathered(account.reader(), keys, (), get_language() or "en")
    return told({"content": content, "number": opened.version.number, **piece.as_data()})


@require_POST
@answered
def gather(request: HttpRequest) -> HttpResponse:
    """Return records by their keys, with their links to what is shown."""
    for_what(request)
    asked = Question(request)
    piece = gathered(
        reader_of(request), asked.keys("keys"), asked.keys("shown"), get_language() or "en"
    )
    return told(piece.as_data())


@require_POST
@answered
def expand(request: HttpRequest) -> HttpResponse:
    """Return what is linked to some items, at most so many, and how many more there are."""
    for_what(request)
    asked = Question(request)
    piece = expanded(
        reader_of(request),
        asked.keys("keys"),
        asked.keys("shown"),
        asked.number("limit", 1, MAX_AT_ONCE, _USUAL_LIMIT),
        get_language() or "en",
        by=By(
            frozenset(asked.choices("links", link_kinds())),
            frozenset(asked.choices("items", item_kinds())),
            _begin_of(asked.day("since")),
            _end_of(asked.day("until")),
        ),
    )
    return told(piece.as_data())


@require_POST
@answered
def kinds(request: HttpRequest) -> HttpResponse:
    """Return of what kinds that is which is linked to some items and not on the chart yet."""
    for_what(request)
    asked = Question(request)
    lang = get_language() or "en"
    found = kinds_around(reader_of(request), asked.keys("keys"), asked.keys("shown"), lang)
    return told(found.as_data())


@require_POST
@answered
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Save a version; say its number and when."""
    opened_by(account_of(request), key)
    asked = Question(request)
    version = save_version(
        account_of(request),
        key,
        asked.number("base", 0, 10**6, 0),
        asked.text("name"),
        asked.part("content"),
    )
    return JsonResponse(
        {"number": version.number, "name": version.name, "at": int(version.saved_at.timestamp())}
    )


@require_POST
@answered
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Save what the officer made of a chart as a new one of his, under its marking; say where that is."""
    account = account_of(request)
    version = opened_by(account, key, request.GET.get("version", "")).version
    asked = Question(request)
    made = keep_as_new(account, asked.text("name"), asked.part("content"), version)
    return JsonResponse({"url": reverse("charts:chart", args=[made.key])})


@require_POST
@answered
def find(request: HttpRequest) -> HttpResponse:
    """Return what was looked for, as far as the officer may know it."""
    for_what(request)
    asked = Question(request)
    wish = Wish(
        what=asked.choice("what", WHAT),
        keys=tuple(asked.keys("keys")),
        shown=tuple(asked.keys("shown")),
        depth=asked.number("depth", 1, MAX_DEPTH, 2),
        around_places=asked.flag("around_places"),
        in_time=asked.flag("in_time"),
        gap_days=asked.number("gap_days", 0, _MAX_GAP_DAYS, 0) if asked.has("gap_days") else None,
        limit=asked.number("limit", 1, MAX_WAYS, USUAL_WAYS),
        without=Omitted(
            tuple(asked.keys("without")),
            tuple(asked.choices("without_items", item_kinds())),
            tuple(asked.choices("without_links", link_kinds())),
        ),
    )
    return told(found(reader_of(request), wish, get_language() or "en").as_data())


@require_POST
@answered
def places(request: HttpRequest) -> HttpResponse:
    """Return where items were, in the order of time."""
    for_what(request)
    found = places_of(reader_of(request), Question(request).keys("keys"), get_language() or "en")
    return JsonResponse({"places": found})


@require_POST
@answered
def measures(request: HttpRequest) -> HttpResponse:
    """Measure a network of bare numbers, as the page shows it; all where no measure is named."""
    asked = Question(request)
    count = asked.number("count", 0, MAX_ITEMS, 0)
    links = asked.pairs("links", count, MAX_LINKS)
    wanted = asked.choices("measures", list(Measure)) or list(Measure)
    return JsonResponse(measures_of(count, links, [Measure(one) for one in wanted]))


@require_GET
@answered
def item(request: HttpRequest, key: str, record: str) -> HttpResponse:
    """Show what is said of an item of a chart, and who says it."""
    opened_by(account_of(request), key)
    reader, lang = reader_of(request), get_language() or "en"
    profile = profile_of(reader, record)
    for_what(request)
    note_look(request, profile)
    return render(request, "charts/item.html", {"one": dossier_of(reader, profile, lang)})


@require_GET
@answered
def link(request: HttpRequest, key: str, begin: str, end: str) -> HttpResponse:
    """Show who says that two items of a chart are linked."""
    opened_by(account_of(request), key)
    told = told_of(reader_of(request), begin, end, get_language() or "en")
    if told is None:
        raise Http404
    for_what(request)
    return render(request, "charts/link.html", {"told": told})


@require_GET
@answered
def search(request: HttpRequest) -> HttpResponse:
    """Return the records that what was typed finds, to be put on a chart."""
    for_what(request)
    asked, reader = read_asked({"q": request.GET.get("q", "")}), reader_of(request)
    lang = get_language() or "en"
    groups = find_records(reader, asked.wanted()).groups if asked.q else ()
    known = profiles(reader, [group[0] for group in groups[:_MOST_HITS]])
    hits = [
        (one.key, icon_of(one.schema), name_of(one, lang), one.kind.label.text(lang))
        for one in {one.key: one for one in known.values()}.values()
    ]
    return render(request, "charts/found.html", {"hits": hits, "more": len(groups) - len(hits)})


def _begin_of(day: date | None) -> datetime | None:
    """Return when a day begins by the office's clock."""
    return None if day is None else make_aware(datetime.combine(day, time.min))


def _end_of(day: date | None) -> datetime | None:
    """Return the last minute of a day by the office's clock."""
    return None if day is None else make_aware(datetime.combine(day, time(23, 59)))
