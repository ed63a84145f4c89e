"""What hangs on the wall: kinds, offices, times, counts; no person, no plate, no text that anybody wrote.

A room has more eyes than one officer's. So a row is made of a few fields that cannot hold more: whoever
adds one decides whether the room may read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from borderliaison.correspondence.shown.needing import Needs, needs_of
from borderliaison.correspondence.shown.needs_shown import SOON
from borderliaison.exchange.progress import LinkState
from borderliaison.exchange.services import links_known_to
from borderliaison.kernel.marking import PageMarking
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.due import span
from borderliaison.ui.parts.receipts import Step
from borderliaison.web.board.choices import span_words
from borderliaison.web.board.feed import feed_of
from borderliaison.web.board.happenings import View
from borderliaison.web.board.hours import Hours, hours_of
from borderliaison.web.board.kept import kept, place_of
from borderliaison.web.board.tally import tally_of

ROWS: Final = 12
"""As many as are legible at 5 m below one another."""
LINKS: Final = 5


@dataclass(frozen=True, slots=True)
class WallRow:
    """One event as a room may see it: when, of what kind, from whom to whom, how far it has come."""

    key: str
    at: datetime
    icon: str
    tone: str
    kind: str
    route: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class WallCount:
    """How many of something need action."""

    words: str
    number: int
    tone: str = ""
    icon: str = "circle-dot"


@dataclass(frozen=True, slots=True)
class WallLink:
    """A link that is not as it should be."""

    office: str
    words: str
    waiting: str
    is_down: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """The whole wall.

    Attributes:
        more_links: how many links beside those shown are not as they should be.
        linked: how many are as they should be.
    """

    rows: tuple[WallRow, ...]
    counts: tuple[WallCount, ...]
    links: tuple[WallLink, ...]
    more_links: int
    linked: int
    hours: Hours
    window: str
    marking: PageMarking


def wall_of(view: View) -> Wall:
    """Return the wall as an officer may see it, made once for each place in the feed."""
    acting, lang = view.acting, get_language() or "en"
    place = place_of(acting.reader, view.now)
    who = (acting.reader, acting.author.officer, acting.author.role, lang, view.filters)
    return kept(("wall", place, who), lambda: _wall_of(view, lang))


def _wall_of(view: View, lang: str) -> Wall:
    feed = feed_of(view, lang)
    known = links_known_to(view.acting.reader)
    bad = [one for one in known if one.state is not LinkState.UP]
    names = short_office_names(lang)
    bad.sort(key=lambda one: (one.state is not LinkState.DOWN, one.since))
    rows = tuple(
        WallRow(
            one.key, one.row.at, one.row.icon or _LINK_ICONS.get(one.row.kind, "message"),
            one.row.tone, one.row.title, one.row.route, one.row.steps,
        )
        for one in feed.entries[:ROWS]
    )  # fmt: skip
    return Wall(
        rows=rows,
        counts=_counts(view),
        links=tuple(
            WallLink(
                office=names.get(one.peer, one.peer),
                words=span(view.now - one.since)
                if one.state is LinkState.DOWN
                else _("slow, %(n)d ms") % {"n": one.latency_ms or 0},
                waiting=_waiting(one.waiting),
                is_down=one.state is LinkState.DOWN,
            )
            for one in bad[:LINKS]
        ),
        more_links=max(0, len(bad) - LINKS),
        linked=len(known) - len(bad),
        hours=hours_of(tally_of(view)),
        window=span_words(view.filters.hours),
        marking=PageMarking.of(feed.markings),
    )


_LINK_ICONS: Final[Mapping[str, str]] = {
    "link_lost": "plug-connected-x",
    "link_slow": "clock",
    "link_back": "plug-connected",
}


def _waiting(number: int) -> str:
    return (
        ngettext("%(n)d letter waits", "%(n)d letters wait", number) % {"n": number}
        if number
        else ""
    )


def _counts(view: View) -> tuple[WallCount, ...]:
    needs = needs_of(view.acting, view.now)
    late = sum(one.is_late(view.now) for one in needs)
    soon = sum(view.now <= one.due_at <= view.now + SOON for one in needs)
    by_kind = {kind: sum(one.needs is kind for one in needs) for kind in Needs}
    return (
        WallCount(_("Late"), late, "red" if late else "", "clock-exclamation"),
        WallCount(_("Due in 4 hours"), soon, "amber" if soon else "", "clock"),
        WallCount(_("Not acknowledged here"), by_kind[Needs.OPEN], icon="eye-off"),
        WallCount(_("Not acknowledged there"), by_kind[Needs.UNOPENED], icon="eye-off"),
        WallCount(_("Requests to answer"), by_kind[Needs.ANSWER], icon="help-circle"),
        WallCount(_("Wait for authorisation"), by_kind[Needs.AUTHORISE], icon="writing-sign"),
    )
