"""What has changed in the records since somebody looked: which sources, or officers' judgements.

Who keeps something of the records in memory remembers the place up to which he has read, and asks for what
came after it. A change is noted in the transaction that makes it, and those pages are told of it that are
open for whoever may read what changed: not what it was, only that they should look again.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Final

from django.db.models import Max

from borderliaison.feed.services import announce_all
from borderliaison.records.models import Change
from borderliaison.sql.settling import settled, settled_place
from borderliaison.sql.statements import rows

JUDGEMENTS: Final = 0
"""Stands among the sources for what officers judge to be the same or different."""
BEGINNING: Final = 0
_AFTER: Final = "SELECT id, source FROM records_change WHERE id > %s"


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a place.

    Attributes:
        place: up to which this tells; to be asked from the next time.
        sources: the numbers of those that were written or withdrawn; ``JUDGEMENTS`` among them.
    """

    place: int
    sources: Set[int]


def note(source: int = JUDGEMENTS, markings: Iterable[int] = ()) -> None:
    """Note that a source has changed, or that officers judged.

    Args:
        source: its number.
        markings: the numbers of those under which stands what changed, as it was and as it is.
    """
    Change.objects.filter(source=source).delete()
    Change.objects.create(source=source)
    announce_all(("records", "", one) for one in sorted(set(markings)))


def place_now() -> int:
    """Return the place up to which nothing can come in between any more."""
    found = Change.objects.filter(settled(Change)).aggregate(last=Max("pk"))["last"]
    return BEGINNING if found is None else int(found)


def changed_after(place: int) -> Set[int]:
    """Return the sources that changed after a place, also where others may still come in between."""
    return frozenset(Change.objects.filter(pk__gt=place).values_list("source", flat=True))


def changes_since(place: int) -> Changes:
    """Return what changed after a place, as far as nothing can come in between any more."""
    last = settled_place(Change)
    found = rows(_AFTER, place) if last is None else rows(f"{_AFTER} AND id <= %s", place, last)
    upto = max((pk for pk, _ in found), default=place)
    return Changes(upto, frozenset(source for _, source in found))
