"""Telling packages above this one of the items that are kept, in the transaction that keeps them.

A port, so that they can draw from an item what they look up later, without this package knowing what.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from borderliaison.correspondence.models import Item

Listener = Callable[[Sequence[Item]], None]
_listeners: dict[str, list[Listener]] = defaultdict(list)


def register_kept(payload_type: str, listener: Listener) -> None:
    """Say who is told of items of this type. It happens with each letter, so a listener is quick.

    Args:
        payload_type: ``report``, ``message``.
        listener: called with new items, in their order; writes by plain SQL (``sql.statements``).
    """
    if listener not in _listeners[payload_type]:
        _listeners[payload_type].append(listener)


def tell_kept(items: Sequence[Item]) -> None:
    """Tell of items that were just kept."""
    by_type: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_type[item.payload_type].append(item)
    for payload_type, several in by_type.items():
        for listener in _listeners.get(payload_type, ()):
            listener(several)
