"""Which lines are followed, and through which nodes."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from borderliaison.records.graph.segment import Flags, Ints, Segment
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.times import FIRST, LAST, NO_TIME, minutes_of
from borderliaison.records.ontology.model import schemata


@dataclass(frozen=True, slots=True)
class Which:
    """What somebody wants to follow; by itself everything.

    Attributes:
        kinds: of line: schemata of links, or names of references; empty for all.
        not_kinds: of line that are not followed.
        schemata: of the nodes that are come to, what extends them included; empty for all.
        but_not: schemata of nodes that are not come to, what extends them included.
        without: entities that are not come to.
        since: lines that ended before it are not followed, nor those of which nothing says when.
        until: likewise, those that began after it.
    """

    kinds: Set[str] = frozenset()
    not_kinds: Set[str] = frozenset()
    schemata: Set[str] = frozenset()
    but_not: Set[str] = frozenset()
    without: Set[int] = frozenset()
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING: Final = Which()
HUBS: Final = frozenset({"CrossingPoint", "LiaisonOffice", "Territory", "Substance"})
"""What so much is linked to that a way through it says nothing."""


class Following:
    """A wish, made ready to be asked of many lines of one reader's sight.

    Args:
        sight: of the reader.
        which: the wish.
        asked: nodes that are come to in any case, being asked for.
    """

    def __init__(self, sight: Sight, which: Which, asked: Ints) -> None:
        self._sight, self._asked = sight, asked
        self._kinds = _named(sight.whole.kinds, which.kinds, which.not_kinds)
        self._schemata: Flags | None = None
        if which.schemata or which.but_not:
            wanted, unwanted = _below(which.schemata), _below(which.but_not)
            names = sight.whole.schemata
            self._schemata = np.array(
                [(not wanted or name in wanted) and name not in unwanted for name in names]
            )
        without = [sight.found(one) for one in which.without]
        self._without = np.array([one for one in without if one is not None], np.int32)
        self._since = minutes_of(which.since) if which.since else None
        self._until = minutes_of(which.until) if which.until else None

    def lines(self, segment: Segment, places: Ints) -> Ints:
        """Return those of some lines that are followed."""
        if not len(places):
            return places
        lines = segment.lines
        places = places[self._sight.may_read[lines.marking[places]]]
        if self._kinds is not None:
            places = places[self._kinds[lines.kind[places]]]
        if self._since is not None or self._until is not None:
            places = places[
                self._timely(lines.since[places], self._sight.whole.until(lines, places))
            ]
        return places

    def nodes(self, nodes: Ints) -> Flags | None:
        """Say which of some nodes are come to; None for all."""
        allowed: Flags | None = None
        if self._schemata is not None:
            allowed = self._schemata[self._sight.schema[nodes]]
        if len(self._without):
            others = ~np.isin(nodes, self._without)
            allowed = others if allowed is None else allowed & others
        return None if allowed is None else allowed | np.isin(nodes, self._asked)

    def _timely(self, since: Ints, until: Ints) -> Flags:
        ended = np.where(until == NO_TIME, since, until)
        begun = np.where(since == NO_TIME, until, since)
        timely: Flags = (begun != NO_TIME) & (ended >= (self._since or FIRST))
        return timely & (begun <= (self._until or LAST))


def _named(names: tuple[str, ...], wanted: Set[str], unwanted: Set[str]) -> Flags | None:
    if not wanted and not unwanted:
        return None
    return np.array([(not wanted or name in wanted) and name not in unwanted for name in names])


def _below(names: Set[str]) -> Set[str]:
    """Return these schemata and all that extend them."""
    return {one.name for one in schemata().values() if not names.isdisjoint(one.ancestors)}
