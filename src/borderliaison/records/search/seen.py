"""Who and what was seen at several crossing points, near to events of a kind.

"All vehicles seen at two crossing points within 3 days of a seizure there."
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Link
from borderliaison.records.resolution.canonical import members

AT: Final = "BorderEvent:crossing"
"""The kind of the links from an event to where it was."""
PASSED: Final = "Crossing"
"""The kind of the links from who passed to where."""
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """Where and when somebody or something was seen.

    Attributes:
        points: at how many crossing points at least.
        near: the kinds of an event that was at the same crossing point; none where any time will do.
        days: how many days before or after it at most.
    """

    points: int = 1
    near: frozenset[str] = frozenset()
    days: int = 3

    @property
    def says_nothing(self) -> bool:
        """Whether everybody and everything is meant."""
        return self.points <= 1 and not self.near


NOWHERE: Final = Seen()
"""Wherever and whenever it was."""


@dataclass(frozen=True, slots=True)
class _Sighting:
    thing: int
    point: int
    at: datetime | None


def seen(reader: Reader, wanted: Seen, kinds: Collection[str]) -> set[int]:
    """Return the numbers of the entities that were seen so; what is one record counts as one.

    Args:
        reader: who asks: of what he may not read he is told nothing.
        wanted: where and when.
        kinds: the schemata of who and what is meant.
    """
    times = _times(reader, wanted.near) if wanted.near else None
    points: dict[int, set[int]] = defaultdict(set)
    for one in _sightings(reader, kinds):
        if times is None or _is_near(one, times, timedelta(days=wanted.days)):
            points[one.thing].add(one.point)
    things, found = sorted(points), set[int]()
    for start in range(0, len(things), _AT_ONCE):
        for group in set(members(reader, things[start : start + _AT_ONCE]).values()):
            if len(set().union(*(points.get(pk, ()) for pk in group))) >= wanted.points:
                found |= set(group)
    return found


def _sightings(reader: Reader, kinds: Collection[str]) -> Iterator[_Sighting]:
    """Yield where things were seen: they passed, or had a part in an event there."""
    links = Link.objects.readable_by(reader)
    where: dict[int, list[tuple[int, datetime | None]]] = defaultdict(list)
    there = links.filter(kind=AT).values_list("begin_id", "end_id", "since")
    for event, point, at in there.iterator():
        where[event].append((point, at))
    involved = links.filter(kind="Involvement", begin__schema__in=kinds)
    for thing, event in involved.values_list("begin_id", "end_id").iterator():
        for point, at in where.get(event, ()):
            yield _Sighting(thing, point, at)
    passed = links.filter(kind=PASSED, begin__schema__in=kinds)
    for thing, point, at in passed.values_list("begin_id", "end_id", "since").iterator():
        yield _Sighting(thing, point, at)


def _times(reader: Reader, kinds: Collection[str]) -> Mapping[int, list[datetime]]:
    """Return when events of these kinds were, by their crossing point, in order."""
    links = Link.objects.readable_by(reader).filter(kind=AT, begin__schema__in=kinds)
    found: dict[int, list[datetime]] = defaultdict(list)
    for point, at in links.values_list("end_id", "since").order_by("since"):
        if at is not None:
            found[point].append(at)
    return found


def _is_near(one: _Sighting, times: Mapping[int, list[datetime]], most: timedelta) -> bool:
    known = times.get(one.point, [])
    if one.at is None or not known:
        return False
    first = bisect_left(known, one.at - most)
    return first < len(known) and known[first] <= one.at + most
