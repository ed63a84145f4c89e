"""The parts of a board as text, made once for each place in the feed.

The feed, the hours and the offices are the same for all who may read the same; what needs action, and what
is new, is one officer's.
"""

import hashlib
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from borderliaison.correspondence.people import AUTHORISING, WRITING
from borderliaison.correspondence.shown.needing import needs_of
from borderliaison.correspondence.shown.needs_shown import MAX_SHOWN, NeedList, show_needs
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.web.board.choices import Choices, choices_of, span_words
from borderliaison.web.board.drawn import draw, draw_bars, draw_entries
from borderliaison.web.board.feed import Feed, feed_of, unread_of
from borderliaison.web.board.gaps import gaps_of
from borderliaison.web.board.happenings import View, left_out
from borderliaison.web.board.hours import Hours, hours_of
from borderliaison.web.board.kept import kept, place_of
from borderliaison.web.board.levels import Level, Panel
from borderliaison.web.board.offices import OfficeLine, offices_in_view

DOING = "doing"
"""The id of the form through which everything on the page is posted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part, drawn; by its digest a page knows whether it has it already."""

    html: SafeString
    digest: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What everybody sees who may read the same."""

    feed: Feed
    hours: Hours | None
    lines: tuple[OfficeLine, ...]
    left_out: int
    choices: Choices


@dataclass(frozen=True, slots=True)
class Needed:
    """What needs action of one officer, drawn."""

    part: Part
    markings: tuple[Marking, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one officer.

    Attributes:
        before: the key of the row before which the feed begins; empty for the newest.
    """

    view: View
    level: Level
    before: str = ""

    def parts(self) -> tuple[tuple[Part, ...], PageMarking]:
        """Return what is shown, and the strictest marking of it all."""
        acting, lang = self.view.acting, get_language() or "en"
        place = place_of(acting.reader, self.view.now)
        about = (place, acting.reader, lang, self.view.filters, self.before)
        picture = kept(("picture", about), lambda: self._picture(lang))
        unread = frozenset(unread_of(picture.feed, acting))
        feed = kept(("feed", about, unread), lambda: self._feed(picture, unread))
        middle = kept(("middle", about), lambda: self._middle(picture))
        who = (place, acting.reader, acting.author.officer, acting.author.role, lang)
        needed = kept(("needs", who), lambda: self._needed(lang))
        marking = PageMarking.of((*picture.feed.markings, *needed.markings))
        return (feed, middle, needed.part), marking

    def _picture(self, lang: str) -> Picture:
        panels = self.level.panels
        return Picture(
            feed=feed_of(self.view, lang, self.before),
            hours=hours_of(self.view) if Panel.HOURS in panels else None,
            lines=offices_in_view(self.view, lang)
            if self.view.filters.view is Panel.OFFICES
            else (),
            left_out=left_out(self.view),
            choices=choices_of(self.view.filters, self.level, self.view.offices, lang),
        )

    def _feed(self, picture: Picture, unread: frozenset[int]) -> Part:
        in_exercise = self.view.acting.reader.realm.is_exercise
        rows = [
            (one, replace(one.row, is_unread=one.item in unread)) for one in picture.feed.entries
        ]
        filters = self.view.filters
        return _part(
            "web/board/feed.html",
            {
                "rows": draw_entries(rows, self.view.now, in_exercise=in_exercise),
                "feed": picture.feed,
                "older": filters.query(self.level) + f"&before={picture.feed.older}",
                "newest": filters.query(self.level),
                "is_newest": not self.before,
                "left_out": picture.left_out,
                **self._said(picture),
            },
        )

    def _middle(self, picture: Picture) -> Part:
        return _part(
            "web/board/middle.html",
            {
                "hours": picture.hours,
                "bars": draw_bars(picture.hours) if picture.hours else "",
                "lines": picture.lines,
                "page_now": self.view.now,
                **self._said(picture),
            },
        )

    def _said(self, picture: Picture) -> dict[str, object]:
        filters = self.view.filters
        return {
            "filters": filters,
            "query": filters.query(self.level),
            "choices": picture.choices,
            "window": span_words(filters.hours),
            "total": sum(picture.hours.sums.values()) if picture.hours else None,
        }

    def _needed(self, lang: str) -> Needed:
        acting, now = self.view.acting, self.view.now
        needs = needs_of(acting, now)
        shown, gaps = show_needs(needs, acting, lang, now), gaps_of(acting, lang, now)
        if gaps is not None:
            shown = NeedList(
                (*shown.groups, gaps), shown.total + len(gaps.needs), shown.shown + len(gaps.needs)
            )
        acts = acting.author.role in WRITING or acting.author.role in AUTHORISING
        context = {"needs": shown, "post_form": DOING, "acts": acts, "page_now": now}
        markings = tuple(one.item.marking.value for one in needs[:MAX_SHOWN])
        return Needed(_part("web/board/needs.html", context), markings)


def _part(template: str, context: dict[str, object]) -> Part:
    """Draw a part, and write its digest into its first tag."""
    drawn = draw(template, context)
    digest = hashlib.blake2b(drawn.encode(), digest_size=8).hexdigest()
    marked = drawn.replace("<section ", f'<section data-digest="{digest}" ', 1)
    return Part(mark_safe(marked), digest)  # noqa: S308  # drawn by a template
