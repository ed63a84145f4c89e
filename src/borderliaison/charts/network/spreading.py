"""Spreading a chart: what is linked to its items, and what leads from one to another."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.groups import numbers_of
from borderliaison.charts.network.pieces import Piece
from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.network import network
from borderliaison.records.graph.which import Which
from borderliaison.records.models import Entity

MAX_AT_ONCE: Final = 200


def expanded(
    reader: Reader, keys: Collection[str], shown: Collection[str], limit: int, lang: str
) -> Piece:
    """Return what is linked to some items and not on the chart, those with the most links to them first.

    Args:
        reader: who looks.
        keys: of the items to be expanded.
        shown: the keys of all on the chart.
        limit: how many come at most.
        lang: in which words are written.
    """
    numbers = numbers_of({*keys, *shown})
    starts = [numbers[one] for one in keys if one in numbers]
    there = frozenset(numbers[one] for one in shown if one in numbers).difference(starts)
    part = network(reader).expand(starts, Which(without=there), limit=min(limit, MAX_AT_ONCE))
    new = Entity.objects.filter(pk__in=set(part.nodes).difference(starts))
    piece = gathered(reader, list(new.values_list("key", flat=True)), shown, lang)
    return replace(piece, left_out=max(0, part.all_nodes - len(part.nodes)))
