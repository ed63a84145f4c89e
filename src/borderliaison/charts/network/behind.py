"""What stands behind a chart's items and lines: entities off the chart that say something seen on it."""

from collections.abc import Collection
from typing import Final

from borderliaison.charts.network.amounts import parts_of
from borderliaison.charts.network.groups import numbers_of
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Link, Statement
from borderliaison.records.resolution.canonical import members
from borderliaison.sql.within import within

_WHERE: Final = "crossing"


def lines_behind(reader: Reader, pks: Collection[int]) -> set[int]:
    """Return the records that are lines among these entities: their roles, notes and amounts are seen."""
    there = set(pks)
    drawn = Link.objects.readable_by(reader).filter(within("begin", there))
    ends = drawn.values_list("end_id", "entity_id")
    return {entity for end, entity in ends.iterator() if end in there}


def amounts_behind(reader: Reader, pks: Collection[int]) -> set[int]:
    """Return what says how much was seized at those of these entities that are events."""
    return {entity for _, entity, _ in parts_of(reader, dict.fromkeys(pks, ""))}


def places_behind(reader: Reader, pks: Collection[int]) -> set[int]:
    """Return the crossing points whose names stand beneath events among these entities."""
    said = Statement.objects.readable_by(reader).filter(within("entity", pks), prop=_WHERE)
    numbers = numbers_of(set(said.values_list("value", flat=True).distinct()))
    return {pk for group in members(reader, list(numbers.values())).values() for pk in group}
