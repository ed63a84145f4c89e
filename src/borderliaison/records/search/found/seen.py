"""Who and what was seen at several crossing points, near to events of a kind.

"All vehicles seen at two crossing points within 3 days of a seizure there."
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from django.db.models import Q

from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.models import Link
from borderliaison.records.resolution.canonical import members
from borderliaison.sql.within import within

AT: Final = "BorderEvent:crossing"
"""The kind of the links from an event to where it was."""
PASSED: Final = "Crossing"
"""The kind of the links from who passed to where."""
_SPANS: Final = 200
"""So many spans of time the database is asked for one by one; more are one for each crossing point."""
_SPANS_AT_ONCE: Final = 50
_WHERE: Final = ("begin_id", "end_id", "since", "marking_id")
_EVENTS: Final = 5000
"""So many events it is asked for by their numbers; of more, all who had a part in any are read."""


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


class Near(NamedTuple):
    """An event to which something was seen near."""

    at: datetime
    event: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where something was seen, and when.

    Attributes:
        thing: its number.
        point: the number of the crossing point.
        at: None where nothing says so.
        near: the event nearest in time; None where none is asked for.
        markings: the numbers of those under which this is known.
    """

    thing: int
    point: int
    at: datetime | None
    near: Near | None
    markings: frozenset[int]


class _Among(NamedTuple):
    """Of whom and what it is asked: conditions of links from things, and of those from events."""

    things: Q
    events: Q = Q()


_Times = Mapping[int, Sequence[Near]]
_Links = MarkedQuerySet[Link]


def seen(reader: Reader, wanted: Seen, kinds: Collection[str]) -> set[int]:
    """Return the numbers of the entities that were seen so; what is one record counts as one.

    Args:
        reader: who asks: of what he may not read he is told nothing.
        wanted: where and when.
        kinds: the schemata of who and what is meant.
    """
    points: dict[int, set[int]] = defaultdict(set)
    for one in _sightings(reader, wanted, _Among(Q(begin__schema__in=kinds))):
        points[one.thing].add(one.point)
    found = set[int]()
    if len(set().union(*points.values())) < wanted.points:
        return found
    for group in set(members(reader, points).values()):
        if len(set().union(*(points.get(pk, ()) for pk in group))) >= wanted.points:
            found |= set(group)
    return found


def sightings(reader: Reader, wanted: Seen, things: Collection[int]) -> list[Sighting]:
    """Return where a page of entities was seen so, the latest first; what has no moment last."""
    those = within("begin", things)
    parts = Link.objects.readable_by(reader).filter(those, kind="Involvement")
    events = within("begin", set(parts.values_list("end_id", flat=True)))
    found = set(_sightings(reader, wanted, _Among(those, events)))
    return sorted(found, key=lambda one: (-one.at.timestamp() if one.at else 0.0, one.point))


def _sightings(reader: Reader, wanted: Seen, among: _Among) -> Iterator[Sighting]:
    """Yield where some were seen: they passed, or had a part in an event there."""
    links = Link.objects.readable_by(reader)
    if not wanted.near:
        for thing, point, at, markings in _there(links, among, [Q()]):
            yield Sighting(thing, point, at, None, markings)
        return
    most = timedelta(days=wanted.days)
    times = _times(links, wanted.near)
    for thing, point, at, markings in _there(links, among, _spans(times, most)):
        near = _nearest(times.get(point, ()), at, most)
        if near is not None:
            yield Sighting(thing, point, at, near, markings)


def _there(
    links: _Links, among: _Among, spans: Sequence[Q]
) -> Iterator[tuple[int, int, datetime | None, frozenset[int]]]:
    """Yield which things were where and when, in spans of time."""
    where = defaultdict[int, list[tuple[int, datetime | None, int]]](list)
    involved = links.filter(among.things, kind="Involvement")
    events = links.filter(among.events, kind=AT)
    passed = links.filter(among.things, kind=PASSED)
    for span in spans:
        for event, *there in events.filter(span).values_list(*_WHERE).iterator():
            where[event].append((there[0], there[1], there[2]))
        for thing, point, at, marking in passed.filter(span).values_list(*_WHERE).iterator():
            yield thing, point, at, frozenset({marking})
    if len(where) <= _EVENTS:
        involved = involved.filter(within("end", where))
    for thing, event, part in involved.values_list("begin_id", "end_id", "marking_id").iterator():
        for point, at, marking in where.get(event, ()):
            yield thing, point, at, frozenset({part, marking})


def _times(links: _Links, kinds: Collection[str]) -> _Times:
    """Return when events of these kinds were, by their crossing point, in order."""
    known = links.filter(kind=AT, begin__schema__in=kinds, since__isnull=False)
    found: dict[int, list[Near]] = defaultdict(list)
    for point, at, event in known.values_list("end_id", "since", "begin_id").order_by("since"):
        if at is not None:
            found[point].append(Near(at, event))
    return found


def _spans(times: _Times, most: timedelta) -> list[Q]:
    """Return what is asked of the database: where and when something near to an event can have been."""
    spans = [
        (point, first - most, last + most)
        for point, known in times.items()
        for first, last in _runs([one.at for one in known], 2 * most)
    ]
    if len(spans) > _SPANS:
        spans = [(point, some[0].at - most, some[-1].at + most) for point, some in times.items()]
    each = [Q(end=point, since__gte=first, since__lte=last) for point, first, last in spans]
    starts = range(0, len(each), _SPANS_AT_ONCE)
    return [reduce(or_, each[start : start + _SPANS_AT_ONCE]) for start in starts]


def _runs(moments: Sequence[datetime], apart: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Yield the first and the last of moments that follow upon each other."""
    first = last = moments[0]
    for one in moments[1:]:
        if one - last > apart:
            yield first, last
            first = one
        last = one
    yield first, last


def _nearest(known: Sequence[Near], at: datetime | None, most: timedelta) -> Near | None:
    """Return the event nearest in time, as far as there is one so near."""
    if at is None:
        return None
    place = bisect_left(known, at, key=lambda one: one.at)
    near = min(known[max(place - 1, 0) : place + 1], key=lambda one: abs(one.at - at), default=None)
    return near if near is not None and abs(near.at - at) <= most else None
