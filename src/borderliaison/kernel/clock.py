"""Time as a parameter. All instants are aware and in UTC."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is told to advance."""

    at: datetime = field(default_factory=lambda: datetime(2026, 5, 12, 4, 0, tzinfo=UTC))

    def now(self) -> datetime:
        """Return the instant at which the clock stands."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Move the clock on by ``by``."""
        self.at += by
