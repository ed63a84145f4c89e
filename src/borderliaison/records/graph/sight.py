"""The graph as one reader may see it: which lines are there for him, and which entities are one node.

A node is known by the number of the entity with the lowest key among those that are the same for the
reader; so two readers may know one thing by two numbers, and nothing betrays the other's.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import readable_ids
from borderliaison.records.graph.segment import Flags, Ints
from borderliaison.records.graph.store import current
from borderliaison.records.graph.whole import Whole
from borderliaison.records.models import Entity
from borderliaison.records.ontology.model import schemata
from borderliaison.records.resolution.canonical import samenesses

_MAX_KEPT: Final = 16
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader sees of the graph.

    Attributes:
        whole: the graph.
        may_read: for each marking whether he may read it.
        node: of each entity the one that stands for all that are the same; None where none are.
        groups: of one that stands for several, all of them.
        known_as: the entity by which the reader knows it, where that is another.
        stands: the node that stands for an entity which has no lines itself.
    """

    whole: Whole
    may_read: Flags
    node: Ints | None
    groups: Mapping[int, Ints]
    known_as: Mapping[int, int]
    stands: Mapping[int, int]
    schema: Ints

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

    def is_there(self, pk: int) -> bool:
        """Whether the graph shows that an entity exists for the reader; where not, it may yet."""
        (number,) = self.whole.nodes.numbers(np.array([pk])).tolist()
        if number < 0:
            return pk in self.stands
        if self.node is not None and int(self.node[number]) in self.known_as:
            return True
        here = np.array([number], np.int32)
        return any(
            self.may_read[one.lines.marking[places]].any()
            for one in self.whole.segments
            for places in (one.out_of(here), one.into(here))
        )

    def found(self, pk: int) -> int | None:
        """Return the node of an entity; None where it has no line."""
        (number,) = self.whole.nodes.numbers(np.array([pk])).tolist()
        if number < 0:
            return self.stands.get(pk)
        return number if self.node is None else int(self.node[number])

    def pks(self, nodes: Ints) -> list[int]:
        """Return the entities by which the reader knows some nodes."""
        pks: list[int] = self.whole.nodes.pks[nodes].tolist()
        if not self.known_as:
            return pks
        return [self.known_as.get(node, pk) for node, pk in zip(nodes.tolist(), pks, strict=True)]


_lock = threading.Lock()
_kept: "OrderedDict[tuple[int, ...], tuple[int, Sight]]" = OrderedDict()


def sight_of(reader: Reader) -> Sight:
    """Return the graph as a reader sees it now."""
    whole, place = current()
    ids = readable_ids(reader)
    with _lock:
        known = _kept.get(ids)
        if known is not None and known[0] == place and known[1].whole is whole:
            _kept.move_to_end(ids)
            return known[1]
    made = _looked(whole, ids, samenesses(reader))
    with _lock:
        _kept[ids] = (place, made)
        while len(_kept) > _MAX_KEPT:
            _kept.popitem(last=False)
    return made


def _looked(whole: Whole, ids: Iterable[int], pairs: Iterable[tuple[int, int]]) -> Sight:
    """Return the sight of who may read some markings, for whom some entities are the same."""
    may_read = np.isin(np.array([one or 0 for one in whole.markings]), list(ids))
    may_read[0] = False
    groups, known_as, stands = {}, {}, {}
    node, schema = None, whole.nodes.schema
    for group in _groups(pairs):
        numbers = whole.nodes.numbers(np.array(group))
        here = np.sort(numbers[numbers >= 0]).astype(np.int32)
        if not len(here):
            continue
        if node is None:
            node, schema = np.arange(len(whole.nodes), dtype=np.int32), schema.copy()
        first = int(here[0])
        node[here] = first
        schema[first] = max(schema[here].tolist(), key=lambda one: _depth(whole.schemata[one]))
        known_as[first] = group[0]
        if len(here) > 1:
            groups[first] = here
        for pk, number in zip(group, numbers.tolist(), strict=True):
            if number < 0:
                stands[pk] = first
    return Sight(whole, may_read, node, groups, known_as, stands, schema)


def _depth(schema: str) -> int:
    kind = schemata().get(schema)
    return len(kind.ancestors) if kind is not None else 0


def _groups(pairs: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the entities that are the same, that with the lowest key first."""
    first: dict[int, int] = {}

    def root(one: int) -> int:
        while (above := first.get(one, one)) != one:
            first[one] = first.get(above, above)
            one = above
        return one

    for one, other in pairs:
        first.setdefault(one, one)
        first.setdefault(other, other)
        first[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for one in first:
        groups.setdefault(root(one), []).append(one)
    keys = _keys(list(first))
    for group in groups.values():
        if len(group) > 1:
            yield sorted(group, key=lambda one: keys[one])


def _keys(pks: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(pks), _AT_ONCE):
        some = Entity.objects.filter(pk__in=pks[start : start + _AT_ONCE])
        found.update(some.values_list("pk", "key"))
    return found
