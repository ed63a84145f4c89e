"""The rows of the feed: what happened, when, from whom to whom, and how far it has come.

A row is made for everybody who may read the same; what one officer has opened is asked for by itself.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from borderliaison.correspondence.models import Item, Opening
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.shown.known import known_of
from borderliaison.correspondence.shown.ladder import Held, LadderRow, Rung, RungState, ladder
from borderliaison.correspondence.shown.listing import thread_url
from borderliaison.correspondence.shown.render import Brief, brief
from borderliaison.correspondence.shown.steps import recipient_of, sentence_of
from borderliaison.correspondence.shown.titles import titles_of
from borderliaison.exchange.progress import Link, LinkState, Waiting
from borderliaison.kernel.marking import Marking
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.feed import FeedRow
from borderliaison.ui.parts.receipts import Step, StepState
from borderliaison.web.board.happenings import View, before, items_in, links_in
from borderliaison.web.board.kept import kept, minute_of, news_of
from borderliaison.web.board.rows import Entry, Rows
from borderliaison.wording.marks import marks_of

SHOWN: Final = 40
"""How many rows stand in the feed at once."""

_FURTHEST: Final = (
    (Rung.ACTED, gettext_lazy("%(n)d of %(all)d acted")),
    (Rung.OPENED, gettext_lazy("%(n)d of %(all)d opened")),
    (Rung.DELIVERED, gettext_lazy("%(n)d of %(all)d delivered")),
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of the feed.

    Attributes:
        older: the key before which the next page begins; empty on the last.
        markings: of all that it shows.
    """

    entries: tuple[Entry, ...]
    older: str
    markings: tuple[Marking, ...]


def feed_of(view: View, lang: str, before_key: str = "") -> Feed:
    """Return the newest rows of a view, or those before one.

    Args:
        view: what is wanted.
        lang: the reader's language.
        before_key: of an item.
    """
    wanted = items_in(view).filter(before(view.acting.reader, before_key)).order_by("-pk")
    # The numbers first: SQLite finds them in their order, and would sort whole items otherwise.
    numbers = list(wanted.values_list("pk", flat=True)[: SHOWN + 1])
    question = ("rows", minute_of(view.now), view.acting.reader, lang)
    news = news_of(view.acting.reader)
    shown = kept(question, Rows).of(numbers[:SHOWN], news, partial(_made, view.acting, lang))
    entries, more = list(shown), len(numbers) > SHOWN
    if not before_key:
        oldest = entries[-1].row.at if more and entries else view.filters.since(view.now)
        links = (_of_link(one, lang) for one in links_in(view))
        entries += (one for one in links if one.row.at >= oldest)
    entries.sort(key=lambda one: (one.row.at, one.item), reverse=True)
    markings = dict.fromkeys(one.marking for one in shown if one.marking is not None)
    older = shown[-1].key if more and shown else ""
    return Feed(tuple(entries), older, tuple(markings))


def unread_of(feed: Feed, acting: Acting) -> Collection[int]:
    """Return which of the items of a feed this officer has not opened."""
    came = {one.item for one in feed.entries if one.item and not one.is_own}
    opened = Opening.objects.filter(officer=acting.author.officer, item__in=came)
    return came.difference(opened.values_list("item_id", flat=True))


def _made(acting: Acting, lang: str, numbers: Sequence[int]) -> dict[int, Entry]:
    found = Item.objects.readable_by(acting.reader).filter(pk__in=numbers).select_related("thread")
    items = list(found.prefetch_related("marking"))
    return {one.item: one for one in _of_items(items, acting, lang)}


def _of_items(items: Sequence[Item], acting: Acting, lang: str) -> Iterator[Entry]:
    known, names = known_of(items, acting), short_office_names(lang)
    titles = titles_of([one for one in items if not one.content.get("form")], acting, lang)
    for item in items:
        line, rows = brief(item, lang), ladder(acting, item, known)
        steps, note = _progress(item, rows, acting, names)
        row = FeedRow(
            at=item.arrived_at or item.created_at,
            kind="message",
            icon=line.icon or "message",
            title=line.kind or _("Message"),
            text=_text(line, titles.get(item.pk, "")) or item.title,
            url=f"{thread_url(item.thread.key)}#item-{item.key}",
            tone=line.tone,
            route=_route(item, rows, acting, names),
            steps=steps,
            note=note,
            marks=marks_of(item.marking.value, acting.author.office, lang),
        )
        about = (item.pk, item.is_own, item.thread.key, item.marking.value)
        yield Entry(item.key, row, item.office, *about)


def _text(line: Brief, about: str) -> str:
    """Say what a row is about: of a message what it says, and about what."""
    if line.is_card or not about:
        return line.title or line.summary
    return f"{about}: {line.summary}" if line.summary else about


def _route(item: Item, rows: Sequence[LadderRow], acting: Acting, names: Mapping[str, str]) -> str:
    """Say from whom to whom: "Dostuk → Bor-Dobo, +1"; the own office stands first."""
    own = acting.author.office
    to = sorted({row.office for row in rows}, key=lambda one: (one != own, one))
    start = names.get(item.office, item.office)
    if not to:
        return start
    more = f", +{len(to) - 1}" if len(to) > 1 else ""
    return f"{start} → {names.get(to[0], to[0])}{more}"


def _progress(
    item: Item, rows: Sequence[LadderRow], acting: Acting, names: Mapping[str, str]
) -> tuple[tuple[Step, ...], str]:
    """Return the short receipts and their words.

    Of what was sent they are of the office that is least far; of what came, of this office alone, and
    then the bars say enough.
    """
    if item.is_own:
        note = _note(rows)
    else:
        rows, note = [row for row in rows if row.office == acting.author.office], ""
    if not rows:
        return (), ""
    steps = [recipient_of(row, acting, names, {}).steps for row in rows]
    return min(steps, key=_done), note


def _note(rows: Sequence[LadderRow]) -> str:
    if any(row.why is Held.AUTHORISATION for row in rows):
        return _("waits for authorisation")
    for rung, words in _FURTHEST:
        number = sum(row.state(rung) is RungState.DONE for row in rows)
        if number:
            return str(words) % {"n": number, "all": len(rows)}
    return ""


def _done(steps: tuple[Step, ...]) -> int:
    return sum(one.state is StepState.DONE for one in steps)


def _of_link(link: Link, lang: str) -> Entry:
    name = short_office_names(lang).get(link.peer, link.peer)
    waiting = (
        ngettext("%(n)d letter waits.", "%(n)d letters wait.", link.waiting) % {"n": link.waiting}
        if link.waiting
        else ""
    )
    why = sentence_of(link.why.label) if link.why is not Waiting.NOTHING else ""
    kind, title, tone = {
        LinkState.DOWN: ("link_lost", _("Link lost"), "red"),
        LinkState.SLOW: ("link_slow", _("Link slow"), "amber"),
        LinkState.UP: ("link_back", _("Link is back"), "green"),
    }[link.state]
    row = FeedRow(
        at=link.since,
        kind=kind,
        title=title,
        route=name,
        tone=tone,
        text=" ".join(one for one in (waiting, why) if one),
    )
    return Entry(f"link-{link.peer}", row, link.peer)
