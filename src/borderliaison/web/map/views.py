"""What the script of a map fetches: its ground, what is on it, and a card of what is chosen."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from borderliaison.correspondence.at_work import acting_of
from borderliaison.feed.cursors import cursors
from borderliaison.forms.load import known_forms, load_form
from borderliaison.kernel.ids import OfficeCode
from borderliaison.web.board.filters import read_filters
from borderliaison.web.board.happenings import View
from borderliaison.web.board.levels import level_of, offices_of
from borderliaison.web.map import layers
from borderliaison.web.map.card import card_of_events, card_of_office
from borderliaison.web.map.events import happened
from borderliaison.web.map.frame import frame as frame_of_node
from borderliaison.web.map.serving import serve_part
from borderliaison.web.map.signs import offices_on_map

MAX_IN_CARD = 20
MAX_CODE = 40


@require_GET
def frame(_request: HttpRequest) -> HttpResponse:
    """Return what every map stands on."""
    return JsonResponse(frame_of_node())


@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Return offices, links and events, filtered as the board; with ``after``, only newer events."""
    acting = acting_of(request)
    office = OfficeCode(acting.author.office)
    level = level_of(office)
    filters = read_filters(request.GET, level)
    view = View(acting, filters, offices_of(level.scope, office), timezone.now())
    account = request.user.pk or 0
    after = cursors().open(request.GET.get("after", ""), account)
    found = happened(view, after)
    lang = get_language() or "en"
    return JsonResponse(
        {
            "offices": offices_on_map(acting, linked_only=after is not None),
            "kinds": [_kind(one, lang) for one in found.forms],
            "events": found.rows,
            "whole": after is None,
            "after": cursors().seal(found.newest, account),
            "since": int(filters.since(view.now).timestamp()),
            "until": int(view.now.timestamp()),
            "left_out": found.left_out,
        }
    )


def _kind(form_id: str, lang: str) -> dict[str, str]:
    if form_id not in known_forms():
        return {"form": form_id, "name": form_id, "icon": "file-text"}
    form = load_form(form_id, known_forms()[form_id][-1])
    return {"form": form_id, "name": form.label.text(lang), "icon": form.icon}


@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """Return the offices alone, for a map of something else."""
    return JsonResponse({"offices": offices_on_map(acting_of(request))})


@require_GET
def card(request: HttpRequest) -> HttpResponse:
    """Return in words what was chosen: an office, or reports that happened at one place."""
    acting, lang = acting_of(request), get_language() or "en"
    office = request.GET.get("office", "")[:MAX_CODE]
    if office:
        shown = card_of_office(OfficeCode(office), acting)
        if shown is None:
            raise Http404
        return render(request, "web/map/office.html", {"office": shown})
    keys = request.GET.getlist("event")[:MAX_IN_CARD]
    more = request.GET.get("more", "")
    context = {
        "events": card_of_events(keys, acting, lang),
        "more": int(more) if more.isdecimal() and len(more) < 6 else 0,
    }
    return render(request, "web/map/events.html", context)


@require_GET
def provinces(_request: HttpRequest) -> HttpResponseBase:
    """Return the provinces that an administrator has loaded."""
    found = layers.provinces(settings.NODE.directory)
    if found is None:
        raise Http404
    return HttpResponse(found.path.read_bytes(), content_type="application/geo+json")


@require_GET
def tiles(request: HttpRequest) -> HttpResponseBase:
    """Return a part of the tiles that an administrator has loaded."""
    found = layers.tiles(settings.NODE.directory)
    if found is None:
        raise Http404
    return serve_part(request, found.path, "application/octet-stream")
