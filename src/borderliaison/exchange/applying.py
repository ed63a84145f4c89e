"""Applying what was delivered: each letter's handler, once, under a savepoint of its own.

Delivered means ledgered. Applying is separate and may fail visibly; it never stops a stream.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.delivery import open_delivery
from borderliaison.exchange.core.entry import Lane, decode_entry
from borderliaison.exchange.models import Application, InEntry
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import LetterId

log = structlog.get_logger(__name__)
Opened = ReceivedLetter | LiaisonError
_DATABASE_AWAY: Final = (OperationalError, InterfaceError)
_CHANGING: Final = ("application", "apply_code", "applied_at", "attempts", "faults")
BATCH: Final = 8
MAX_FAULTS: Final = 5
"""How often in a row the database may fail under one letter before the letter is held to be the cause."""
HANDLER_FAILED: Final = "E-EXC-30"
BODY_ERASED: Final = "E-EXC-31"
UNKNOWN_SENDER: Final = "E-EXC-32"
NO_HANDLER: Final = "E-EXC-33"


class CannotApply(LiaisonError):
    """The letter was delivered but could not be taken over into this office's own records."""

    code = HANDLER_FAILED

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def apply_pending(place: Workplace) -> bool:
    """Apply up to 8 delivered letters in one commit, urgent ones first.

    Letters are opened before the transaction begins; in it are the handlers alone.

    Returns:
        Whether more may be waiting.
    """
    rows = list(
        InEntry.objects.filter(application=Application.PENDING)
        .order_by("-stream__lane", "id")
        .select_related("stream", "letter", "body")[:BATCH]
    )
    if not rows:
        return False
    ready = [(row, _opened(place, row)) for row in rows]
    try:
        _commit(place, ready)
    except _DATABASE_AWAY:
        raise
    except DatabaseError:
        _commit_one_by_one(place, ready)
    reach(CommitPoint.AFTER_APPLY_COMMIT)
    log.info("exchange.applied", letters=len(rows))
    return len(rows) == BATCH


def _commit(place: Workplace, ready: Sequence[tuple[InEntry, Opened]]) -> None:
    """Apply letters in one commit; where the database fails under one, that is counted."""
    doing: list[int] = []
    try:
        with transaction.atomic():
            for row, letter in ready:
                doing[:] = [row.pk]
                _apply(place, row, letter)
            reach(CommitPoint.BEFORE_APPLY_COMMIT)
    except _DATABASE_AWAY:
        _note_fault(doing)
        raise


def _commit_one_by_one(place: Workplace, ready: Sequence[tuple[InEntry, Opened]]) -> None:
    """Apply each letter in a commit of its own: the database refused what one of them has written.

    What is deferred is checked at the commit alone, too late for the savepoint of its letter.
    """
    for row, letter in ready:
        row.refresh_from_db(fields=_CHANGING)
        try:
            _commit(place, [(row, letter)])
        except _DATABASE_AWAY:
            raise
        except DatabaseError as error:
            with transaction.atomic():
                _failed(row, HANDLER_FAILED, error)
                row.applied_at = None
                row.save(update_fields=_CHANGING)


def _opened(place: Workplace, row: InEntry) -> Opened:
    try:
        return open_again(place, row)
    except LiaisonError as error:
        return error


def _apply(place: Workplace, row: InEntry, letter: Opened) -> None:
    """Run one handler; whatever it raises, but a failing database, stays with this letter."""
    row.attempts, row.faults = row.attempts + 1, 0
    try:
        with transaction.atomic():
            _handle(place, letter)
    except _DATABASE_AWAY:
        raise
    except LiaisonError as error:
        _failed(row, error.code, error)
    except Exception as error:  # noqa: BLE001 - a handler is anybody's; its letter alone may fail
        _failed(row, HANDLER_FAILED, error)
    else:
        row.application, row.apply_code = Application.APPLIED, ""
        row.applied_at = place.clock.now()
    row.save(update_fields=_CHANGING)


def _handle(place: Workplace, letter: Opened) -> None:
    if isinstance(letter, LiaisonError):
        raise letter
    handler = place.registry.handlers.get(letter.payload_type)
    if handler is None:
        raise CannotApply(NO_HANDLER)
    handler(letter)


def _failed(row: InEntry, code: str, error: Exception) -> None:
    row.application, row.apply_code = Application.FAILED, code[:48]
    log.error("exchange.apply_failed", entry=row.pk, code=code, exc_info=error)


def open_again(place: Workplace, row: InEntry) -> ReceivedLetter:
    """Open and verify a delivered letter from the ledger.

    Raises:
        CannotApply: its body was erased, or its sender is no longer known.
        WireError, MalformedData, BadSignature: it no longer opens; our keys have changed.
    """
    entry = decode_entry(row.entry)
    sender = place.directory.past_signers_of(entry.stream.sender)
    if sender is None:
        raise CannotApply(UNKNOWN_SENDER)
    if row.body is None or row.body.content is None or row.letter is None:
        raise CannotApply(BODY_ERASED)
    letter, signed = open_delivery(entry, row.body.content, place.ring, sender)
    return ReceivedLetter(
        letter_id=LetterId(letter.letter_id),
        issuer=letter.issuer,
        kind=letter.kind,
        to=letter.to,
        marking=letter.marking,
        marking_id=row.letter.marking_id,
        authorised_by=letter.authorised_by,
        created=datetime.fromtimestamp(letter.created / 1000, UTC),
        received_at=row.received_at,
        refs=letter.refs,
        lane=Lane(entry.stream.lane),
        payload_type=letter.payload_type,
        payload=letter.payload,
        signed=signed,
    )


def _note_fault(doing: list[int]) -> None:
    """Count a failure of the database under a letter; after the fifth, the letter is set aside."""
    with transaction.atomic():
        for row in InEntry.objects.filter(pk__in=doing):
            row.faults += 1
            if row.faults >= MAX_FAULTS:
                row.application, row.apply_code, row.faults = Application.FAILED, HANDLER_FAILED, 0
            row.save(update_fields=["faults", "application", "apply_code"])
