"""What about directories, keys or this machine's clock somebody has to do something, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.errors import ClockBehind, DirectoryBehind
from borderliaison.offices.trust.held import Trust
from borderliaison.offices.trust.verdicts import GRACE, listed_in, newest_revocation

DIRECTORY_AHEAD: Final = timedelta(days=14)
"""How long before a directory expires somebody has to bring a new one."""
KEYS_AHEAD: Final = timedelta(days=30)
"""How long before our keys expire somebody has to rotate them."""
CLOCK_TOLERANCE: Final = timedelta(minutes=5)


class WarningKind(StrEnum):
    """What is the matter. Worded in ``wording``."""

    CLOCK_BEHIND = "clock_behind"
    """This machine's clock is behind what our own authority has signed: nothing dated can be trusted."""
    DIRECTORY_BEHIND = "directory_behind"
    """A newer one was held here before the database was put back: nothing is sent, taken in or shown."""
    NO_DIRECTORY = "no_directory"
    """No directory of our authority is held."""
    DIRECTORY_EXPIRES = "directory_expires"
    """A directory expires within 14 days."""
    DIRECTORY_EXPIRED = "directory_expired"
    """It has expired, and letters still cross the border."""
    DIRECTORY_LAPSED = "directory_lapsed"
    """It expired 30 days ago or more: nothing is sent across the border."""
    KEYS_EXPIRE = "keys_expire"
    """Our keys expire within 30 days."""
    KEYS_EXPIRED = "keys_expired"
    """They have expired: nothing is sent."""
    KEYS_REVOKED = "keys_revoked"
    """Our authority has revoked them: nothing is sent, and nobody believes us."""

    @property
    def is_grave(self) -> bool:
        """Whether something does not work any more."""
        return self not in (
            WarningKind.DIRECTORY_EXPIRES,
            WarningKind.DIRECTORY_EXPIRED,
            WarningKind.KEYS_EXPIRE,
        )

    @property
    def code(self) -> str:
        """The code of the error that it is; empty where it is none yet."""
        return _CODES.get(self, "")


_CODES: Final = {
    WarningKind.CLOCK_BEHIND: ClockBehind.code,
    WarningKind.DIRECTORY_BEHIND: DirectoryBehind.code,
}


@dataclass(frozen=True, slots=True)
class Warned:
    """One matter.

    Attributes:
        kind: what is the matter.
        subject: the country of the directory, or the code of our office.
        at: when it began or begins.
        stops: when sending stops because of it, where that is to come.
        now: what this machine's clock says.
        serial: of the directory that is lacking; 0 where that is not known, or none is.
    """

    kind: WarningKind
    subject: str
    at: datetime
    stops: datetime | None
    now: datetime
    serial: int = 0

    @property
    def days_left(self) -> int:
        """How many whole days are left until something stops; 0 where it has."""
        return max(0, ((self.stops or self.now) - self.now).days)


def find_warnings(trust: Trust, us: OfficeCode, now: datetime) -> tuple[Warned, ...]:
    """Return what is the matter, grave things first."""
    found = [*_of_clock(trust, now), *_of_keys(trust, us, now), *_of_directories(trust, now)]
    return tuple(sorted(found, key=lambda one: (not one.kind.is_grave, one.at)))


def _of_clock(trust: Trust, now: datetime) -> Iterator[Warned]:
    own = trust.own
    if own is not None and now < own.issued - CLOCK_TOLERANCE:
        yield Warned(WarningKind.CLOCK_BEHIND, own.country, own.issued, None, now)


def _of_keys(trust: Trust, us: OfficeCode, now: datetime) -> Iterator[Warned]:
    if trust.own is None:
        yield Warned(WarningKind.NO_DIRECTORY, trust.pin.country, now, None, now)
        return
    listed, revoked = listed_in(trust.own, us), newest_revocation(trust.own, us)
    if listed is None:
        if revoked is not None:
            yield Warned(WarningKind.KEYS_REVOKED, us, revoked.since, None, now)
    elif now >= listed.not_after:
        yield Warned(WarningKind.KEYS_EXPIRED, us, listed.not_after, None, now)
    elif now >= listed.not_after - KEYS_AHEAD:
        yield Warned(WarningKind.KEYS_EXPIRE, us, listed.not_after, listed.not_after, now)


def _of_directories(trust: Trust, now: datetime) -> Iterator[Warned]:
    for held in trust.all_counted():
        expires = held.directory.valid_until
        country, stops = held.directory.country, expires + GRACE
        if now >= stops:
            yield Warned(WarningKind.DIRECTORY_LAPSED, country, expires, None, now)
        elif now >= expires:
            yield Warned(WarningKind.DIRECTORY_EXPIRED, country, expires, stops, now)
        elif now >= expires - DIRECTORY_AHEAD:
            yield Warned(WarningKind.DIRECTORY_EXPIRES, country, expires, stops, now)
