"""Why a record answers: where and when it was seen, near to which event, to what it is linked.

All of it from what the reader may read; whoever shows it marks it with what it was read under.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils import timezone

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.records.ontology.model import kinds_below, schema
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.found.conditions import Linked
from borderliaison.records.search.found.finding import Wanted
from borderliaison.records.search.found.seen import Seen, Sighting, sightings
from borderliaison.records.search.found.ties import Tie, ties
from borderliaison.records.shown.words import name_of, value_words

MOST: Final = 4
"""So many sightings are told of one record, each crossing point at least once if they suffice."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sighting in words.

    Attributes:
        where: the crossing point.
        at: the day; empty where nothing says so.
        near: the event; empty where none was asked for.
        near_at: its day.
        near_key: its record's key.
    """

    where: str
    at: str
    near: str = ""
    near_at: str = ""
    near_key: str = ""


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """To what a record is linked, as was asked.

    Attributes:
        other: what it is called.
        key: its record's key.
        event: to which both have a line; empty where the line is between them.
        event_key: its record's key.
    """

    other: str
    key: str
    event: str = ""
    event_key: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Where a record was seen, and to what it is linked.

    Attributes:
        told: the latest first.
        more: how many further sightings there are.
        markings: under which what is told was read.
        linked: to what.
        more_linked: to how many more.
    """

    told: tuple[Told, ...] = ()
    more: int = 0
    markings: frozenset[Marking] = frozenset()
    linked: tuple[LinkedTo, ...] = ()
    more_linked: int = 0


NOTHING: Final = Why()


def why_found(
    reader: Reader, wanted: Wanted, found: Collection[Profile], lang: str
) -> Mapping[str, Why]:
    """Return by its key why each of a page of records was found, but for what is said of it itself."""
    seen = why_seen(reader, wanted.seen, found, lang)
    linked = _linked(reader, wanted, found, lang)
    return {
        key: replace(
            seen.get(key, NOTHING),
            linked=(to := linked.get(key, NOTHING)).linked,
            more_linked=to.more_linked,
            markings=seen.get(key, NOTHING).markings | to.markings,
        )
        for key in {*seen, *linked}
    }


def why_seen(
    reader: Reader, wanted: Seen, found: Collection[Profile], lang: str
) -> Mapping[str, Why]:
    """Return by its key where each of a page of records was seen."""
    if wanted.says_nothing:
        return {}
    of = {pk: one.key for one in found for pk in one.pks}
    seen: dict[str, dict[tuple[int, datetime | None], Sighting]] = {}
    for one in sightings(reader, wanted, of):
        seen.setdefault(of[one.thing], {}).setdefault((one.point, one.at), one)
    chosen = {key: _each_point_first(some.values()) for key, some in seen.items()}
    known = profiles(reader, {
        pk for some in chosen.values() for one in some
        for pk in (one.point, *((one.near.event,) if one.near else ()))
    })  # fmt: skip
    markings = _markings(pk for some in chosen.values() for one in some for pk in one.markings)
    return {
        key: _why(
            [one for one in some if _is_known(one, known)], len(seen[key]), known, markings, lang
        )
        for key, some in chosen.items()
    }


def _linked(
    reader: Reader, wanted: Wanted, found: Collection[Profile], lang: str
) -> Mapping[str, Why]:
    of = {pk: one.key for one in found for pk in one.pks}
    asked = [one for one in wanted.conditions if isinstance(one, Linked) and not one.is_not]
    each: dict[str, dict[int, Tie]] = {}
    for one in asked:
        for tie in ties(reader, one, kinds_below(wanted.kind), of):
            each.setdefault(of[tie.thing], {}).setdefault(tie.other, tie)
    chosen = {key: list(some.values())[:MOST] for key, some in each.items()}
    every = [tie for some in chosen.values() for tie in some]
    known = profiles(
        reader, {pk for tie in every for pk in (tie.other, tie.event) if pk is not None}
    )
    markings = _markings(pk for tie in every for pk in tie.markings)
    return {
        key: Why(
            linked=tuple(
                dict.fromkeys(_linked_to(tie, known, lang) for tie in some if _is_there(tie, known))
            ),
            more_linked=len(each[key]) - len(some),
            markings=frozenset(
                [markings[pk] for tie in some for pk in tie.markings]
                + [
                    saying.marking
                    for tie in some
                    for pk in (tie.other, tie.event)
                    if pk in known
                    for value in known[pk].values
                    for saying in value.sayings
                ]
            ),
        )
        for key, some in chosen.items()
    }


def _is_there(tie: Tie, known: Mapping[int, Profile]) -> bool:
    return tie.other in known and (tie.event is None or tie.event in known)


def _linked_to(tie: Tie, known: Mapping[int, Profile], lang: str) -> LinkedTo:
    other = known[tie.other]
    if tie.event is None:
        return LinkedTo(called(other, lang), other.key)
    event = known[tie.event]
    return LinkedTo(called(other, lang), other.key, called(event, lang), event.key)


def _markings(pks: Iterable[int]) -> Mapping[int, Marking]:
    return {row.pk: row.value for row in MarkingRow.objects.filter(pk__in=set(pks))}


def _each_point_first(some: Iterable[Sighting]) -> list[Sighting]:
    """Return the latest of each crossing point, then the latest of all."""
    ordered = list(some)
    firsts = list({one.point: one for one in reversed(ordered)}.values())
    chosen = set([*reversed(firsts), *(one for one in ordered if one not in firsts)][:MOST])
    return [one for one in ordered if one in chosen]


def _is_known(one: Sighting, known: Mapping[int, Profile]) -> bool:
    return one.point in known and (one.near is None or one.near.event in known)


def _why(
    some: Collection[Sighting],
    every: int,
    known: Mapping[int, Profile],
    markings: Mapping[int, Marking],
    lang: str,
) -> Why:
    shown = {known[pk].key: known[pk] for one in some for pk in _named(one)}
    return Why(
        told=tuple(_told(one, known, lang) for one in some),
        more=every - len(some),
        markings=frozenset(
            [markings[pk] for one in some for pk in one.markings]
            + [
                each.marking
                for one in shown.values()
                for value in one.values
                for each in value.sayings
            ]
        ),
    )


def _named(one: Sighting) -> tuple[int, ...]:
    return (one.point, one.near.event) if one.near else (one.point,)


def _told(one: Sighting, known: Mapping[int, Profile], lang: str) -> Told:
    where, at = name_of(known[one.point], lang), _day(one.at, lang)
    if one.near is None:
        return Told(where, at)
    event = known[one.near.event]
    return Told(where, at, called(event, lang), _day(one.near.at, lang), event.key)


def called(one: Profile, lang: str) -> str:
    """Return what something is, and how it is called: "Seizure, heroin in a lorry"."""
    kind, name = one.kind.label.text(lang), name_of(one, lang)
    return kind if name == kind else f"{kind}, {name}"


def _day(at: datetime | None, lang: str) -> str:
    if at is None:
        return ""
    kept = timezone.localtime(at).date().isoformat()
    return value_words("Sighting", schema("Sighting").properties["date"], kept, lang)
