"""The frame around every page of an officer: what it shows beside the page itself.

Built when the page is rendered, so that a view has said before what its page shows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from borderliaison.accounts.models import Account
from borderliaison.accounts.models import Exercise as KnownExercise
from borderliaison.accounts.services import account_of
from borderliaison.correspondence.people import AUTHORISING, WRITING, Acting, author_of
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.threads import newest_urgent_unread, unread_count, waiting_count
from borderliaison.exchange.progress import Link
from borderliaison.exchange.progress import LinkState as Reach
from borderliaison.exchange.services import links_known_to
from borderliaison.feed.cursors import cursors
from borderliaison.feed.services import last_id_known
from borderliaison.kernel.realm import LIVE
from borderliaison.kernel.remembering import one_look
from borderliaison.markings.pages import page_marking
from borderliaison.markings.services import readable_ids
from borderliaison.offices.services import (
    agency_names,
    counterparts_of,
    office_names,
    zone_of,
)
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.search.standing import new_for
from borderliaison.ui.context import languages
from borderliaison.ui.parts.everything import Search
from borderliaison.ui.parts.guidance import Guidance
from borderliaison.ui.shell import (
    ClockKind,
    ClockZone,
    Exercise,
    LinkState,
    LinkWord,
    LiveAlert,
    NavItem,
    Shell,
    Theme,
)
from borderliaison.web.guidance.pages import guidance_for
from borderliaison.web.guidance.tour import step_at
from borderliaison.wording.marks import page_labels

MAX_LINKS_SHOWN = 3
_WORD = {Reach.UP: LinkWord.LINKED, Reach.SLOW: LinkWord.SLOW, Reach.DOWN: LinkWord.DOWN}


class ShellMiddleware:
    """Gives each page of a signed-in officer its frame."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the frame is built only if the page asks for it.

        The page listens from the last event before its own queries, so that nothing falls between.
        """
        if hasattr(request, "reader"):  # both steps of signing in are shown
            known = readable_ids(request.reader) if request.method == "GET" else None
            heard = None if known is None else last_id_known(known)
            request.frame = cache(lambda: shell_of(request, heard))  # type: ignore[attr-defined]
        with one_look():
            return self.get_response(request)


def shell_of(request: HttpRequest, heard: int | None) -> Shell:
    """Return the frame of this request's page, which listens to events after ``heard``."""
    account = request.user
    if not isinstance(account, Account):
        return Shell()
    acting = Acting(account.reader(), author_of(account))
    lang = get_language() or "en"
    offices = office_names(lang)
    unread = unread_count(acting)
    found = links_known_to(acting.reader)
    known = sorted(found, key=lambda one: (one.state is Reach.UP, one.peer))
    peers = _links(known, short_office_names(lang))
    # What waits is said once: beside its link where that is shown to be down, else in sum.
    said = [link for link in known[:MAX_LINKS_SHOWN] if link.state is Reach.DOWN]
    waiting = sum(link.waiting for link in known if link not in said)
    realm = acting.reader.realm
    return Shell(
        exercise=_exercise(account.exercise),
        marking=page_labels(page_marking(request), acting.author.office, lang),
        office=offices.get(acting.author.office, account.office),
        officer=f"{account.full_name}, {agency_names(lang).get(acting.author.agency, account.agency)}",
        nav=_nav(request, acting, unread),
        links=peers,
        clocks=_clocks(acting, offices),
        waiting=_waiting(waiting),
        unread=unread,
        unread_url=reverse("correspondence:threads"),
        live_alert=live_alert_of(account) if realm.is_exercise else None,
        live_alert_url=reverse("web:live_alert") if realm.is_exercise else "",
        languages=languages(),
        theme=Theme(account.theme),
        sign_out_url=reverse("account_logout"),
        feed_url="/events"
        if heard is None
        else f"/events?after={cursors().seal(heard, account.pk)}",
        everything_url=reverse("web:everything"),
        notice_url=reverse("correspondence:notice"),
        searches=(
            Search(_("Search all correspondence for"), reverse("correspondence:search")),
            Search(_("Search records for"), reverse("records:search")),
        ),
        map_url=reverse("web:map_frame"),
        keys_url=reverse("accounts_single_letters"),
        has_keys=account.single_letter_keys,
        guidance=_guidance(request, account, lang),
        tour=step_at(account, acting, request.path, lang),
        is_demo=settings.NODE.demo,
        now=datetime.now(UTC),
    )


