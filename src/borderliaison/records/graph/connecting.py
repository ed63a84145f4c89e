"""The network that connects several nodes: as few lines as lead from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from borderliaison.records.graph.paths import shortest, ways
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.which import Following


@dataclass(frozen=True, slots=True)
class Connected:
    """How some nodes hang together.

    Attributes:
        nodes: they and those on the ways between them.
        groups: those that were asked for, as far as they hang together; several where there are gaps.
    """

    nodes: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]


def connected(
    sight: Sight, following: Following, nodes: Sequence[int], longest: int, limit: int
) -> Connected:
    """Return what connects some nodes: of the shortest ways between them as many as it needs.

    Args:
        sight: of the reader.
        following: which lines and nodes.
        nodes: that shall hang together.
        longest: how many lines lead from one to the next at most.
        limit: how many ways as short as the shortest are shown between two.
    """
    found: list[tuple[int, int, int]] = []
    for one, other in combinations(nodes, 2):
        way = shortest(sight, following, one, other, longest)
        if way is not None:
            found.append((len(way) - 1, one, other))
    group = {node: node for node in nodes}
    kept = dict.fromkeys(nodes)
    for length, one, other in sorted(found):
        if group[one] == group[other]:
            continue
        old, new = group[other], group[one]
        group = {node: new if of == old else of for node, of in group.items()}
        for way_ in ways(sight, following, one, other, length, limit).nodes:
            kept.update(dict.fromkeys(way_))
    groups: dict[int, list[int]] = {}
    for node, of in group.items():
        groups.setdefault(of, []).append(node)
    return Connected(tuple(kept), tuple(tuple(one) for one in groups.values()))
