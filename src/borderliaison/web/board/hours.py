"""Events per hour: exact numbers, drawn as bars.

Three kinds are told apart, the most pressing first: what is urgent, what asks its readers for something (to
open it soon, or to answer), and everything else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import CharField, Count, Q
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from borderliaison.correspondence.models import Asked
from borderliaison.web.board.happenings import HAPPENED_AT, View, items_in

LEAST_HOURS: Final = 72
"""So many hours are drawn at least, that a night is seen beside the one before."""
HEIGHT: Final = 64
"""Of the highest bar, in pixels."""
LEAST_HEIGHT: Final = 3
"""Of the smallest part of a bar: one urgent event among hundreds is still seen."""
_HOUR: Final = timedelta(hours=1)
_NOON: Final = 12
_HOUR_DIGITS: Final = len("2026-05-14 21")


class Pressing(StrEnum):
    """How pressing an event is, the most pressing first."""

    URGENT = "urgent"
    ASKING = "asking"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar, in pixels from the top."""

    kind: Pressing
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Hour:
    """One bar.

    Attributes:
        at: when the hour begins.
        x: where its bar stands, and ``width``: in per cent of the drawing.
        is_chosen: whether it is in the time window of the feed.
        day: its day, where a new one begins with it, or where the drawing does.
        label: the hour, where it stands below the bar.
    """

    at: datetime
    numbers: Mapping[Pressing, int]
    x: float
    width: float
    parts: tuple[Part, ...]
    is_chosen: bool
    day: datetime | None = None
    label: str = ""

    @property
    def total(self) -> int:
        """How many events there were."""
        return sum(self.numbers.values())

    @property
    def until(self) -> datetime:
        """When it ends."""
        return self.at + _HOUR


@dataclass(frozen=True, slots=True)
class Hours:
    """The drawing, and the sums of the time window.

    Attributes:
        chosen_x: where the time window begins, in per cent.
        most: the events of the highest bar.
    """

    bars: tuple[Hour, ...]
    sums: Mapping[Pressing, int]
    chosen_x: float
    most: int

    @property
    def busy(self) -> Sequence[Hour]:
        """The hours of the time window in which something happened, the newest first."""
        return [one for one in reversed(self.bars) if one.is_chosen and one.total]


def hours_of(view: View) -> Hours:
    """Count what a view shows, hour by hour."""
    window = view.filters.hours
    end = view.now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + _HOUR
    drawn = max(window, LEAST_HOURS)
    begin = end - drawn * _HOUR
    counted = _counted(view, begin)
    most = max(counted.total_by_hour().values(), default=0)
    chosen_from = end - window * _HOUR
    bars = tuple(
        _bar(begin + place * _HOUR, place, drawn, counted, most, chosen_from)
        for place in range(drawn)
    )
    sums = {kind: sum(one.numbers[kind] for one in bars if one.is_chosen) for kind in Pressing}
    return Hours(bars, sums, 100 * (1 - window / drawn), most)


class _Counted(Counter[tuple[str, Pressing]]):
    """Events by hour, as the database writes its times, and by kind."""

    def total_by_hour(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for (hour, _kind), number in self.items():
            found[hour] += number
        return found


def _counted(view: View, begin: datetime) -> _Counted:
    """Count in the database: ten thousand events are some two hundred rows."""
    asked = Asked.objects.readable_by(view.acting.reader).filter(asked_at__gte=begin)
    asking = Q(acknowledge_by__isnull=False) | Q(pk__in=asked.values("item_id"))
    items = items_in(view, begin).annotate(
        hour=Substr(Cast(HAPPENED_AT, CharField()), 1, _HOUR_DIGITS), asks=asking
    )
    rows = items.order_by().values_list("hour", "urgent", "asks").annotate(number=Count("pk"))
    found = _Counted()
    for hour, urgent, asks, number in rows:
        kind = Pressing.URGENT if urgent else Pressing.ASKING if asks else Pressing.ROUTINE
        found[hour, kind] += number
    return found


def _bar(
    at: datetime, place: int, drawn: int, counted: _Counted, most: int, chosen_from: datetime
) -> Hour:
    numbers = {kind: counted[f"{at:%Y-%m-%d %H}", kind] for kind in Pressing}
    local = timezone.localtime(at)
    return Hour(
        at=at,
        numbers=numbers,
        x=round(100 * place / drawn, 3),
        width=round(80 / drawn, 3),
        parts=tuple(_parts(numbers, most)),
        is_chosen=at >= chosen_from,
        day=local if local.hour == 0 or (place == 0 and local.hour < _NOON) else None,
        label=f"{local:%H}" if local.hour % 6 == 0 and local.hour else "",
    )


def _parts(numbers: Mapping[Pressing, int], most: int) -> Iterator[Part]:
    """Yield the parts of a bar from the bottom up: routine below, what is urgent on top."""
    top = HEIGHT
    for kind in reversed(Pressing):
        if numbers[kind]:
            height = max(LEAST_HEIGHT, round(HEIGHT * numbers[kind] / most))
            top -= height
            yield Part(kind, top, height)
