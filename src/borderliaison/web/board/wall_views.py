"""The wall as a page, what of it is new, and keeping it up for weeks."""

from functools import cache
from typing import Any

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison import __version__
from borderliaison.accounts.errors import TooManyTokens
from borderliaison.accounts.middleware import to_sign_in
from borderliaison.accounts.models import Account
from borderliaison.accounts.services import account_of
from borderliaison.accounts.tokens import MAX_ACTIVE
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import office_names, zone_of
from borderliaison.ui import manifest
from borderliaison.ui.shell import ClockKind, ClockZone, Exercise, Shell, Theme
from borderliaison.web.board.filters import read_filters
from borderliaison.web.board.happenings import View
from borderliaison.web.board.levels import level_of, offices_of
from borderliaison.web.board.screens import DAYS, keep_screen, officer_of_screen
from borderliaison.web.board.wall import Wall, wall_of
from borderliaison.wording.marks import page_labels


@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wall to whoever is signed in, or on a screen that is kept up."""
    officer = _officer(request)
    if officer is None:
        return to_sign_in(request)
    with translation.override(officer.language), timezone.override(zone_of(officer.office)):
        return render(request, "web/board/wall.html", _page(request, officer))


@require_GET
def wall_parts(request: HttpRequest) -> HttpResponse:
    """Return what the wall shows now; 401 where its sign-in has ended."""
    officer = _officer(request)
    if officer is None:
        return HttpResponse(status=401)
    with translation.override(officer.language), timezone.override(zone_of(officer.office)):
        answer = HttpResponse(
            render_to_string("web/board/wall_parts.html", _shown(request, officer))
        )
    answer.headers["Blo-Build"] = build()
    return answer


@require_POST
def keep_wall(request: HttpRequest) -> HttpResponse:
    """Keep the wall up in this browser, and sign the officer out of it."""
    account = account_of(request)
    to = reverse("web:wall") + request.POST.get("view", "")[:300]
    answer = redirect(to if to.startswith(reverse("web:wall") + "?") else reverse("web:wall"))
    try:
        keep_screen(
            answer,
            account,
            _("Wall, opened %(day)s") % {"day": f"{timezone.localtime():%d.%m.%Y %H:%M}"},
        )
    except TooManyTokens:
        words = _("You have %(most)d tokens in use, as many as one may have. Revoke one first.")
        messages.error(request, words % {"most": MAX_ACTIVE})
        return redirect("accounts_tokens")
    auth.logout(request)
    return answer


@cache
def build() -> str:
    """Return what changes with a new version of the page: it tells an open wall to load itself anew."""
    return f"{__version__} {manifest.url('src/main.ts')}"


def _officer(request: HttpRequest) -> Account | None:
    """Return whose wall it is: of who is signed in with both steps, else of the screen."""
    if hasattr(request, "reader") and isinstance(request.user, Account):
        return request.user
    return officer_of_screen(request)


def _page(request: HttpRequest, officer: Account) -> dict[str, Any]:
    lang, zone = get_language() or "en", zone_of(officer.office)
    shown = _shown(request, officer)
    found: Wall = shown["wall"]
    known = officer.exercise
    office = office_names(lang).get(officer.office, officer.office)
    return {
        **shown,
        "shell": Shell(
            exercise=Exercise(known.title) if known is not None else None,
            marking=page_labels(found.marking, OfficeCode(officer.office), lang),
            office=office,
            clocks=(
                ClockZone(ClockKind.LOCAL, office, zone),
                ClockZone(ClockKind.UTC, "UTC", "UTC"),
            ),
            theme=Theme(officer.theme),
        ),
        "build": build(),
        "days": DAYS,
        "is_signed_in": hasattr(request, "reader"),
        "view": request.GET.urlencode(),
    }


def _shown(request: HttpRequest, officer: Account) -> dict[str, Any]:
    office = OfficeCode(officer.office)
    level = level_of(office)
    acting, now = Acting(officer.reader(), author_of(officer)), timezone.now()
    filters = read_filters(request.GET, level)
    view = View(acting, filters, offices_of(level.scope, office), now)
    return {"wall": wall_of(view), "page_now": now}
