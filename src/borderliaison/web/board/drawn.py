"""Drawing the parts of the board. The same row is the same text for whoever reads it, so it is kept.

The text depends on the row itself, the language, the zone, the day and the realm: nothing else may stand in
its template.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borderliaison.ui.parts.feed import FeedRow
from borderliaison.web.board.hours import Hour, Hours
from borderliaison.web.board.rows import Entry


def draw_entries(
    entries: list[tuple[Entry, FeedRow]], now: datetime, *, in_exercise: bool
) -> SafeString:
    """Return rows of the feed as items of a list, each under its key."""
    lang, zone = get_language() or "en", str(timezone.get_current_timezone())
    day = timezone.localtime(now).date()
    return format_html_join(
        "",
        '<li data-item="{}" data-office="{}">{}</li>',
        ((one.key, one.office, _row(row, lang, zone, day, in_exercise)) for one, row in entries),
    )


@lru_cache(maxsize=4096)
def _row(row: FeedRow, _lang: str, _zone: str, day: date, in_exercise: bool) -> SafeString:
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    context = {"row": row, "page_now": noon.astimezone(UTC), "in_exercise": in_exercise}
    return draw("ui/components/feed_row.html", context)


def draw_bars(hours: Hours) -> SafeString:
    """Return the bars of all hours. In Python: a template takes longer over them than all else."""
    told = _("urgent %(urgent)s, ask for action %(asking)s, routine %(routine)s")
    return format_html_join(
        "", '<g class="hour{}" data-hour="{}">{}</g>', ((*_hour(one, told),) for one in hours.bars)
    )


def _hour(hour: Hour, told: str) -> tuple[str, str, SafeString]:
    here, there = timezone.localtime(hour.at), timezone.localtime(hour.until)
    when = f"{here:%d.%m. %H:%M}–{there:%H:%M}: {hour.total}"
    said = f"{when} ({told % {kind.value: n for kind, n in hour.numbers.items()}})"
    rects = (
        f'<rect class="hours-{part.kind}" x="{hour.x}%" y="{part.y}"'
        f' width="{hour.width}%" height="{part.height}"></rect>'
        for part in hour.parts
    )
    drawn = mark_safe("".join(rects))  # noqa: S308  # numbers and a word of ours
    return "" if hour.is_chosen else " is-before", said if hour.total else when, drawn


def draw(template: str, context: dict[str, Any]) -> SafeString:
    """Render a part that says nothing of the request."""
    return mark_safe(render_to_string(template, context))  # noqa: S308  # rendered, so escaped
