"""The list of threads in words: what each is about, what was said last, when, and what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.threads import ThreadLine
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.times import short_day

WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A thread in the list, in words.

    Attributes:
        latest: who said what last.
        at: when, in ISO 8601.
        when: short: the hour today, the weekday this week, else the date.
        tone: of its icon: ``red``, ``amber`` or ``grey``.
    """

    key: str
    url: str
    title: str
    icon: str
    latest: str
    at: str
    when: str
    unread: int
    held: int
    tone: str


def show_line(line: ThreadLine, lang: str, now: datetime) -> ShownLine:
    """Return a line of the list in the reader's language."""
    offices = short_office_names(lang)
    first = brief(line.first, lang)
    latest = first if line.latest.pk == line.first.pk else brief(line.latest, lang)
    who = offices.get(line.latest.office, line.latest.office)
    # Of a card the title stands above already: its kind says more.
    said = latest.kind if latest.is_card else latest.summary
    at = line.latest.arrived_at or line.latest.created_at
    return ShownLine(
        key=line.key,
        url=thread_url(line.key),
        title=first.title or line.first.title,
        icon=first.icon or "message",
        latest=f"{who}: {said}" if said else who,
        at=timezone.localtime(at).isoformat(),
        when=short_time(at, now),
        unread=line.unread,
        held=line.held,
        tone=first.tone or "grey",
    )


@lru_cache(maxsize=4096)
def thread_url(key: str) -> str:
    """Return the address of a thread, which is the same for everybody."""
    return reverse("correspondence:thread", args=[key])


def item_url(item: Item) -> str:
    """Return where an item stands in its thread."""
    return f"{thread_url(item.thread.key)}#item-{item.key}"


def short_time(at: datetime, now: datetime) -> str:
    """Say when, as shortly as it can be understood: "21:41", "Mon", "14 May", "14.05.2025"."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    if timedelta(0) < today - local < WEEK:
        return format_date(local, "D")
    return short_day(local, now) if local.year == today.year else f"{local:%d.%m.%Y}"
