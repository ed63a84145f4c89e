"""Whether the signed directory is older than one that was held here: then nobody is believed."""

import structlog

from borderliaison.audit.services import SYSTEM, record
from borderliaison.exchange.ports import DirectoryAge
from borderliaison.exchange.workplace import Workplace

log = structlog.get_logger(__name__)


def is_behind(place: Workplace) -> bool:
    """Say whether the directory is behind."""
    return place.directory.age() is DirectoryAge.BEHIND


def note_behind(place: Workplace) -> None:
    """Note in the log and in the audit that it is."""
    log.error("exchange.directory_behind")
    record("exchange.directory_behind", actor=SYSTEM, subject=place.office)