def _guidance(request: HttpRequest, account: Account, lang: str) -> Guidance | None:
    route = request.resolver_match.view_name if request.resolver_match else ""
    return guidance_for(route, account.guidance_put_away, lang)


def _nav(request: HttpRequest, acting: Acting, unread: int) -> tuple[NavItem, ...]:
    held = waiting_count(acting) if acting.author.role in AUTHORISING else 0
    writes = acting.author.role in WRITING
    new = new_for(account_of(request))
    new_words = ngettext("%(n)d new", "%(n)d new", new) % {"n": new}
    unread_words = ngettext("%(n)d unread", "%(n)d unread", unread) % {"n": unread}
    held_words = ngettext("%(n)d waits", "%(n)d wait", held) % {"n": held}
    items = [
        NavItem("board", _("Board"), reverse("web:board"), "layout-dashboard"),
        NavItem("messages", _("Messages"), reverse("correspondence:threads"), "messages",
                unread, unread_words),
        NavItem("new", pgettext("button", "New"), reverse("reports:choose"), "forms"),
        NavItem("authorise", _("Authorise"), reverse("correspondence:waiting"), "writing-sign",
                held, held_words),
        NavItem("records", _("Records"), reverse("records:search"), "user-scan", new, new_words),
        NavItem("charts", _("Charts"), reverse("charts:list"), "chart-dots-3", is_on_phone=False),
        NavItem("offices", _("Offices"), reverse("offices:list"), "building-community"),
        NavItem("health", _("Health"), reverse("web:health"), "heart-rate-monitor", is_foot=True,
                is_on_phone=False),
        NavItem("me", _("Me"), reverse("accounts_me"), "user-circle", is_foot=True),
    ]  # fmt: skip
    hidden = {"new"} if not writes else set()
    hidden |= {"authorise"} if acting.author.role not in AUTHORISING else set()
    return tuple(
        replace(one, is_current=_is_current(request.path, one.url))
        for one in items
        if one.key not in hidden
    )


def _is_current(path: str, url: str) -> bool:
    return path == url or path.startswith(url if url.endswith("/") else f"{url}/")


def _links(known: list[Link], offices: dict[str, str]) -> tuple[LinkState, ...]:
    return tuple(
        LinkState(offices.get(one.peer, one.peer), _WORD[one.state], link_words(one))
        for one in known[:MAX_LINKS_SHOWN]
    )


def link_words(link: Link) -> str:
    """Say how a link is: its latency, or since when it is down and what waits."""
    if link.state is Reach.DOWN:
        words = _("down since %(time)s") % {
            "time": date_format(timezone.localtime(link.since), "H:i")
        }
        if link.waiting:
            words += ", " + _waiting(link.waiting)
        return words
    return _("%(n)d ms") % {"n": link.latency_ms} if link.latency_ms is not None else ""


def _waiting(number: int) -> str:
    return (
        ngettext("%(n)d letter waits", "%(n)d letters wait", number) % {"n": number}
        if number
        else ""
    )


def _clocks(acting: Acting, offices: dict[str, str]) -> tuple[ClockZone, ...]:
    own = acting.author.office
    clocks = [
        ClockZone(ClockKind.LOCAL, offices.get(own, own), zone_of(own)),
        ClockZone(ClockKind.UTC, "UTC", "UTC"),
    ]
    for office in counterparts_of(own)[:1]:
        if zone_of(office) != zone_of(own):
            clocks.append(
                ClockZone(ClockKind.COUNTERPART, offices.get(office, office), zone_of(office))
            )
    return tuple(clocks)


def _exercise(known: KnownExercise | None) -> Exercise | None:
    if known is None:
        return None
    when = {"when": date_format(timezone.localtime(known.ended_at), "j E H:i")}
    period = _("until %(when)s") if known.is_open else _("ended %(when)s, to be read only")
    return Exercise(known.title, period % when, reverse("accounts_leave_exercise"))


def live_alert_of(account: Account) -> LiveAlert | None:
    """Return the newest urgent item of live work that the same officer, live, has not opened."""
    live = Acting(account.reader(LIVE), author_of(account))
    item = newest_urgent_unread(live)
    if item is None:
        return None
    lang = get_language() or "en"
    shown = brief(item, lang)
    office = short_office_names(lang).get(item.office, item.office)
    about = shown.title or shown.summary or item.title
    text = f"{shown.kind}, {office}: {about}" if shown.kind else f"{office}: {about}"
    thread = reverse("correspondence:thread", args=[item.thread.key])
    return LiveAlert(text, thread, reverse("accounts_leave_exercise"), item.key)
