"""When the node was last backed up: a port, plugged by the composition root."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

LastBackup = Callable[[], datetime | None]
OLD_AFTER: Final = timedelta(days=2)
"""A backup each night, and one night may be missed before somebody has to look."""


def _never() -> datetime | None:
    return None


_last: LastBackup = _never


def register_last_backup(last: LastBackup) -> None:
    """Say who knows when the newest complete backup was made."""
    global _last  # noqa: PLW0603 - the composition root says it once, at start
    _last = last


def last_backup() -> datetime | None:
    """Return when the newest complete backup was made; None where there is none."""
    return _last()
