"""How many events a view shows: by hour, by office, and by how pressing they are.

Ten thousand events are counted once a minute; what came since is counted on from there. Three kinds are
told apart, the most pressing first: what is urgent, what asks its readers for something (to open it soon,
or to answer), and everything else.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Final

from django.db.models import CharField, Count, Q
from django.db.models.functions import Cast, Substr

from borderliaison.correspondence.models import Asked, Item
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.web.board.filters import Whose
from borderliaison.web.board.happenings import HAPPENED_AT, View, items_in
from borderliaison.web.board.kept import kept, minute_of

LEAST_HOURS: Final = 72
"""So many hours are counted at least, that a night is seen beside the one before."""
HOUR: Final = timedelta(hours=1)
_OVERLAP: Final = 64
"""How many of the newest items are counted anew each time: on PostgreSQL they may commit out of order."""
_HOUR_DIGITS: Final = len("2026-05-14 21")


class Pressing(StrEnum):
    """How pressing an event is, the most pressing first."""

    URGENT = "urgent"
    ASKING = "asking"
    ROUTINE = "routine"


_Counted = Counter[tuple[str, str, Pressing]]
"""Events by hour (as the database writes its times), office and kind."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted, by whole hours.

    Attributes:
        begin: when the first of them begins, and ``end``: when the last ends.
        shown_from: when the time window of the view begins.
        total: of the time window, and ``by_office`` likewise.
    """

    begin: datetime
    shown_from: datetime
    end: datetime
    total: int
    by_office: Mapping[str, int]
    by_hour: Mapping[tuple[str, Pressing], int]

    def of_hour(self, at: datetime) -> dict[Pressing, int]:
        """Return the numbers of the hour that begins then."""
        return {kind: self.by_hour.get((_written(at), kind), 0) for kind in Pressing}


def tally_of(view: View) -> Tally:
    """Count what a view shows."""
    end = view.now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
    begin = end - max(view.filters.hours, LEAST_HOURS) * HOUR
    shown_from = end - view.filters.hours * HOUR
    question = ("settled", minute_of(view.now), view.acting.reader, view.filters, view.offices)
    upto, settled = kept(question, partial(_settled, view, begin))
    by_office, by_hour = Counter[str](), Counter[tuple[str, Pressing]]()
    for (hour, office, kind), number in (settled + _count(view, begin, Q(pk__gt=upto))).items():
        by_hour[hour, kind] += number
        if hour >= _written(shown_from):
            by_office[office] += number
    return Tally(begin, shown_from, end, by_office.total(), by_office, by_hour)


def left_out(view: View) -> int:
    """Return how many events of other offices a view of the level does not show."""
    filters = view.filters
    if filters.whose is Whose.ALL or filters.office or filters.country:
        return 0
    everywhere = replace(view, filters=replace(filters, whose=Whose.ALL))
    return tally_of(everywhere).total - tally_of(view).total


def _settled(view: View, begin: datetime) -> tuple[int, _Counted]:
    """Count all but the newest; return the number of the last item that is counted, too."""
    numbers = (
        Item.objects.readable_by(view.acting.reader).order_by("-pk").values_list("pk", flat=True)
    )
    upto = max(0, (numbers.first() or 0) - _OVERLAP)
    return upto, _count(view, begin, Q(pk__lte=upto))


def _count(view: View, begin: datetime, which: Q) -> _Counted:
    """Count in the database: ten thousand events are some hundred rows."""
    asked = Asked.objects.readable_by(view.acting.reader).filter(asked_at__gte=begin)
    asking = Q(acknowledge_by__isnull=False) | Q(pk__in=asked.values("item_id"))
    items: MarkedQuerySet[Item] = items_in(view, begin).filter(which)
    hour = Substr(Cast(HAPPENED_AT, CharField()), 1, _HOUR_DIGITS)
    rows = items.annotate(hour=hour, asks=asking).order_by()
    found = _Counted()
    for at, office, urgent, asks, number in rows.values_list(
        "hour", "office", "urgent", "asks"
    ).annotate(number=Count("pk")):
        kind = Pressing.URGENT if urgent else Pressing.ASKING if asks else Pressing.ROUTINE
        found[at, office, kind] += number
    return found


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H}"
