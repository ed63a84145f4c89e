"""Whether anything may be shown at this moment, and what is awaited before it is."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from borderliaison.exchange.models import Why
from borderliaison.exchange.recovery.first_look import Awaits, FirstLook
from borderliaison.exchange.services import recovery
from borderliaison.kernel.ids import OfficeCode


class Cause(StrEnum):
    """Why nothing is shown."""

    NOT_LOOKED = "not_looked"
    """The worker has not looked since this node was started: nobody knows yet how old the database is."""
    DIRECTORY_BEHIND = "directory_behind"
    """The signed directory is older than one that was held here: whose keys count is not known."""
    RESTORED = "restored"
    BEHIND = "behind"
    MARKS_LOST = "marks_lost"


_OF_AWAITED = {Awaits.WORKER: Cause.NOT_LOOKED, Awaits.DIRECTORY: Cause.DIRECTORY_BEHIND}
_OF_RECOVERY = {
    Why.RESTORED: Cause.RESTORED,
    Why.BEHIND: Cause.BEHIND,
    Why.MARKS_LOST: Cause.MARKS_LOST,
}


@dataclass(frozen=True, slots=True)
class Closed:
    """That nothing is shown.

    Attributes:
        cause: why.
        awaited: the peers that may still hold something that is lacking here.
        reconciled: the peers that hold nothing more.
    """

    cause: Cause
    awaited: tuple[OfficeCode, ...] = ()
    reconciled: tuple[OfficeCode, ...] = ()


def awaited_look() -> Cause | None:
    """Return why the worker of this start has not done its first look; None where it has."""
    awaits = FirstLook(settings.NODE.run_directory).awaited()
    return _OF_AWAITED[awaits] if awaits else None


def closed() -> Closed | None:
    """Return why nothing may be shown at this moment; None where it may."""
    cause, pending = awaited_look(), recovery()
    if cause is Cause.DIRECTORY_BEHIND:
        return Closed(cause)
    if pending is not None and pending.closes_pages:
        return Closed(_OF_RECOVERY[pending.why], pending.awaited, pending.reconciled)
    return Closed(cause) if cause else None
