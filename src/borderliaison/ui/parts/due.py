"""How long until something is due: far off, in the last quarter, or late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LAST_QUARTER = 0.25
LAST_HOURS = timedelta(hours=1)
"""Where nobody knows since when: the last hour counts as the last quarter."""


class Nearness(StrEnum):
    """How near a deadline is."""

    FAR = "far"
    NEAR = "near"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as it is shown."""

    at: datetime
    nearness: Nearness
    words: str


def span(length: timedelta) -> str:
    """Say a length of time in its two largest units: "3 h 20 min", "2 d 4 h", "18 min"."""
    minutes = max(1, ceil(length.total_seconds() / 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    if days:
        said = ngettext("%(n)d d", "%(n)d d", days) % {"n": days}
        return f"{said} {_('%(n)d h') % {'n': hours}}" if hours else said
    if hours:
        said = _("%(n)d h") % {"n": hours}
        return f"{said} {_('%(n)d min') % {'n': rest}}" if rest else said
    return _("%(n)d min") % {"n": rest}


def due(at: datetime, now: datetime, since: datetime | None = None) -> Due:
    """Say how near a deadline is.

    Args:
        at: the deadline.
        now: the present.
        since: when it was set; the last quarter counts from there.
    """
    if now > at:
        return Due(at, Nearness.LATE, _("%(span)s late") % {"span": span(now - at)})
    left = at - now
    near = left <= (LAST_HOURS if since is None else (at - since) * LAST_QUARTER)
    words = _("in %(span)s") % {"span": span(left)}
    return Due(at, Nearness.NEAR if near else Nearness.FAR, words)
