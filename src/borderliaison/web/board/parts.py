"""The parts of a board as text, made once for each place in the feed.

The feed, the hours and the offices are the same for all who may read the same; what needs action, and what
is new, is one officer's.
"""

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

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
from borderliaison.web.board.happenings import View
from borderliaison.web.board.hours import hours_of
from borderliaison.web.board.kept import kept, minute_of, place_of
from borderliaison.web.board.levels import Level, Panel
from borderliaison.web.board.offices import offices_in_view
from borderliaison.web.board.tally import Tally, left_out, tally_of

DOING = "doing"
"""The id of the form through which everything on the page is posted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part, drawn; by its digest a page knows whether it has it already.

    Attributes:
        markings: of what it shows.
    """

    html: SafeString
    digest: str
    markings: tuple[Marking, ...] = ()


class Which(StrEnum):
    """Parts that are fetched together."""

    LISTS = "lists"
    """The feed and what needs action: what an event is looked for in first."""
    MIDDLE = "middle"
    """The map or the offices, and the hours."""


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one officer.

    Attributes:
        before: the key of the row before which the feed begins; empty for the newest.
    """

    view: View
    level: Level
    before: str = ""

    def parts(self, which: Sequence[Which] = tuple(Which)) -> tuple[tuple[Part, ...], PageMarking]:
        """Return what is shown, in its order on the page, and the strictest marking of it all."""
        lists, middle = Which.LISTS in which, Which.MIDDLE in which
        place = place_of(self.view.acting.reader, self.view.now)
        found = (
            *([self._feed(place)] if lists else ()),
            *([self._middle(place)] if middle else ()),
            *([self._needed(place)] if lists else ()),
        )
        return found, PageMarking.of([one for part in found for one in part.markings])

    @property
    def _lang(self) -> str:
        return get_language() or "en"

    def _about(self, place: Hashable) -> Hashable:
        """Return what the parts depend on that are the same for all who may read the same."""
        view = self.view
        return place, view.acting.reader, self._lang, view.filters, view.offices, self.before

    def _choices(self) -> Choices:
        view, lang = self.view, self._lang
        question = ("choices", minute_of(view.now), view.filters, self.level, view.offices, lang)
        return kept(question, lambda: choices_of(view.filters, self.level, view.offices, lang))

    def _tally(self, place: Hashable) -> Tally:
        return kept(("tally", self._about(place)), lambda: tally_of(self.view))

    def _feed(self, place: Hashable) -> Part:
        about = self._about(place)
        feed = kept(("rows of", about), lambda: feed_of(self.view, self._lang, self.before))
        unread = frozenset(unread_of(feed, self.view.acting))
        return kept(("feed", about, unread), lambda: self._draw_feed(place, feed, unread))

    def _draw_feed(self, place: Hashable, feed: Feed, unread: frozenset[int]) -> Part:
        in_exercise = self.view.acting.reader.realm.is_exercise
        rows = [(one, replace(one.row, is_unread=one.item in unread)) for one in feed.entries]
        filters, level = self.view.filters, self.level
        context = {
            "rows": draw_entries(rows, self.view.now, in_exercise=in_exercise),
            "feed": feed,
            "older": filters.query(level) + f"&before={feed.older}",
            "newest": filters.query(level),
            "is_newest": not self.before,
            "total": self._tally(place).total,
            "left_out": left_out(self.view),
            **self._said(),
        }
        return _part("web/board/feed.html", context, feed.markings)

    def _middle(self, place: Hashable) -> Part:
        return kept(("middle", self._about(place)), lambda: self._draw_middle(place))

    def _draw_middle(self, place: Hashable) -> Part:
        view, tally = self.view, self._tally(place)
        hours = hours_of(tally) if Panel.HOURS in self.level.panels else None
        is_table = view.filters.view is Panel.OFFICES
        context = {
            "hours": hours,
            "bars": draw_bars(hours) if hours else "",
            "lines": offices_in_view(view, tally, self._lang) if is_table else (),
            "page_now": view.now,
            **self._said(),
        }
        return _part("web/board/middle.html", context)

    def _said(self) -> dict[str, object]:
        filters = self.view.filters
        return {
            "filters": filters,
            "query": filters.query(self.level),
            "choices": self._choices(),
            "window": span_words(filters.hours),
        }

    def _needed(self, place: Hashable) -> Part:
        acting = self.view.acting
        who = (acting.reader, acting.author.officer, acting.author.role, self._lang)
        return kept(("needs", place, who), self._draw_needed)

    def _draw_needed(self) -> Part:
        acting, now, lang = self.view.acting, self.view.now, self._lang
        needs = needs_of(acting, now)
        shown, gaps = show_needs(needs, acting, lang, now), gaps_of(acting, lang, now)
        if gaps is not None:
            shown = NeedList(
                (*shown.groups, gaps), shown.total + len(gaps.needs), shown.shown + len(gaps.needs)
            )
        acts = acting.author.role in WRITING or acting.author.role in AUTHORISING
        context = {"needs": shown, "post_form": DOING, "acts": acts, "page_now": now}
        markings = tuple(one.item.marking.value for one in needs[:MAX_SHOWN])
        return _part("web/board/needs.html", context, markings)


def _part(template: str, context: dict[str, object], markings: tuple[Marking, ...] = ()) -> Part:
    """Draw a part, and write its digest into its first tag."""
    drawn = draw(template, context)
    digest = hashlib.blake2b(drawn.encode(), digest_size=8).hexdigest()
    marked = drawn.replace("<section ", f'<section data-digest="{digest}" ', 1)
    return Part(mark_safe(marked), digest, markings)  # noqa: S308  # drawn by a template
