"""Spreading a chart: what is linked to its items, and what leads from one to another."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final

from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.groups import numbers_of
from borderliaison.charts.network.pieces import Piece
from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.network import network
from borderliaison.records.graph.which import Which
from borderliaison.records.models import Entity

MAX_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class By:
    """By what a chart is spread; by itself everything.

    Attributes:
        links: kinds of links; none for all.
        items: kinds of items, what extends them included; none for all.
        since: links that ended before it do not count, nor those of which nothing says when.
        until: likewise, those that began after it.
    """

    links: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING: Final = By()


@dataclass(frozen=True, slots=True)
class Spread(Piece):
    """What a chart is spread by, and what else is linked to it.

    Attributes:
        other_kinds: how many items are linked by links, or are of kinds, that were not asked for.
        outside: how many are linked, but not in the time asked for, or nothing says when.
    """

    other_kinds: int = 0
    outside: int = 0


def expanded(
    reader: Reader,
    keys: Collection[str],
    shown: Collection[str],
    limit: int,
    lang: str,
    *,
    by: By = EVERYTHING,
) -> Spread:
    """Return what is linked to some items and not on the chart, those with the most links to them first.

    Args:
        reader: who looks.
        keys: of the items to be expanded.
        shown: the keys of all on the chart.
        limit: how many come at most.
        lang: in which words are written.
        by: kinds and a time.
    """
    numbers = numbers_of({*keys, *shown})
    starts = [numbers[one] for one in keys if one in numbers]
    there = frozenset(numbers[one] for one in shown if one in numbers).difference(starts)
    known = network(reader)
    all_ = Which(without=there)
    of_kinds = replace(all_, kinds=by.links, schemata=by.items)
    wanted = replace(of_kinds, since=by.since, until=by.until)
    part = known.expand(starts, wanted, limit=min(limit, MAX_AT_ONCE))
    counts = {wanted: part.all_nodes}
    for which in (of_kinds, all_):
        if which not in counts:
            counts[which] = known.expand(starts, which, limit=0).all_nodes
    new = Entity.objects.filter(pk__in=set(part.nodes).difference(starts))
    piece = gathered(reader, list(new.values_list("key", flat=True)), shown, lang)
    return Spread(
        **{one.name: getattr(piece, one.name) for one in fields(piece) if one.name != "left_out"},
        left_out=max(0, part.all_nodes - len(part.nodes)),
        other_kinds=max(0, counts[all_] - counts[of_kinds]),
        outside=max(0, counts[of_kinds] - counts[wanted]),
    )
