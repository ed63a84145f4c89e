"""One writer at a time, in turn: an advisory lock on a file beside the database.

SQLite's own wait is a poll with growing pauses, so a writer that commits and begins again at once
can keep the others out for seconds. Whoever means to write takes this lock first; a batch writer
leaves a gap between two commits, wide enough for a page's writer to step in. It waits before it takes
the lock again, not after it let go: what it does next without the database is not held up.

Invariants: a holder that dies releases the lock (the kernel closes its file); a forked child never
holds its parent's lock, nor releases it; two connections of one process exclude each other too.
Source: ADR 0002.
"""

import fcntl
import os
import time
from pathlib import Path
from typing import ClassVar
from weakref import WeakSet

BATCH_PAUSE_S = 0.001
"""The gap that a batch writer leaves between two of its commits."""
_LOOK_AGAIN_S = 0.0004
"""Less than half the gap, so that a waiting writer does not miss it."""
_LOOK_SLOWLY_S = 0.005
_SLOWLY_AFTER_S = 2.0


class WriterBusyError(TimeoutError):
    """Another writer held the database for longer than this one may wait."""


class WriterLock:
    """The writer lock as one connection sees it.

    Args:
        path: the lock file; made if it is missing, mode 0600.
        timeout_s: how long ``acquire`` waits.
    """

    _all: ClassVar["WeakSet[WriterLock]"] = WeakSet()

    def __init__(self, path: Path, timeout_s: float) -> None:
        self._path = path
        self._timeout_s = timeout_s
        self._file = -1
        self._left_at = 0.0
        self.held = False
        self._all.add(self)

    def acquire(self) -> None:
        """Wait for the lock; nothing happens where it is held already.

        Raises:
            WriterBusyError: it was not free within the time allowed.
        """
        if self.held:
            return
        if self._file < 0:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        began = time.monotonic()
        gap_s = self._left_at + _batch.pause_s - began
        if gap_s > 0:
            time.sleep(gap_s)
        while not self._try():
            waited_s = time.monotonic() - began
            if waited_s > self._timeout_s:
                raise WriterBusyError(f"the database was held for {waited_s:.0f} s")
            time.sleep(_LOOK_AGAIN_S if waited_s < _SLOWLY_AFTER_S else _LOOK_SLOWLY_S)
        self.held = True

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let the next writer in; nothing happens where the lock is not held."""
        if self.held:
            self.held = False
            fcntl.flock(self._file, fcntl.LOCK_UN)
            self._left_at = time.monotonic()

    def close(self) -> None:
        """Release the lock and close its file."""
        if self._file >= 0:
            os.close(self._file)  # releases too: nobody else has this open file
        self._file, self.held = -1, False

    def __del__(self) -> None:
        self.close()

    @classmethod
    def forget_parents(cls) -> None:
        """In a forked child: let go of the parent's files without unlocking them."""
        for lock in list(cls._all):
            lock.close()


class _Batch:
    """Whether this process writes in batches."""

    pause_s = 0.0


_batch = _Batch()


def write_in_batches() -> None:
    """Say that this process writes in batches: from now on it pauses between commits."""
    _batch.pause_s = BATCH_PAUSE_S


os.register_at_fork(after_in_child=WriterLock.forget_parents)
