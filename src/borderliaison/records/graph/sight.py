"""The graph as one reader may see it: which lines are there for him, and which entities are one node.

A node is known by the number of the entity with the lowest key among those that are the same for the
reader; so two readers may know one thing by two numbers, and nothing betrays the other's.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.db.models import Max

from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import readable_ids
from borderliaison.records.changes import changes_since
from borderliaison.records.graph.sameness import Sameness, read, with_new
from borderliaison.records.graph.segment import GONE, Flags, Ints
from borderliaison.records.graph.store import Moment, current
from borderliaison.records.graph.whole import Whole
from borderliaison.records.models import Source
from borderliaison.records.ontology.model import schemata

_MAX_KEPT: Final = 16


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Sight:
    """What one reader sees of the graph. When anything is written or judged, another is made.

    Attributes:
        whole: the graph.
        may_read: for each marking whether he may read it.
        node: of each entity the one that stands for all that are the same; None where none are.
        groups: of one that stands for several, all of them.
        known_as: the entity by which the reader knows it, where that is another.
        stands: the node that stands for an entity which has no lines itself.
        schema: of each node the number of its schema, of several entities the most specific.
        sameness: who is the same as whom for the reader.
    """

    whole: Whole
    may_read: Flags
    node: Ints | None
    groups: Mapping[int, Ints]
    known_as: Mapping[int, int]
    stands: Mapping[int, int]
    schema: Ints
    sameness: Sameness

    def nodes_of(self, entities: Ints) -> Ints:
        """Return the node of each entity, both by their numbers in the graph."""
        if self.node is None:
            return entities
        found: Ints = self.node[entities]
        return found

    def entities_of(self, nodes: Ints) -> Ints:
        """Return all entities of some nodes."""
        if self.node is None:
            return nodes
        several = [self.groups[one] for one in nodes.tolist() if one in self.groups]
        if not several:
            return nodes
        return np.concatenate([nodes[~np.isin(nodes, list(self.groups))], *several])

    def found(self, pk: int) -> int | None:
        """Return the node of an entity; None where the graph does not show that it is there for him."""
        number = self.whole.nodes.number(pk)
        if number is None:
            return self.stands.get(pk)
        if self.node is not None and int(self.node[number]) in self.known_as:
            return int(self.node[number])
        here = np.array([number], np.int32)
        for segment in self.whole.segments:
            for places in (segment.out_of(here), segment.into(here)):
                if self.may_read[segment.lines.marking[places]].any():
                    return number
        return None

    def pks(self, nodes: Ints) -> list[int]:
        """Return the entities by which the reader knows some nodes."""
        pks: list[int] = self.whole.nodes.pks[nodes].tolist()
        if not self.known_as:
            return pks
        return [self.known_as.get(node, pk) for node, pk in zip(nodes.tolist(), pks, strict=True)]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sight that was made, and what it was made from."""

    sight: Sight
    moment: Moment
    last_source: int
    """Whichever has a higher number had not come yet."""


_lock = threading.Lock()
_kept: "OrderedDict[Reader, _Kept]" = OrderedDict()


def sight_of(reader: Reader) -> Sight:
    """Return the graph as a reader sees it now."""
    moment = current()
    with _lock:
        known = _kept.get(reader)
    if known is not None and known.moment == moment:
        return known.sight
    made = _made(reader, moment, known)
    with _lock:
        _kept[reader] = made
        _kept.move_to_end(reader)
        while len(_kept) > _MAX_KEPT:
            _kept.popitem(last=False)
    return made.sight


def _made(reader: Reader, moment: Moment, known: _Kept | None) -> _Kept:
    last_source = Source.objects.aggregate(last=Max("pk"))["last"] or 0
    sameness: Sameness | None = None
    if known is not None and known.moment.loaded == moment.loaded:
        sources = changes_since(known.moment.place).sources
        if all(one > known.last_source for one in sources):
            sameness = with_new(known.sight.sameness, reader, sources)
    if sameness is None:
        sameness = read(reader)
    sight = _looked(moment.whole, readable_ids(reader), sameness)
    return _Kept(sight, moment, last_source)


def _looked(whole: Whole, ids: Collection[int], sameness: Sameness) -> Sight:
    """Return the sight of who may read some markings, for whom some entities are the same."""
    may_read = np.isin(np.array([one or 0 for one in whole.markings]), list(ids))
    may_read[GONE] = False
    groups = [group for pk, group in sameness.items() if pk == group[0]]
    flat = np.array([pk for group in groups for pk in group], np.int64)
    numbers = whole.nodes.numbers(flat)
    of = np.repeat(np.arange(len(groups)), [len(one) for one in groups])
    here = numbers >= 0
    if not here.any():
        return Sight(whole, may_read, None, {}, {}, {}, whole.nodes.schema, sameness)
    depths = np.array([_depth(name) for name in whole.schemata])
    known, group = numbers[here].astype(np.int32), of[here]
    in_order = np.lexsort((known, group))
    known, group = known[in_order], group[in_order]
    present, starts = np.unique(group, return_index=True)
    first = np.full(len(groups), -1, np.int32)
    first[present] = known[starts]
    node = np.arange(len(whole.nodes), dtype=np.int32)
    node[known] = first[group]
    schema = whole.nodes.schema.copy()
    by_depth = np.lexsort((depths[schema[known]], group))
    deepest = np.append(starts[1:], len(group)) - 1
    schema[first[present]] = schema[known[by_depth[deepest]]]
    several = {int(some[0]): some for some in np.split(known, starts[1:]) if len(some) > 1}
    known_as = {int(first[one]): groups[one][0] for one in present.tolist()}
    away = flat[~here].tolist(), first[of[~here]].tolist()
    stands = {pk: number for pk, number in zip(*away, strict=True) if number >= 0}
    return Sight(whole, may_read, node, several, known_as, stands, schema, sameness)


def _depth(schema: str) -> int:
    kind = schemata().get(schema)
    return len(kind.ancestors) if kind is not None else 0
