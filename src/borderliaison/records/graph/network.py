"""The network of the records as one reader may know it: what is linked to what, and how."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.advancing import advanced
from borderliaison.records.graph.around import around
from borderliaison.records.graph.connecting import connected
from borderliaison.records.graph.flowing import Amounts, Flow, flows, sums_of_money
from borderliaison.records.graph.hanging import Parts, hanging
from borderliaison.records.graph.part import Around, Connecting, Part, Paths
from borderliaison.records.graph.paths import Ways, cycles, shortest, ways
from borderliaison.records.graph.segment import Ints
from borderliaison.records.graph.sight import Sight, sight_of
from borderliaison.records.graph.walking import (
    NOTHING,
    Reached,
    between,
    counted,
    expanded,
    part_of,
)
from borderliaison.records.graph.which import EVERYTHING, Following, Which
from borderliaison.records.resolution.canonical import members


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question is about: entities that have no lines, and the nodes of the others."""

    alone: list[int]
    nodes: Ints


@dataclass(frozen=True, slots=True)
class Network:
    """What one reader may know of who and what is linked; nodes are what is the same for him.

    Every answer names a node by the entity with the lowest key of all that are the same for the reader;
    questions may name it by any of them. What does not exist for the reader is not in the answer.
    """

    reader: Reader
    sight: Sight

    def nodes(self, pks: Collection[int]) -> dict[int, int]:
        """Return for each of some entities that exist for the reader the one by which he knows it."""
        found = {pk: self.sight.found(pk) for pk in pks}
        there = {pk: node for pk, node in found.items() if node is not None}
        named = self.sight.pks(np.array(list(there.values()), np.int32))
        return dict(zip(there, named, strict=True)) | self._alone(found.keys() - there.keys())

    def expand(
        self,
        pks: Collection[int],
        which: Which = EVERYTHING,
        *,
        depth: int = 1,
        limit: int | None = 200,
    ) -> Part:
        """Return what is linked to some entities, over at most ``depth`` lines.

        Args:
            pks: the entities to begin at.
            which: lines and nodes to follow.
            depth: how many lines away.
            limit: how many nodes are come to at most: those with the most lines to what is nearer.
        """
        asked = self._asked(pks)
        following = Following(self.sight, which, asked.nodes)
        return self._part(asked, expanded(self.sight, following, asked.nodes, depth, limit))

    def around(self, pks: Collection[int], which: Which = EVERYTHING) -> Around:
        """Return of what kinds that is which is linked to some entities, and how many there are of each."""
        asked = self._asked(pks)
        following = Following(self.sight, which, asked.nodes)
        return around(self.sight, following, asked.nodes)

    def advancing(
        self,
        pks: Collection[int],
        which: Which = EVERYTHING,
        *,
        depth: int = 3,
        gap: timedelta | None = None,
    ) -> Part:
        """Return what is linked to some entities while time advances from line to line.

        Args:
            pks: the entities to begin at.
            which: lines and nodes to follow.
            depth: how many lines away.
            gap: how long after a line the next may begin; None for any time.
        """
        asked = self._asked(pks)
        following = Following(self.sight, which, asked.nodes)
        return self._part(asked, advanced(self.sight, following, asked.nodes, depth, gap))

    def between(self, pks: Collection[int], which: Which = EVERYTHING) -> Part:
        """Return all lines among some entities."""
        asked = self._asked(pks)
        return self._part(asked, self._among(asked.nodes, which))

    def paths(
        self,
        begin: int,
        end: int,
        which: Which = EVERYTHING,
        *,
        longest: int = 4,
        limit: int = 20,
    ) -> Paths:
        """Return all ways from one entity to another that come to none twice, the shortest first.

        Args:
            begin: an entity.
            end: another.
            which: lines and nodes to follow.
            longest: of how many lines at most.
            limit: how many ways at most.
        """
        asked = self._asked([begin, end])
        if len(asked.nodes) < 2:
            return Paths((), Part(tuple(asked.alone)), are_all=True)
        following = Following(self.sight, which, asked.nodes)
        one, other = asked.nodes.tolist()
        return self._paths(ways(self.sight, following, one, other, longest, limit), which)

    def shortest(
        self, begin: int, end: int, which: Which = EVERYTHING, *, longest: int = 12
    ) -> tuple[int, ...]:
        """Return the entities on a shortest way from one to another; none where there is no way."""
        asked = self._asked([begin, end])
        if len(asked.nodes) < 2:
            return ()
        following = Following(self.sight, which, asked.nodes)
        one, other = asked.nodes.tolist()
        way = shortest(self.sight, following, one, other, longest)
        return tuple(self.sight.pks(np.array(way or [], np.int32)))

    def cycles(
        self, pk: int, which: Which = EVERYTHING, *, longest: int = 5, limit: int = 20
    ) -> Paths:
        """Return the rings of three or more through an entity, the shortest first."""
        asked = self._asked([pk])
        if not len(asked.nodes):
            return Paths((), Part(tuple(asked.alone)), are_all=True)
        following = Following(self.sight, which, asked.nodes)
        (node,) = asked.nodes.tolist()
        return self._paths(cycles(self.sight, following, node, longest, limit), which)

    def connecting(
        self,
        pks: Collection[int],
        which: Which = EVERYTHING,
        *,
        longest: int = 4,
        limit: int = 5,
    ) -> Connecting:
        """Return the network that connects some entities, and between which it has gaps.

        Args:
            pks: the entities.
            which: lines and nodes to follow.
            longest: how many lines lead from one to the next at most.
            limit: how many ways as short as the shortest are told between two.
        """
        asked = self._asked(pks)
        following = Following(self.sight, which, asked.nodes)
        found = connected(self.sight, following, asked.nodes.tolist(), longest, limit)
        nodes = np.array(found.nodes, np.int32)
        groups = [tuple(self.sight.pks(np.array(one, np.int32))) for one in found.groups]
        part = self._part(asked, self._among(nodes, which))
        return Connecting(part, (*groups, *((pk,) for pk in asked.alone)))

    def most_connected(
        self, which: Which = EVERYTHING, *, limit: int = 20
    ) -> tuple[tuple[int, int], ...]:
        """Return the entities with the most lines in the whole network, and how many each has."""
        counts = counted(self.sight, Following(self.sight, which, NOTHING))
        most = np.argsort(-counts, kind="stable")[:limit]
        most = most[counts[most] > 0]
        return tuple(zip(self.sight.pks(most), counts[most].tolist(), strict=True))

    def most_by_value(
        self,
        prop: str,
        which: Which = EVERYTHING,
        *,
        limit: int = 20,
        flow: Flow = Flow.NET,
    ) -> tuple[tuple[int, float], ...]:
        """Return the entities to or from which most goes, with how much.

        Args:
            prop: the property of links that says how much: ``kgEquivalent``.
            which: lines and nodes to follow.
            limit: how many entities at most.
            flow: what comes to them less what goes, or both together.
        """
        following = Following(self.sight, which, NOTHING)
        return self._most(flows(self.reader, self.sight, following, prop, flow), limit)

    def most_money(
        self, which: Which = EVERYTHING, *, limit: int = 20
    ) -> dict[str, tuple[tuple[int, float], ...]]:
        """Return by currency the entities to or from which most goes, with what comes less what goes.

        Args:
            which: lines and nodes to follow.
            limit: how many entities of each currency at most.
        """
        sums = sums_of_money(self.reader, self.sight, Following(self.sight, which, NOTHING))
        return {currency: self._most(net, limit) for currency, net in sorted(sums.items())}

    def hanging(
        self,
        which: Which = EVERYTHING,
        *,
        since: datetime | None = None,
        parts: int = 25,
        nodes: int = 100,
    ) -> Parts:
        """Return into which parts the network falls, of each of which several sources speak.

        Args:
            which: lines and nodes to follow.
            since: events and lines before it do not count; None for all.
            parts: how many are told at most, those with the most sources first.
            nodes: how many entities of each are told at most, those with the most lines first.
        """
        following = Following(self.sight, which, NOTHING)
        return hanging(self.sight, following, since, parts=parts, nodes=nodes)

    def _most(self, values: Amounts, limit: int) -> tuple[tuple[int, float], ...]:
        most = np.argsort(-np.abs(values), kind="stable")[:limit]
        most = most[values[most] != 0]
        return tuple(zip(self.sight.pks(most), values[most].tolist(), strict=True))

    def _asked(self, pks: Collection[int]) -> _Asked:
        found = {pk: self.sight.found(pk) for pk in pks}
        nodes = dict.fromkeys(node for node in found.values() if node is not None)
        alone = self._alone({pk for pk, node in found.items() if node is None})
        return _Asked(list(dict.fromkeys(alone.values())), np.array(list(nodes), np.int32))

    def _alone(self, pks: Collection[int]) -> dict[int, int]:
        """Return for each of some entities without a line that the reader may see which it is for him."""
        return {pk: same[0] for pk, same in members(self.reader, pks).items()} if pks else {}

    def _among(self, nodes: Ints, which: Which) -> Reached:
        walks = between(self.sight, Following(self.sight, which, nodes), nodes)
        return Reached(nodes, walks, len(nodes), sum(len(one.places) for one in walks))

    def _paths(self, found: Ways, which: Which) -> Paths:
        nodes = np.array(list(dict.fromkeys(n for way in found.nodes for n in way)), np.int32)
        part = part_of(self.sight, self._among(nodes, which))
        ways_ = tuple(tuple(self.sight.pks(np.array(one, np.int32))) for one in found.nodes)
        return Paths(ways_, part, found.are_all, found.goes_on)

    def _part(self, asked: _Asked, reached: Reached) -> Part:
        part = part_of(self.sight, reached)
        if not asked.alone:
            return part
        count = part.all_nodes + len(asked.alone)
        return Part((*asked.alone, *part.nodes), part.ties, count, part.all_ties)


def network(reader: Reader) -> Network:
    """Return the network as a reader may know it now."""
    return Network(reader, sight_of(reader))
