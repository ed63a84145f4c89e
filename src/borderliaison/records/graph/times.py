"""Moments as numbers that four bytes hold: minutes since 1840, up to the year 10006. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Final

NO_TIME: Final = 0
"""Stands for a moment of which nothing is said."""
FIRST: Final = 1
LAST: Final = 2**32 - 1
_BEGINNING: Final = datetime(1840, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)
BEGINNING_S: Final = int(_BEGINNING.timestamp())


def minutes_of(moment: datetime) -> int:
    """Return a moment's number; what was before 1840 counts as of then."""
    return max(FIRST, (moment - _BEGINNING) // _MINUTE)


def moment_of(minutes: int) -> datetime | None:
    """Return the moment of a number."""
    return None if minutes == NO_TIME else _BEGINNING + minutes * _MINUTE
