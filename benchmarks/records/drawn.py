"""A network as networks of people and things are: few have very many lines, most have few."""

from dataclasses import dataclass

import numpy as np

from borderliaison.records.graph.segment import Ints

LINES_EACH = 5
LINES_OF_A_SOURCE = 10
_STEEP = 0.6
"""A node's share of lines falls with its rank to this power, so that degrees fall with theirs to 2.7."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Lines between numbered entities.

    Attributes:
        entities: how many, numbered from 1.
        begin: of each line where it begins.
        end: of each line where it ends.
        minute: of each line when it was.
        source: of each line who says it, numbered from 1.
        is_read: of each source whether the reader may read it.
    """

    entities: int
    begin: Ints
    end: Ints
    minute: Ints
    source: Ints
    is_read: Ints


def drawn(entities: int, lines: int = 0) -> Drawn:
    """Return a network, the same each time.

    Args:
        entities: how many.
        lines: how many; 0 for ``LINES_EACH`` of each entity.
    """
    chance = np.random.default_rng(7)
    count = lines or LINES_EACH * entities
    names = chance.permutation(entities) + 1
    ends = [
        names[(chance.random(count) ** (1 / (1 - _STEEP)) * entities).astype(np.int64)]
        for _ in range(2)
    ]
    kept = ends[0] != ends[1]
    begin, end = (one[kept].astype(np.int32) for one in ends)
    source = np.arange(len(begin), dtype=np.int32) // LINES_OF_A_SOURCE + 1
    return Drawn(
        entities, begin, end, chance.integers(0, 525_600, len(begin), np.int32), source,
        chance.random(int(source[-1]) + 1) < 0.9,
    )  # fmt: skip
