"""Times as officers read them: local, then UTC; a date wherever it is not today's."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date

MONTH_LETTERS = 3


@dataclass(frozen=True, slots=True)
class TimeFace:
    """A moment in the words of a page: "21:41", "15:41", each with its date where it needs one."""

    iso: str
    local: str
    local_date: str
    utc: str
    utc_date: str


def face(moment: datetime, now: datetime, *, seconds: bool = False) -> TimeFace:
    """Say a moment in the current zone and in UTC.

    Args:
        moment: aware.
        now: the present: its day needs no date.
        seconds: whether to the second.
    """
    local, utc = timezone.localtime(moment), moment.astimezone(UTC)
    today = timezone.localtime(now).date()
    clock = "H:i:s" if seconds else "H:i"
    here = "" if local.date() == today else short_day(local, now)
    there = "" if utc.date() == local.date() else short_day(utc, now)
    return TimeFace(
        iso=utc.isoformat(timespec="seconds").replace("+00:00", "Z"),
        local=format_date(local, clock),
        local_date=here,
        utc=format_date(utc, clock),
        utc_date=there,
    )


def short_day(moment: datetime, now: datetime) -> str:
    """Say a day as shortly as it can be understood: "14 May", "21 Nov 2025", "21 ноя"."""
    same_year = moment.year == timezone.localtime(now).year
    # The first letters of the month as it stands in a date: Django's short forms are no genitives.
    day = f"{moment.day} {format_date(moment, 'E')[:MONTH_LETTERS]}"
    return day if same_year else f"{day} {moment.year}"
