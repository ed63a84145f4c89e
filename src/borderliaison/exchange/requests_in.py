"""Requests of other offices: who asks is found, and what he signed is verified, before anything is done."""

from typing import TypeVar

import structlog

from borderliaison.exchange.core.saying import Saying
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError

log = structlog.get_logger(__name__)
_T = TypeVar("_T")


def request_in(place: Workplace, data: bytes, saying: Saying[_T]) -> _T | None:
    """Return what another office asks for; None where it is not asked by whom it says."""
    try:
        asker = place.directory.signers_of(saying.speaker(saying.peek(data)))
        if asker is None or asker.office == place.office:
            return None
        return saying.verify(data, asker)
    except LiaisonError as error:
        log.warning("exchange.answer_unusable", peer="", code=error.code)
        return None
