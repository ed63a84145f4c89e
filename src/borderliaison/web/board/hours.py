"""Events per hour: exact numbers, drawn as bars."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from borderliaison.web.board.tally import HOUR, Pressing, Tally

HEIGHT: Final = 64
"""Of the highest bar, in pixels."""
LEAST_HEIGHT: Final = 3
"""Of the smallest part of a bar: one urgent event among hundreds is still seen."""
_NOON: Final = 12


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
        return self.at + HOUR


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


def hours_of(tally: Tally) -> Hours:
    """Return the bars of what was counted."""
    drawn = round((tally.end - tally.begin) / HOUR)
    numbers = [tally.of_hour(tally.begin + place * HOUR) for place in range(drawn)]
    most = max(sum(each.values()) for each in numbers)
    bars = tuple(_bar(tally, place, each, drawn, most) for place, each in enumerate(numbers))
    sums = {kind: sum(one.numbers[kind] for one in bars if one.is_chosen) for kind in Pressing}
    return Hours(
        bars, sums, 100 * (tally.shown_from - tally.begin) / (tally.end - tally.begin), most
    )


def _bar(tally: Tally, place: int, numbers: Mapping[Pressing, int], drawn: int, most: int) -> Hour:
    at = tally.begin + place * HOUR
    local = timezone.localtime(at)
    return Hour(
        at=at,
        numbers=numbers,
        x=round(100 * place / drawn, 3),
        width=round(80 / drawn, 3),
        parts=tuple(_parts(numbers, most)),
        is_chosen=at >= tally.shown_from,
        day=local if local.hour == 0 or (place == 0 and local.hour < _NOON) else None,
        label=f"{local:%H}" if local.hour % 6 == 0 and local.hour and place < drawn - 1 else "",
    )


def _parts(numbers: Mapping[Pressing, int], most: int) -> Iterator[Part]:
    """Yield the parts of a bar from the bottom up: routine below, what is urgent on top."""
    top = HEIGHT
    for kind in reversed(Pressing):
        if numbers[kind]:
            height = max(LEAST_HEIGHT, round(HEIGHT * numbers[kind] / most))
            top -= height
            yield Part(kind, top, height)
