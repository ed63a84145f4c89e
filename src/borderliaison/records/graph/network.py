"""The network of the records as one reader may know it: what is linked to what, and how."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.part import Part
from borderliaison.records.graph.segment import Ints
from borderliaison.records.graph.sight import Sight, sight_of
from borderliaison.records.graph.walking import Reached, between, expanded, part_of
from borderliaison.records.graph.which import EVERYTHING, Following, Which
from borderliaison.records.resolution.canonical import members


@dataclass(frozen=True, slots=True)
class Network:
    """What one reader may know of who and what is linked; nodes are what is the same for him.

    Every answer names a node by the entity with the lowest key of all that are the same for the reader;
    questions may name it by any of them. What does not exist for the reader is not in the answer.
    """

    reader: Reader
    sight: Sight

    def nodes(self, pks: Collection[int]) -> dict[int, int]:
        """Return for each of some entities the one by which the reader knows it; for a handful."""
        return {pk: same[0] for pk, same in members(self.reader, pks).items()}

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
        alone, starts = self._starts(pks)
        following = Following(self.sight, which)
        return _with(
            alone, part_of(self.sight, expanded(self.sight, following, starts, depth, limit))
        )

    def between(self, pks: Collection[int], which: Which = EVERYTHING) -> Part:
        """Return all lines among some entities."""
        alone, starts = self._starts(pks)
        walks = between(self.sight, Following(self.sight, which), starts)
        ties = sum(len(one.places) for one in walks)
        return _with(alone, part_of(self.sight, Reached(starts, walks, len(starts), ties)))

    def _starts(self, pks: Collection[int]) -> tuple[list[int], Ints]:
        """Return of some entities those that have no lines, and the nodes of the others."""
        known = list(dict.fromkeys(self.nodes(pks).values()))
        found = {pk: self.sight.found(pk) for pk in known}
        alone = [pk for pk, node in found.items() if node is None]
        return alone, np.array([node for node in found.values() if node is not None], np.int32)


def network(reader: Reader) -> Network:
    """Return the network as a reader may know it now."""
    return Network(reader, sight_of(reader))


def _with(alone: list[int], part: Part) -> Part:
    nodes = (*alone, *part.nodes) if alone else part.nodes
    return Part(nodes, part.ties, part.all_nodes + len(alone), part.all_ties)
