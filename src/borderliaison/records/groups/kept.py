"""The parts into which a reader's network falls, kept for as long as it stands as it is.

They hang on the reader's sight: whatever is written, withdrawn or judged makes another sight, and with the
old one its parts go. They are numbers alone; who is meant is read anew at each look.
"""

import threading
from datetime import datetime
from typing import Final
from weakref import WeakKeyDictionary

from borderliaison.records.graph.hanging import Parts
from borderliaison.records.graph.network import Network
from borderliaison.records.graph.sight import Sight
from borderliaison.records.graph.which import HUBS, Which

MAX_GROUPS: Final = 15
MAX_MEMBERS: Final = 100
"""As many as are put on a chart at once."""
_MAX_KEPT: Final = 8
"""Of one sight: the periods that are offered, before and after midnight."""
_PAST_HUBS: Final = Which(but_not=HUBS)

_lock = threading.Lock()
_kept: WeakKeyDictionary[Sight, dict[datetime | None, Parts]] = WeakKeyDictionary()


def parts_of(seen: Network, since: datetime | None) -> Parts:
    """Return the parts of a network past what everything leads to, those with the most sources first.

    Args:
        seen: as a reader may know it now.
        since: what was before it does not count; None for all.
    """
    with _lock:
        known = _kept.get(seen.sight, {}).get(since)
    if known is not None:
        return known
    found = seen.hanging(_PAST_HUBS, since=since, parts=MAX_GROUPS, nodes=MAX_MEMBERS)
    with _lock:
        of_sight = _kept.setdefault(seen.sight, {})
        of_sight[since] = found
        if len(of_sight) > _MAX_KEPT:
            del of_sight[next(iter(of_sight))]
    return found
