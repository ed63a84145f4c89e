"""What is next to some nodes, by the kinds of lines that lead there and by what it is."""

import numpy as np

from borderliaison.records.graph.part import Around
from borderliaison.records.graph.segment import Ints
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.walking import NOTHING, Walk, lines_at
from borderliaison.records.graph.which import Following

_SHIFT = 32
"""A kind and a node in one number: the kind above this many bits."""


def around(sight: Sight, following: Following, starts: Ints) -> Around:
    """Return how many nodes each kind of line leads to, and how many of each schema there are.

    Args:
        sight: of the reader.
        following: which lines and nodes.
        starts: from where; they themselves are not counted.
    """
    found: list[Ints] = [NOTHING.astype(np.int64)]
    for leaving, entering in lines_at(sight, following, starts):
        found.append(_led(following, leaving, leaving.end, starts))
        found.append(_led(following, entering, entering.begin, starts))
    pairs = np.unique(np.concatenate(found))
    kinds, counts = np.unique(pairs >> _SHIFT, return_counts=True)
    nodes = np.unique(pairs & ((1 << _SHIFT) - 1))
    numbers, of = np.unique(sight.schema[nodes], return_counts=True)
    return Around(
        {
            sight.whole.kinds[kind]: n
            for kind, n in zip(kinds.tolist(), counts.tolist(), strict=True)
        },
        {
            sight.whole.schemata[one]: n
            for one, n in zip(numbers.tolist(), of.tolist(), strict=True)
        },
    )


def _led(following: Following, walk: Walk, to: Ints, starts: Ints) -> Ints:
    """Return each kind with each node that it leads to, as one number."""
    kept = ~np.isin(to, starts)
    allowed = following.nodes(to)
    kept = kept if allowed is None else kept & allowed
    kinds = walk.segment.lines.kind[walk.places][kept].astype(np.int64)
    led: Ints = (kinds << _SHIFT) + to[kept]
    return led
