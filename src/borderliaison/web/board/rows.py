"""Rows of the feed, each made once and kept until something happens in its thread.

They are kept as long as any answer of the board (see ``kept``): for the minute, and for those who may read
the same in one language. An event of any other kind, such as a link that is lost, lets go of all.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from borderliaison.feed.services import News
from borderliaison.kernel.marking import Marking
from borderliaison.ui.parts.feed import FeedRow

_OF_THREADS: Final = frozenset({"thread", "alert"})
"""Kinds of events that change the rows of the thread that they name, and no others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row with its key.

    Attributes:
        office: whose event it is; of a link the office at its other end.
        item: the number of the item that it is about; 0 for what happened to a link.
        thread: the key of the item's thread.
        marking: of the item; None for what happened to a link.
    """

    key: str
    row: FeedRow
    office: str
    item: int = 0
    is_own: bool = False
    thread: str = ""
    marking: Marking | None = None


class Rows:
    """The rows that were made, by the number of their item."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: set[int] = set()
        self._made: dict[int, Entry] = {}

    def of(
        self,
        items: Sequence[int],
        news: Sequence[News],
        make: Callable[[Sequence[int]], Mapping[int, Entry]],
    ) -> list[Entry]:
        """Return the rows of some items, in their order.

        Args:
            items: their numbers.
            news: the newest events that the reader may know of, as they were before this question.
            make: makes the rows that are lacking; what is gone by then is not among them.
        """
        with self._lock:
            self._hear(news)
            found = {one: self._made[one] for one in items if one in self._made}
            heard = len(self._heard)
        lacking = [one for one in items if one not in found]
        if lacking:
            made = make(lacking)
            found |= made
            with self._lock:
                if heard == len(self._heard):  # else something has happened that they may not show
                    self._made |= made
        return [found[one] for one in items if one in found]

    def _hear(self, news: Sequence[News]) -> None:
        """Let go of what has changed since the last look."""
        fresh = [one for one in news if one.id not in self._heard]
        if len(fresh) == len(news) or any(one.kind not in _OF_THREADS for one in fresh):
            self._made.clear()
        elif fresh:
            threads = {one.subject for one in fresh}
            self._made = {pk: one for pk, one in self._made.items() if one.thread not in threads}
        self._heard.update(one.id for one in fresh)
