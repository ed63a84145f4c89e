"""Why a record answers where and near to what it was seen: at which points, when, near to which event.

All of it from what the reader may read; whoever shows it marks it with what it was read under.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.records.ontology.model import schema
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.seen import Seen, Sighting, sightings
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
class Why:
    """Where a record was seen.

    Attributes:
        told: the latest first.
        more: how many further sightings there are.
        markings: under which what is told was read.
    """

    told: tuple[Told, ...]
    more: int
    markings: frozenset[Marking]


NOTHING: Final = Why((), 0, frozenset())


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
    rows = {pk for some in chosen.values() for one in some for pk in one.markings}
    markings = {row.pk: row.value for row in MarkingRow.objects.filter(pk__in=rows)}
    return {
        key: _why(
            [one for one in some if _is_known(one, known)], len(seen[key]), known, markings, lang
        )
        for key, some in chosen.items()
    }


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
    return Told(where, at, _called(event, lang), _day(one.near.at, lang), event.key)


def _called(event: Profile, lang: str) -> str:
    kind, name = event.kind.label.text(lang), name_of(event, lang)
    return kind if name == kind else f"{kind}, {name}"


def _day(at: datetime | None, lang: str) -> str:
    if at is None:
        return ""
    kept = timezone.localtime(at).date().isoformat()
    return value_words("Sighting", schema("Sighting").properties["date"], kept, lang)
