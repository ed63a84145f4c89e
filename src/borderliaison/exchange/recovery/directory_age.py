"""Whether the signed directory is older than one that was held here: then nobody is believed."""

import structlog

from borderliaison.audit.services import SYSTEM, record
from borderliaison.exchange.ports import DirectoryAge
from borderliaison.exchange.workplace import Workplace

log = structlog.get_logger(__name__)


def is_behind(place: Workplace, is_told: bool) -> bool:
    """Say whether the directory is behind; note it once in the log and the audit.

    Args:
        place: whose directory it is.
        is_told: whether it was noted already.
    """
    if place.directory.age() is not DirectoryAge.BEHIND:
        return False
    if not is_told:
        log.error("exchange.directory_behind")
        record("exchange.directory_behind", actor=SYSTEM, subject=place.office)
    return True
