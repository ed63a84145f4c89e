"""What flows along lines: of an amount that they carry, what comes to a node and what goes from it."""

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.walking import all_lines
from borderliaison.records.graph.which import Following
from borderliaison.records.models import Statement

Amounts = npt.NDArray[np.float64]
_SUM, _CURRENCY = "amount", "currency"
_LETTERS = 3
_CHUNK = 5000


class Flow(StrEnum):
    """How what comes to a node and what goes from it are taken together."""

    NET = "net"
    BOTH = "both"


def flows(
    reader: Reader, sight: Sight, following: Following, prop: str, flow: Flow = Flow.NET
) -> Amounts:
    """Return for each node what comes to it less what goes from it, or both together.

    Args:
        reader: whose statements count.
        sight: of the same reader.
        following: which lines and nodes.
        prop: the property of links that says how much: ``kgEquivalent``.
        flow: how both are taken together.
    """
    said = Statement.objects.readable_by(reader).filter(prop=prop)
    amounts = _amounts(said.values_list("entity_id", "value").iterator(chunk_size=_CHUNK))
    return _along(sight, following, amounts, flow)


def sums_of_money(reader: Reader, sight: Sight, following: Following) -> dict[str, Amounts]:
    """Return by currency for each node what comes to it less what goes from it.

    A sum of which its source names no currency, or several, counts in none; no two are ever added.

    Args:
        reader: whose statements count.
        sight: of the same reader.
        following: which lines and nodes.
    """
    said = Statement.objects.readable_by(reader)
    named: dict[tuple[int, int], set[str]] = {}
    rows = said.filter(prop=_CURRENCY).values_list("entity_id", "source_id", "value")
    for entity, source, value in rows.iterator(chunk_size=_CHUNK):
        named.setdefault((entity, source), set()).add(value.upper())
    sums: dict[str, list[tuple[int, str]]] = {}
    rows = said.filter(prop=_SUM).values_list("entity_id", "source_id", "value")
    for entity, source, value in rows.iterator(chunk_size=_CHUNK):
        currencies = named.get((entity, source), set())
        currency = next(iter(currencies)) if len(currencies) == 1 else ""
        if len(currency) == _LETTERS and currency.isalpha():
            sums.setdefault(currency, []).append((entity, value))
    return {
        currency: _along(sight, following, _amounts(some), Flow.NET)
        for currency, some in sums.items()
    }


def _along(sight: Sight, following: Following, amounts: Mapping[int, float], flow: Flow) -> Amounts:
    """Return what comes to each node of what entities carry, with what goes from it.

    A link counts once, however many sources say it; what refers to something carries nothing there.
    """
    entities = np.array(sorted(amounts), np.uint32)
    values = np.array([amounts[one] for one in entities.tolist()])
    found = np.zeros(len(sight.whole.nodes))
    if not len(entities):
        return found
    is_link = np.array([":" not in name for name in sight.whole.kinds])
    lines = [np.empty((0, 3), np.int64)]
    for walk in all_lines(sight, following):
        of = walk.segment.lines.entity[walk.places]
        places = np.minimum(np.searchsorted(entities, of), len(entities) - 1)
        carry = (entities[places] == of) & is_link[walk.segment.lines.kind[walk.places]]
        lines.append(np.stack([places[carry], walk.begin[carry], walk.end[carry]], axis=1))
    places, begin, end = np.unique(np.concatenate(lines), axis=0).T
    np.add.at(found, end, values[places])
    (np.subtract if flow is Flow.NET else np.add).at(found, begin, values[places])
    return found


def _amounts(said: Iterable[tuple[int, str]]) -> dict[int, float]:
    """Return how much each link carries, of several amounts the highest; what is no number is none."""
    found: dict[int, float] = {}
    for entity, value in said:
        try:
            amount = float(Decimal(value))
        except InvalidOperation:
            continue
        if math.isfinite(amount):
            found[entity] = max(amount, found.get(entity, amount))
    return found
