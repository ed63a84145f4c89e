"""Records with a place, a page at a time, for programs that draw maps: what leaves is as in a file.

One collection for each kind of thing that can have a place. What is one to the reader is one feature, in
the order of the first of its entities that has a place.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import PageMarking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.interchange.exports.selecting import Selection, outgoing
from borderliaison.records.interchange.formats.flat import BETWEEN
from borderliaison.records.interchange.formats.places import Placed, placed
from borderliaison.records.interchange.items import Item
from borderliaison.records.models import Entity, Statement
from borderliaison.records.ontology.model import things
from borderliaison.records.ontology.schema import Schema
from borderliaison.records.placing import AT, PLACING
from borderliaison.records.resolution.canonical import members
from borderliaison.records.statements.lines import moment_of
from borderliaison.wording.marks import labels_of

_AT_ONCE: Final = 200
Span = tuple[datetime, datetime]
Box = tuple[float, float, float, float]
"""West, south, east, north; west is greater than east where it spans 180°."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Attributes:
        kind: of the things.
        limit: how many at most.
        after: the key of the entity to go on after; empty at the beginning.
        box: where they are; None for anywhere.
        span: when they were, both ends included; None for any time, or none.
    """

    kind: Schema
    limit: int
    after: str = ""
    box: Box | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """A thing on the map.

    Attributes:
        key: of the record.
        longitude: degrees east, WGS 84.
        latitude: degrees north.
        values: what is said of it by column, its offices and marking among them; None where nothing is.
            What is of one kind has the same columns, since programs take those of the first few for all.
    """

    key: str
    longitude: float
    latitude: float
    values: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class FeaturePage:
    """Some features, and the key of the entity to go on after; empty at the end."""

    features: tuple[Feature, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """For whom things are put on a map.

    Attributes:
        reader: what the reading policy knows of him.
        office: this one.
        folder: of the node, for the file between.
        lang: in which the marking is said.
    """

    reader: Reader
    office: OfficeCode
    folder: Path
    lang: str = "en"

    def page(self, asked: Asked) -> FeaturePage:
        """Return the things that are asked for, as far as the reader may read and take them along.

        Raises:
            Entity.DoesNotExist: there is none for him to go on after.
        """
        found: list[Feature] = []
        last = self._number(asked) if asked.after else 0
        while some := self._candidates(asked.kind, last):
            firsts = self._firsts(asked.kind, some)
            known = self._placed(firsts)
            for pk in some:
                one = known.get(firsts[pk][0]) if pk in firsts else None
                if one is not None and _is_asked(one, asked):
                    if len(found) == asked.limit:
                        return FeaturePage(tuple(found), Entity.objects.get(pk=last).key)
                    found.append(self._feature(one))
                last = pk
        return FeaturePage(tuple(found))

    def one(self, kind: Schema, key: str) -> Feature | None:
        """Return a thing by the key of its record; None where the reader has none such on the map."""
        pks = list(Entity.objects.filter(key=key).values_list("pk", flat=True))
        group = members(self.reader, pks).get(pks[0], ()) if pks else ()
        there = sorted(
            self._said(kind).filter(entity__in=group).values_list("entity_id", flat=True)
        )
        found = self._placed(self._firsts(kind, there[:1])) if there else {}
        return next((self._feature(one) for one in found.values() if one.item.key == key), None)

    def _said(self, kind: Schema) -> MarkedQuerySet[Statement]:
        """Return what says to the reader where something of a kind is."""
        said = Statement.objects.readable_by(self.reader)
        return said.filter(entity__schema=kind.name, prop__in=PLACING)

    def _number(self, asked: Asked) -> int:
        """Return after which entity to go on, which is one that the reader was shown."""
        said = self._said(asked.kind).filter(entity__key=asked.after)
        number = said.values_list("entity_id", flat=True).first()
        if number is None:
            raise Entity.DoesNotExist
        return number

    def _candidates(self, kind: Schema, last: int) -> list[int]:
        said = self._said(kind).filter(entity__gt=last).order_by("entity_id")
        return list(said.values_list("entity_id", flat=True).distinct()[:_AT_ONCE])

    def _firsts(self, kind: Schema, some: Collection[int]) -> dict[int, tuple[int, ...]]:
        """Return those that are the first of their group with a place, each with its group."""
        same = members(self.reader, some)
        every = {pk for group in same.values() for pk in group}
        there = set(self._said(kind).filter(entity__in=every).values_list("entity_id", flat=True))
        return {pk: group for pk, group in same.items() if pk == min(there.intersection(group))}

    def _placed(self, firsts: dict[int, tuple[int, ...]]) -> dict[int, Placed]:
        """Return groups with where they are, by the number after which each is called."""
        pks = {pk for group in firsts.values() for pk in group}
        if not pks:
            return {}
        said = Statement.objects.readable_by(self.reader).filter(entity__in=pks, prop__in=AT)
        at = Entity.objects.filter(key__in=set(said.values_list("value", flat=True)))
        named = dict(Entity.objects.filter(pk__in=pks).values_list("key", "pk"))
        selection = Selection("", pks | set(at.values_list("pk", flat=True)))
        with outgoing(self.reader, selection, self.folder, self.office, self.lang) as chosen:
            return {named[one.item.key]: one for one in placed(chosen) if one.item.key in named}

    def _feature(self, one: Placed) -> Feature:
        origins = [said.origin for said in one.item.told if said.origin is not None]
        labels = labels_of(PageMarking.of(origin.marking for origin in origins), self.lang)
        marking = " · ".join(
            filter(None, (labels.classification, *labels.handling, labels.audience))
        )
        offices = BETWEEN.join(sorted({origin.office for origin in origins}))
        said = {**one.values(), "offices": offices, "marking": marking}
        values = {name: said.get(name) for name in (*_columns(one.item.kind), *said)}
        return Feature(one.item.key, one.longitude, one.latitude, values)


@cache
def collections() -> dict[str, Schema]:
    """Return the kinds of things that can have a place, by name."""
    return {one.name: one for one in things() if not one.properties.keys().isdisjoint(PLACING)}


def _columns(kind: Schema) -> tuple[str, ...]:
    """Return what can be said of a kind, in its order."""
    known = kind.properties.values()
    shown = (one.name for one in known if one.type.name != "entity" and not one.is_hidden)
    return ("key", "kind", "label", *shown)


def _is_asked(one: Placed, asked: Asked) -> bool:
    return (asked.box is None or _is_within(one, asked.box)) and (
        asked.span is None or _was_within(one.item, asked.span)
    )


def _is_within(one: Placed, box: Box) -> bool:
    west, south, east, north = box
    if not south <= one.latitude <= north:
        return False
    if west <= east:
        return west <= one.longitude <= east
    return one.longitude >= west or one.longitude <= east


def _was_within(item: Item, span: Span) -> bool:
    """Whether a thing was, at least in part, within a time; one of which nothing says when was not."""
    extent = item.kind.extent
    said = [value for name in (*extent.start, *extent.end) for value in item.values(name)]
    spans = [_span(value) for value in said if moment_of(value) is not None]
    if not spans:
        return False
    return min(first for first, _ in spans) <= span[1] and max(last for _, last in spans) >= span[0]


def _span(value: str) -> Span:
    """Return from when to when a date is: a year and a month are as long as they are."""
    if "T" in value:
        moment = datetime.fromisoformat(value)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware, aware
    first = date.fromisoformat(f"{value}-01-01"[:10])
    match len(value):
        case 4:
            last = first.replace(month=12, day=31)
        case 7:
            last = first.replace(day=monthrange(first.year, first.month)[1])
        case _:
            last = first
    return datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC)
