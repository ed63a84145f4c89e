"""How often a token may call: a bucket for each that fills again with time; and long work one by one.

Kept in the memory of the pages' process, of which a node has one: a limit protects this machine, and
writing it down for each call would cost more than it spares.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from borderliaison.api.errors import AtWork, TooManyCalls

BURST: Final = 60
"""Calls that may come at once."""
PER_SECOND: Final = 2.0
"""Calls that may follow each second, for ever."""
MAX_BUCKETS: Final = 10_000
AGAIN_S: Final = 10
"""How soon a program should ask again for what its token cannot have twice at once."""


class Buckets:
    """How many calls each token has left.

    Args:
        now: seconds of a clock that never goes back.
        burst: how many a full bucket holds.
        per_second: how many come back each second.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        burst: int = BURST,
        per_second: float = PER_SECOND,
    ) -> None:
        self._now, self._burst, self._per_second = now, burst, per_second
        self._left: dict[int, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, token: int) -> None:
        """Count one call.

        Raises:
            TooManyCalls: the bucket is empty; says when there is a call again.
        """
        with self._lock:
            now = self._now()
            left, at = self._left.get(token, (float(self._burst), now))
            left = min(self._burst, left + (now - at) * self._per_second)
            if left < 1:
                self._left[token] = (left, now)
                raise TooManyCalls(retry_after_s=math.ceil((1 - left) / self._per_second))
            self._make_room()
            self._left[token] = (left - 1, now)

    def _make_room(self) -> None:
        if len(self._left) >= MAX_BUCKETS:
            self._left.pop(next(iter(self._left)))


class Turns:
    """Which tokens are being answered with long work: each one piece at a time."""

    def __init__(self) -> None:
        self._at_work: set[int] = set()
        self._lock = threading.Lock()

    @contextmanager
    def take(self, token: int) -> Iterator[None]:
        """Work for a token in the block.

        Raises:
            AtWork: another call of the same token is worked for.
        """
        with self._lock:
            if token in self._at_work:
                raise AtWork(retry_after_s=AGAIN_S)
            self._at_work.add(token)
        try:
            yield
        finally:
            with self._lock:
                self._at_work.remove(token)


BUCKETS: Final = Buckets()
TURNS: Final = Turns()
