"""Where the items of a chart were, as far as a reader may know: for its map.

What has a place of its own, or refers to one, is there. A person, a vehicle or any other thing was also
where the events were in which it was involved, on the chart or not, and where it is said to have crossed.
Whom a lookout or a search is for was not there: it says where he is expected.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from borderliaison.charts.network.groups import Groups, chunks, groups_of, numbers_of
from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.which import HUBS
from borderliaison.records.models import Link
from borderliaison.records.ontology.model import schemata
from borderliaison.records.placing import AT, Spot, spot_of
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.shown.words import name_of
from borderliaison.records.statements.lines import moment_of

_EXPECTED: Final = frozenset({"Lookout", "WantedNotice"})
_NO_TRAVELLERS: Final = HUBS | {"Event", "Address"}
_COLUMNS: Final = ("entity_id", "begin_id", "end_id", "kind", "since", "until", "source__key")


@dataclass(frozen=True, slots=True)
class Stay:
    """An item at a place.

    Attributes:
        longitude: degrees east, WGS 84.
        latitude: degrees north.
        accuracy_km: the radius that holds the true place; None where nobody has said.
        place: what the place is called; empty where it has no name.
        by: the key of the event or place by which this is known; the item's own where it says so itself.
        name: what that is called.
        since: when it began, in seconds; None where nothing says so.
        until: when it ended.
        sources: how many say so.
    """

    longitude: float
    latitude: float
    accuracy_km: float | None
    place: str
    by: str
    name: str
    since: int | None
    until: int | None
    sources: int


class _Row(NamedTuple):
    """A link to a place or an event, as one source says it."""

    entity: int
    begin: int
    end: int
    kind: str
    since: datetime | None
    until: datetime | None
    source: str


class _Said(NamedTuple):
    """What one source says of where an item was: at which spot, by which event or place, and when."""

    spot: Spot
    place: str
    by: str
    since: datetime | None
    until: datetime | None
    source: str


def places_of(reader: Reader, keys: Collection[str], lang: str) -> dict[str, list[dict[str, Any]]]:
    """Return where items were by the keys that were asked, in the order of time.

    What has no place is not in the answer.

    Args:
        reader: who looks; what he may not know is not there for him.
        keys: of the items.
        lang: in which names are written.
    """
    numbers = numbers_of(keys)
    items = groups_of(reader, numbers.values())
    roaming = [key for key, one in items.profiles.items() if _roams(one)]
    ties = list(_ties(reader, items, roaming))
    events = groups_of(reader, {event for _, event, _ in ties})
    known = Groups(
        items.keys | events.keys, items.pks | events.pks, items.profiles | events.profiles
    )
    leads: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows(reader, known, known.pks, "begin", _places()):
        leads[known.keys[row.begin]].append(row)
    places = groups_of(reader, {row.end for rows in leads.values() for row in rows})
    said = {
        key: list(_itself(profile, leads[key], places, lang))
        for key, profile in known.profiles.items()
    }
    through: dict[str, list[_Said]] = defaultdict(list)
    for key, event, row in ties:
        if event in known.keys:
            there = known.keys[event]
            through[key] += (_involved(one, there, row) for one in said[there])
    names = known.profiles | places.profiles
    found = {key: _stays([*said[key], *through[key]], names, lang) for key in items.profiles}
    return {
        key: [asdict(one) for one in stays]
        for key, pk in numbers.items()
        if (stays := found.get(items.keys.get(pk, "")))
    }


@cache
def _events() -> frozenset[str]:
    """Return the kinds of events at which whoever was involved was."""
    return frozenset(
        name
        for name, one in schemata().items()
        if one.is_a("Event") and _EXPECTED.isdisjoint(one.ancestors)
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(name for name, one in schemata().items() if one.is_a("Address"))


def _roams(profile: Profile) -> bool:
    """Whether something may be at one place and then at another: it is no event, and no place."""
    return _NO_TRAVELLERS.isdisjoint(profile.kind.ancestors)


def _rows(
    reader: Reader, groups: Groups, keys: Iterable[str], end: str, schemas: Collection[str]
) -> Iterator[_Row]:
    """Yield the links of which one end is some of these items, and the other of these schemata."""
    other = "end" if end == "begin" else "begin"
    for some in chunks(sorted(pk for key in keys for pk in groups.pks[key])):
        wanted = {f"{end}__in": some, f"{other}__schema__in": schemas}
        read = Link.objects.readable_by(reader).filter(**wanted).order_by("pk")
        yield from (_Row(*row) for row in read.values_list(*_COLUMNS))


def _ties(
    reader: Reader, items: Groups, roaming: Collection[str]
) -> Iterator[tuple[str, int, _Row]]:
    """Yield each involvement of an item in an event: the item's key, the event's number, the link."""
    for row in _rows(reader, items, roaming, "begin", _events()):
        yield items.keys[row.begin], row.end, row
    for row in _rows(reader, items, roaming, "end", _events()):
        yield items.keys[row.end], row.begin, row


def _itself(profile: Profile, leads: list[_Row], places: Groups, lang: str) -> Iterator[_Said]:
    """Yield where something is by what is said of it: its own coordinates before what it refers to."""
    since, until = _when(profile)
    spots = {pk: found for pk in profile.pks if (found := _own_spot(profile, pk)) is not None}
    beside: dict[int, str] = {}
    for row in leads:
        place = places.profiles.get(places.keys.get(row.end, ""))
        spot = _spot(place) if place else None
        if place is None or spot is None:
            continue
        name = name_of(place, lang)
        is_reference = row.kind.partition(":")[2] in AT
        if is_reference and row.entity in spots:
            beside.setdefault(row.entity, name)
        elif is_reference or ":" not in row.kind:
            arrived = row.until if row.kind.endswith(":endLocation") else row.since
            yield _Said(spot, name, place.key, arrived, row.until, row.source)
    for pk, spot in spots.items():
        name = beside.get(pk, "") if profile.kind.is_a("Event") else name_of(profile, lang)
        for source in _sources(profile, pk):
            yield _Said(spot, name, profile.key, since, until, source)


def _spot(profile: Profile) -> Spot | None:
    return spot_of(profile.schema, lambda prop: [one.value for one in profile.of(prop)])


def _own_spot(profile: Profile, pk: int) -> Spot | None:
    """Return where one of the entities of a profile says that it is."""
    return spot_of(
        profile.schema,
        lambda prop: [
            one.value
            for one in profile.of(prop)
            if any(saying.entity == pk for saying in one.sayings)
        ],
    )


def _sources(profile: Profile, pk: int) -> set[str]:
    placing = profile.of("longitude") or profile.of("code")
    return {one.source for value in placing for one in value.sayings if one.entity == pk}


def _when(profile: Profile) -> tuple[datetime | None, datetime | None]:
    """Return when something began, and when it ended, as far as it is said."""
    extent = profile.kind.extent
    first, last = (
        [moment_of(one.value) for name in names for one in profile.of(name)]
        for names in (extent.start, extent.end)
    )
    return min(filter(None, first), default=None), max(filter(None, last), default=None)


def _involved(there: _Said, event: str, row: _Row) -> _Said:
    """Return where somebody was by an event at which he was; its own time is the more exact."""
    since, until = there.since or row.since, there.until or row.until
    return _Said(there.spot, there.place, event, since, until, row.source)


def _stays(said: Iterable[_Said], names: Mapping[str, Profile], lang: str) -> list[Stay]:
    """Return what is said, each place, time and reason once, in the order of time; without a time last."""
    found: dict[tuple[Spot, str, datetime | None], list[_Said]] = defaultdict(list)
    for one in said:
        found[one.spot, one.by, one.since].append(one)
    stays = [
        Stay(
            longitude=spot.longitude,
            latitude=spot.latitude,
            accuracy_km=spot.accuracy_km,
            place=some[0].place,
            by=by,
            name=name_of(names[by], lang),
            since=_seconds(since),
            until=_seconds(max((one.until for one in some if one.until), default=None)),
            sources=len({one.source for one in some}),
        )
        for (spot, by, since), some in found.items()
    ]
    return sorted(stays, key=lambda one: (one.since is None, one.since or 0, one.place))


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment is not None else None
