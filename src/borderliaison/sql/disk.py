"""Writing much without waiting for the disk after each commit: for what is begun again if the power goes.

On SQLite a commit that is synced waits for the disk, and what it has in the log is soon copied to random
places of the database, by whoever commits next: an officer who sends a report. In the block nothing is
synced, and the log grows; it is copied now and then, each page once, while nobody waits for the turn.
A reader of our own holds others from doing it in their commits meanwhile. The first commit after the
block is synced, and with it all that was written in it.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from django.db import connection

from borderliaison.sql.statements import rows, run

_EVERY_S: Final = 2.0
"""So long the log grows until it is copied."""
_ROOM_KB: Final = 65_536
_TRIES: Final = 3
"""At copying all of the log: what others write meanwhile is left for the next."""
_MEANWHILE: Final = {
    "cache_size": f"-{_ROOM_KB}",
    "synchronous": "NORMAL",
    "wal_autocheckpoint": "0",
}


class Disk:
    """How far the disk is behind what is written in a block; here it is left to the database."""

    def catch_up(self) -> None:
        """Let the disk catch up where it is far behind. To be called between two commits."""


class _Log(Disk):
    def __init__(self, holding: sqlite3.Connection) -> None:
        self._holding = holding
        self._hold()

    def catch_up(self) -> None:
        if time.monotonic() - self._held_at >= _EVERY_S:
            self.copy()
            self._hold()

    def copy(self) -> None:
        """Copy the log to the database, and let whoever writes next begin it anew."""
        self._holding.rollback()
        for _ in range(_TRIES):
            ((is_busy, length, copied),) = rows("PRAGMA wal_checkpoint(PASSIVE)")
            if is_busy or length == copied:
                break

    def _hold(self) -> None:
        """Read: others leave the log as it is."""
        self._held_at = time.monotonic()
        self._holding.execute("BEGIN")
        self._holding.execute("SELECT 1 FROM sqlite_schema").fetchone()


@contextmanager
def disk_later() -> Iterator[Disk]:
    """Let this connection write in the block without waiting for the disk, with more of it in memory."""
    if connection.in_atomic_block:
        yield Disk()
        return
    if connection.vendor == "postgresql":
        run("SET synchronous_commit = off")
        try:
            yield Disk()
        finally:
            run("SET synchronous_commit = on")
        return
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.is_file():
        yield Disk()
        return
    with _set(_MEANWHILE), closing(sqlite3.connect(path, isolation_level=None)) as holding:
        log = _Log(holding)
        yield log
        log.copy()


@contextmanager
def _set(pragmas: Mapping[str, str]) -> Iterator[None]:
    before = {name: rows(f"PRAGMA {name}")[0][0] for name in pragmas}
    try:
        for name, value in pragmas.items():
            rows(f"PRAGMA {name} = {value}")
        yield
    finally:
        for name, value in before.items():
            rows(f"PRAGMA {name} = {value}")
