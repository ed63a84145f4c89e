"""What happened, as rows for the map: the newest that a view shows, or what came since a page looked last.

A report that was corrected stands there as it was corrected. What a reader may not read is not there, and
is not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from borderliaison.correspondence.models import Item
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.offices.places import places_of_crossings
from borderliaison.reports.models import Place
from borderliaison.reports.places import URGENCIES
from borderliaison.web.board.happenings import View, items_in

MAX_EVENTS: Final = 20_000
"""What a browser draws with ease; how many more there are is said."""
OVERLAP: Final = 64
"""How many lines a later look goes back: on PostgreSQL they may commit out of order."""
_PRESSING: Final = URGENCIES[:2]
_COLUMNS: Final = (
    "pk",
    "item__key",
    "crossing",
    "latitude",
    "longitude",
    "form",
    "urgency",
    "item__corrects",
)

Row = list[Any]
"""Key, longitude, latitude, seconds since 1970, number of the kind, urgency, key of what it corrects."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Events of a view.

    Attributes:
        forms: of the events, by the number of the kind in each row.
        newest: the number of the newest line; where a later look begins.
        left_out: how many more there are than rows.
    """

    rows: list[Row]
    forms: tuple[str, ...]
    newest: int
    left_out: int


def happened(view: View, after: int | None = None) -> Happened:
    """Return the events of a view that have a place.

    Args:
        view: whose, and which.
        after: only what was noted after this number, and some before it.
    """
    reader = view.acting.reader
    newest = _newest(reader)
    found = _in(view)
    if after is not None:
        found = found.filter(pk__gt=after - OVERLAP)
    wanted = found.annotate(came_at=Coalesce("item__arrived_at", "item__created_at"))
    lines = list(wanted.order_by("-pk").values_list(*_COLUMNS, "came_at")[:MAX_EVENTS])
    left_out = found.count() - len(lines) if len(lines) == MAX_EVENTS else 0
    forms = tuple(dict.fromkeys(line[5] for line in lines))
    return Happened(_rows(lines, forms), forms, newest, left_out)


def _newest(reader: Reader) -> int:
    known = Place.objects.readable_by(reader).order_by("-pk")
    return known.values_list("pk", flat=True).first() or 0


def _in(view: View) -> MarkedQuerySet[Place]:
    reader = view.acting.reader
    corrected = Item.objects.readable_by(reader).exclude(corrects="").values("corrects")
    shown: QuerySet[Item] = items_in(view)
    places = Place.objects.readable_by(reader).filter(item__in=shown)
    return places.exclude(item__key__in=corrected)


def _rows(lines: Sequence[tuple[Any, ...]], forms: Sequence[str]) -> list[Row]:
    crossings = places_of_crossings()
    numbers = {form: number for number, form in enumerate(forms)}
    rows = []
    for _pk, key, crossing, latitude, longitude, form, urgency, corrects, came_at in lines:
        at = (longitude, latitude)
        if None in at:
            stand = crossings.get(crossing)
            if stand is None:
                continue
            at = (stand.longitude, stand.latitude)
        pressing = _PRESSING.index(urgency) if urgency in _PRESSING else len(_PRESSING)
        rows.append([key, *at, int(came_at.timestamp()), numbers[form], pressing, corrects])
    return rows
