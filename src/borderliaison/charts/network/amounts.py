"""How much links and events carry: kilograms, seconds of a call, weights, money by currency; for a reader.

Each amount stands under the word of its unit: ``kg``, ``s``, ``weight`` or the currency's three letters.
"""

import math
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from borderliaison.charts.network.groups import Groups
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Entity, Link, Statement
from borderliaison.records.ontology.model import schemata
from borderliaison.sql.within import within

_UNITS: Final = {"kgEquivalent": "kg", "duration": "s", "weight": "weight"}
_SUM, _CURRENCY = "amount", "currency"
SAID: Final = (*_UNITS, _SUM, _CURRENCY)
"""The properties that say how much."""
_SEIZED: Final = "SeizedQuantity"
_INVOLVED: Final = "Involvement"
_WORTH: Final = "Cash"


@cache
def carrying() -> frozenset[str]:
    """Return the kinds of links that carry amounts."""
    return frozenset(
        name
        for name, kind in schemata().items()
        if kind.edge is not None
        and (kind.properties.keys() & _UNITS.keys() or {_SUM, _CURRENCY} <= kind.properties.keys())
    )


def said_of(
    reader: Reader, entities: Collection[int], props: Collection[str] = SAID
) -> dict[int, dict[str, str]]:
    """Return what is said first of some properties of entities, by their numbers; as it is kept."""
    said: dict[int, dict[str, str]] = {}
    read = Statement.objects.readable_by(reader).filter(within("entity", entities), prop__in=props)
    for pk, prop, value in read.order_by("pk").values_list("entity_id", "prop", "value"):
        said.setdefault(pk, {}).setdefault(prop, value)
    return said


def amounts_in(said: Mapping[int, Mapping[str, str]]) -> dict[int, dict[str, float]]:
    """Return how much entities are, of what is said of each."""
    return {pk: found for pk, values in said.items() if (found := _measured(values))}


def amounts_of_events(
    reader: Reader, groups: Groups, keys: Collection[str]
) -> dict[str, dict[str, float]]:
    """Return how much was seized at events: of each substance once, whoever reports it; and the cash."""
    events = [
        key for key in keys if key in groups.profiles and groups.profiles[key].kind.is_a("Event")
    ]
    pks = {pk: key for key in events for pk in groups.pks[key]}
    parts = parts_of(reader, pks)
    amounts = amounts_in(said_of(reader, {entity for _, entity, _ in parts}))
    found: dict[str, dict[str, float]] = {}
    counted: set[tuple[str, int, str, float]] = set()
    for event, entity, what in sorted(parts):
        for unit, amount in amounts.get(entity, {}).items():
            once = (event, what, unit, amount)
            if once not in counted:
                counted.add(once)
                total = found.setdefault(event, {})
                total[unit] = round(total.get(unit, 0) + amount, 6)
    return found


def parts_of(reader: Reader, events: Mapping[int, str]) -> set[tuple[str, int, int]]:
    """Return by an event's key what says how much, and of what.

    Args:
        reader: who looks.
        events: the key of each, by the numbers of its entities.
    """
    links = Link.objects.readable_by(reader)
    found: set[tuple[str, int, int]] = set()
    seized = links.filter(within("begin", events), kind=_SEIZED)
    for event, entity, what in seized.values_list("begin_id", "entity_id", "end_id"):
        found.add((events[event], entity, what))
    worth = Entity.objects.filter(schema=_WORTH).values("pk")
    cash = links.filter(within("end", events), kind=_INVOLVED, begin__in=worth)
    for event, entity in cash.values_list("end_id", "begin_id"):
        found.add((events[event], entity, entity))
    return found


def _measured(values: Mapping[str, str]) -> dict[str, float]:
    found = {unit: _number(values[prop]) for prop, unit in _UNITS.items() if prop in values}
    currency = values.get(_CURRENCY, "").upper()
    if len(currency) == 3 and currency.isalpha() and _SUM in values:
        found[currency] = _number(values[_SUM])
    return {unit: amount for unit, amount in found.items() if math.isfinite(amount)}


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan
