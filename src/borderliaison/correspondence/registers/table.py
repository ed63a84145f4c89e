"""A register as a table for a spreadsheet: text by semicolons, marked in its first line."""

import csv
from collections.abc import Iterable
from datetime import UTC
from io import StringIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.registers.models import Direction
from borderliaison.correspondence.registers.shown import ShownLine

BYTE_ORDER_MARK = "\ufeff"
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AT = "%Y-%m-%d %H:%M"


def table(lines: Iterable[ShownLine], direction: Direction, marking: str) -> str:
    """Return a table of lines.

    Args:
        lines: in the order in which they are to stand.
        direction: which register it is.
        marking: the strictest marking of all lines, in words.
    """
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    rows = csv.writer(text, delimiter=";")
    for row in ([marking], _head(direction), *map(_row, lines)):
        rows.writerow([_plain(one) for one in row])
    return text.getvalue()


def _head(direction: Direction) -> list[str]:
    came = direction is Direction.INCOMING
    return [
        pgettext("register", "Number"),
        _("Registered, local time"),
        _("Registered, UTC"),
        pgettext("register", "From") if came else pgettext("register", "To"),
        pgettext("register", "Kind"),
        pgettext("register", "Subject"),
        _("Their number") if came else _("Report number"),
        pgettext("register", "Status"),
    ]


def _row(one: ShownLine) -> list[str]:
    return [
        one.number,
        timezone.localtime(one.at).strftime(_AT),
        one.at.astimezone(UTC).strftime(_AT),
        one.offices,
        one.kind,
        one.subject,
        one.report,
        one.standing.words if one.standing else "",
    ]


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking what somebody wrote for a formula."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
