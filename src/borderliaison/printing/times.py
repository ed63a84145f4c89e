"""Moments on paper: always with their date, local first, then UTC."""

from datetime import UTC, datetime

from django.utils import timezone

from borderliaison.printing.blocks import Said

DAY = "%d.%m.%Y"
MINUTE = "%d.%m.%Y %H:%M"


def said_at(moment: datetime) -> Said:
    """Return a moment in both times: "12.05.2026 21:41", beside it "15:41 UTC"."""
    return Said(f"{timezone.localtime(moment):{MINUTE}}", note=utc(moment))


def in_a_line(moment: datetime) -> str:
    """Return the same in one line."""
    return f"{timezone.localtime(moment):{MINUTE}} · {utc(moment)}"


def to_the_second(moment: datetime) -> str:
    """Return a step's moment, which stands below others of its day: "12.05. 21:41:03"."""
    return f"{timezone.localtime(moment):%d.%m. %H:%M:%S}"


def utc(moment: datetime) -> str:
    """Return a moment in UTC; its date only where it is another than the local one."""
    there, here = moment.astimezone(UTC), timezone.localtime(moment)
    form = "%H:%M" if there.date() == here.date() else MINUTE
    return f"{there:{form}} UTC".replace(" ", "\N{NO-BREAK SPACE}")
