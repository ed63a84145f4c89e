"""Running one letter's handler: under a savepoint of its own; what it raises stays with this letter."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from borderliaison.exchange.models import Application, InEntry, Returned
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError

log = structlog.get_logger(__name__)
DATABASE_AWAY: Final = (OperationalError, InterfaceError)
"""The database itself failed: nothing is the letter's fault, and all of it is tried again."""
FEW: Final = 8
"""So many letters are applied in the commit that ledgers their frame."""
BATCH: Final = 32
"""So many are applied in a commit of their own: pages that write wait no longer than for some of them."""
HANDLER_FAILED: Final = "E-EXC-30"
BODY_ERASED: Final = "E-EXC-31"


class CannotApply(LiaisonError):
    """The letter was delivered but could not be taken over into this office's own records."""

    code = HANDLER_FAILED

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def handle(place: Workplace, row: InEntry | Returned, work: Callable[[], None]) -> None:
    """Do what a letter asks for, and note on its row, which is not written here, whether that went well.

    Whatever ``work`` raises, but a failing database, stays with this letter.
    """
    try:
        with transaction.atomic():
            work()
    except DATABASE_AWAY:
        raise
    except LiaisonError as error:
        _failed(row, error.code, error)
    except Exception as error:  # noqa: BLE001 - a handler is anybody's; its letter alone may fail
        _failed(row, HANDLER_FAILED, error)
    else:
        row.application, row.apply_code = Application.APPLIED, ""
        row.applied_at = place.clock.now()


@contextmanager
def laid_to(row: InEntry | Returned, columns: Sequence[str]) -> Iterator[None]:
    """Write that a letter has failed where the database refuses to commit what its handler has written.

    What is deferred is checked at the commit alone, too late for the savepoint of its letter.
    """
    try:
        yield
    except DATABASE_AWAY:
        raise
    except DatabaseError as error:
        with transaction.atomic():
            _failed(row, HANDLER_FAILED, error)
            row.applied_at = None
            row.save(update_fields=columns)


def _failed(row: InEntry | Returned, code: str, error: Exception) -> None:
    row.application, row.apply_code = Application.FAILED, code[:48]
    letter = row.letter.letter_id.hex() if row.letter else ""
    log.error("exchange.apply_failed", letter=letter, code=code, exc_info=error)
