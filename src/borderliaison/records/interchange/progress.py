"""How far a file is read or written, for whoever waits."""

import os
from collections.abc import Callable, Iterator
from typing import IO, Final, TypeVar

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""
_AT_ONCE: Final = 500
T = TypeVar("T")


def passed() -> None:
    """Go on."""


def unseen(_done: int, _total: int, /) -> None:
    """Tell nobody."""


def followed(read: Iterator[T], file: IO[bytes], progress: Progress) -> Iterator[T]:
    """Yield what is read of a file, and tell how many of its octets were read."""
    place = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(place)
    furthest = 0
    for number, one in enumerate(read):
        if number % _AT_ONCE == 0:
            furthest = max(furthest, file.tell())
            progress(furthest, size)
        yield one
    progress(size, size)


class Counting:
    """Tells how many of several series were gone through.

    Args:
        total: how many there are.
        progress: told how many are done.
    """

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self._progress, self._done = total, progress, 0

    def each(self, series: Iterator[T]) -> Iterator[T]:
        """Yield a series; whoever goes through one twice is no further than at its end."""
        for one in series:
            self.step()
            yield one

    def step(self, number: int = 1) -> None:
        """Note that so many more are done."""
        before, self._done = self._done, self._done + number
        if before // _AT_ONCE != self._done // _AT_ONCE or self._done >= self.total:
            self._progress(min(self._done, self.total), self.total)
