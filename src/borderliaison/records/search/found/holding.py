"""Who and what holds to conditions, as one reader may know it.

A condition holds for a record: one source may say the colour of a lorry, and another where it was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import cos, radians
from operator import and_
from typing import Final, NamedTuple

from django.db.models import Q

from borderliaison.kernel.policy import Reader
from borderliaison.offices.places import places_of_crossings
from borderliaison.records.models import Link, Statement
from borderliaison.records.ontology.model import kinds_below, schema
from borderliaison.records.placing import KM_PER_DEGREE, km_between
from borderliaison.records.resolution.canonical import members
from borderliaison.records.search.found.conditions import (
    Condition,
    Linked,
    Says,
    Within,
    kinds_with,
    spot_of,
)
from borderliaison.records.search.found.saying import numbered, saying
from borderliaison.records.search.found.ties import ties
from borderliaison.records.values import key_of
from borderliaison.sql.within import within

_FEW: Final = 20_000
"""Of so many it is asked whether they hold to a further condition; of more, who of all the kind does."""
_POLE: Final = 89.0


class Chosen(NamedTuple):
    """The numbers of entities that hold to conditions; or, if ``is_out``, of all that do not."""

    pks: set[int]
    is_out: bool

    def condition(self) -> Q:
        """Return it as a condition of entities."""
        return ~within("pk", self.pks) if self.is_out else within("pk", self.pks)


def chosen(
    reader: Reader,
    conditions: Sequence[Condition],
    kind: str,
    *,
    any_of: bool = False,
    is_alone: bool = False,
) -> Chosen:
    """Return who and what holds to conditions.

    Args:
        reader: who asks: of what he may not read he is told nothing.
        conditions: at least one.
        kind: a schema; empty for all that are no links.
        any_of: whether one of the conditions is enough.
        is_alone: whether nothing else is asked: who holds to one condition is then not looked for under
            other names, for nothing else has to hold for him.
    """
    asked = _Asked(reader, kinds_below(kind))
    if is_alone and len(conditions) == 1 and not conditions[0].is_not:
        return Chosen(asked.held(conditions[0], None), is_out=False)
    so = [one for one in conditions if not one.is_not]
    not_so = [one for one in conditions if one.is_not]
    return asked.any(so, not_so) if any_of else asked.all(so, not_so)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks, and of what kinds."""

    reader: Reader
    kinds: tuple[str, ...]

    def all(self, so: Sequence[Condition], not_so: Sequence[Condition]) -> Chosen:
        found: set[int] | None = None
        for one in so:
            held = self.records(one, found)
            found = held if found is None else found & held
        without = set[int]().union(*(self.records(one, found) for one in not_so))
        return (
            Chosen(without, is_out=True) if found is None else Chosen(found - without, is_out=False)
        )

    def any(self, so: Sequence[Condition], not_so: Sequence[Condition]) -> Chosen:
        found = set[int]().union(*map(self.records, so))
        if not not_so:
            return Chosen(found, is_out=False)
        return Chosen(reduce(and_, map(self.records, not_so)) - found, is_out=True)

    def records(self, one: Condition, found: set[int] | None = None) -> set[int]:
        """Return all entities of the records of which one holds to a condition."""
        among = found if found is not None and len(found) <= _FEW else None
        return {
            pk for group in members(self.reader, self.held(one, among)).values() for pk in group
        }

    def held(self, one: Condition, among: Collection[int] | None) -> set[int]:
        match one:
            case Says():
                return saying(self.reader, one, self.kinds, among)
            case Linked():
                return {tie.thing for tie in ties(self.reader, one, self.kinds, among)}
            case Within():
                return set(_at(self.reader, _places(self.reader, one)))


def _at(reader: Reader, places: Collection[int]) -> Iterator[int]:
    """Yield what is at some places, what happened there, and who had a part in it."""
    links = Link.objects.readable_by(reader)
    there = set(links.filter(within("end", places)).values_list("begin_id", flat=True))
    involved = links.filter(within("end", there.union(places)), kind="Involvement")
    yield from places
    yield from there
    yield from involved.values_list("begin_id", flat=True).iterator()


def _places(reader: Reader, one: Within) -> set[int]:
    """Return the crossing points of the directory, and all that has coordinates, so near to a place."""
    known = places_of_crossings()
    spot = spot_of(one)
    if spot is None and one.point in known:
        spot = (known[one.point].latitude, known[one.point].longitude)
    if spot is None:
        return set()
    codes = [
        code
        for code, stand in known.items()
        if km_between(spot, (stand.latitude, stand.longitude)) <= one.km
    ]
    code = schema("CrossingPoint").properties["code"]
    said = Statement.objects.readable_by(reader)
    listed = said.filter(
        key__in=[key_of(code, each) for each in codes], prop="code", value__in=codes
    )
    points = listed.filter(entity__schema="CrossingPoint").values_list("entity_id", flat=True)
    return {*points, *_placed(reader, spot, one.km)}


def _placed(reader: Reader, spot: tuple[float, float], km: int) -> Iterator[int]:
    """Yield what has coordinates of its own so near to a place."""
    north, east = spot
    high = km / KM_PER_DEGREE
    wide = high / cos(radians(min(abs(north) + high, _POLE)))
    has = [one.name for one in kinds_with("latitude")]
    said = Statement.objects.readable_by(reader).filter(entity__schema__in=has)
    norths = numbered(said.filter(prop="latitude")).filter(
        number__gte=north - high, number__lte=north + high
    )
    found = dict(norths.values_list("entity_id", "number"))
    easts = numbered(said.filter(within("entity", found), prop="longitude")).filter(
        number__gte=east - wide, number__lte=east + wide
    )
    for pk, longitude in easts.values_list("entity_id", "number"):
        if km_between(spot, (found[pk], longitude)) <= km:
            yield pk
