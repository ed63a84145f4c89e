"""How much is written in one commit: so little that others who write wait little, and no less."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final, TypeVar

from django.db import transaction

from borderliaison.sql.disk import Disk

T = TypeVar("T")
_LASTS_S: Final = 0.05
"""Of one commit; on SQLite nobody else writes meanwhile."""
_MOST: Final = 4000


class Pace:
    """Learns from each commit how much the next one bears.

    Args:
        at_once: how much the first one bears; a fifth of it is written however long that takes.
        disk: that catches up between two commits.
    """

    def __init__(self, at_once: int = 500, disk: Disk | None = None) -> None:
        self.at_once = at_once
        self._disk = disk or Disk()
        self._fewest = at_once // 5

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Write what is written in the block, which was made ready before."""
        with transaction.atomic():
            began = time.perf_counter()
            yield
        took_s = time.perf_counter() - began
        wanted = self.at_once * min(2.0, _LASTS_S / max(took_s, 0.001))
        self.at_once = max(self._fewest, min(_MOST, round(wanted)))
        self._disk.catch_up()

    def batches(self, many: Iterator[T]) -> Iterator[list[T]]:
        """Yield what is to be written, each time as much as a commit bears now."""
        while some := list(islice(many, self.at_once)):
            yield some
