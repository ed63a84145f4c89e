"""What flows along lines: of an amount that they carry, what comes to a node less what goes from it."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import numpy as np
import numpy.typing as npt

from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.walking import all_lines
from borderliaison.records.graph.which import Following
from borderliaison.records.models import Statement


def net_values(
    reader: Reader, sight: Sight, following: Following, prop: str
) -> npt.NDArray[np.float64]:
    """Return for each node what comes to it less what goes from it.

    Args:
        reader: whose statements count.
        sight: of the same reader.
        following: which lines and nodes.
        prop: the property of links that says how much: ``kgEquivalent``.
    """
    said = Statement.objects.readable_by(reader).filter(prop=prop)
    amounts = _amounts(said.values_list("entity_id", "value").iterator(chunk_size=5000))
    entities = np.array(sorted(amounts), np.uint32)
    values = np.array([amounts[one] for one in entities.tolist()])
    net = np.zeros(len(sight.whole.nodes))
    if not len(entities):
        return net
    for walk in all_lines(sight, following):
        of = walk.segment.lines.entity[walk.places]
        places = np.minimum(np.searchsorted(entities, of), len(entities) - 1)
        carried = np.where(entities[places] == of, values[places], 0.0)
        np.add.at(net, walk.end, carried)
        np.subtract.at(net, walk.begin, carried)
    return net


def _amounts(said: Iterable[tuple[int, str]]) -> dict[int, float]:
    """Return how much each link carries, of several amounts the highest; what is no number is none."""
    found: dict[int, float] = {}
    for entity, value in said:
        try:
            amount = float(Decimal(value))
        except InvalidOperation:
            continue
        found[entity] = max(amount, found.get(entity, amount))
    return found
