"""Applying what was delivered: each letter's handler, once, under a savepoint of its own.

Delivered means ledgered. Applying may fail visibly; it never stops a stream. The few letters of a small
frame are applied in the commit that ledgers them; what comes in larger ones, and what is left behind,
waits in line for ``apply_pending``.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

import structlog
from django.db import DatabaseError, transaction

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.delivery import open_delivery
from borderliaison.exchange.core.entry import Lane, decode_entry
from borderliaison.exchange.incoming.handling import (
    BATCH,
    BODY_ERASED,
    DATABASE_AWAY,
    HANDLER_FAILED,
    CannotApply,
    handle,
    laid_to,
)
from borderliaison.exchange.models import Application, InEntry
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.sql.statements import first, instant, run

log = structlog.get_logger(__name__)
Opened = ReceivedLetter | LiaisonError
_CHANGING: Final = ("application", "apply_code", "applied_at", "attempts", "faults")
MAX_FAULTS: Final = 5
"""How often in a row the database may fail under one letter before the letter is held to be the cause."""
UNKNOWN_SENDER: Final = "E-EXC-32"
NO_HANDLER: Final = "E-EXC-33"
_PENDING: Final = (
    "SELECT 1 FROM exchange_inentry e JOIN exchange_instream s ON s.id = e.stream_id"
    " WHERE e.application = 'pending' AND s.lane = %s LIMIT 1"
)
_APPLIED: Final = (
    "UPDATE exchange_inentry SET application = %s, apply_code = %s, applied_at = %s, attempts = %s,"
    " faults = 0 WHERE id = %s"
)


def apply_pending(place: Workplace) -> bool:
    """Apply up to 8 delivered letters in one commit, urgent ones first.

    Letters are opened before the transaction begins; in it are the handlers alone.

    Returns:
        Whether more may be waiting.
    """
    rows = list(
        InEntry.objects.filter(application=Application.PENDING)
        .order_by("-stream__lane", "id")
        .select_related("stream", "letter")
        .defer("entry")[:BATCH]
    )
    if not rows:
        return False
    ready = [(row, _opened(place, row)) for row in rows]
    try:
        _commit(place, ready)
    except DATABASE_AWAY:
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
    except DATABASE_AWAY:
        _note_fault(doing)
        raise


def _commit_one_by_one(place: Workplace, ready: Sequence[tuple[InEntry, Opened]]) -> None:
    """Apply each letter in a commit of its own: the database refused what one of them has written."""
    for row, letter in ready:
        row.refresh_from_db(fields=_CHANGING)
        with laid_to(row, _CHANGING):
            _commit(place, [(row, letter)])


def apply_arrived(place: Workplace, row: InEntry, letter: Opened) -> None:
    """Apply a letter whose entry is about to be written, and note on the entry what became of it."""
    row.attempts, row.faults = row.attempts + 1, 0
    handle(place, row, partial(_run, place, letter))


def waits_to_be_applied(lane: Lane) -> bool:
    """Whether letters of a lane are in line already: what comes after them is not to overtake them."""
    return first(_PENDING, lane.value) is not None


def _opened(place: Workplace, row: InEntry) -> Opened:
    try:
        return open_again(place, row)
    except LiaisonError as error:
        return error


def _apply(place: Workplace, row: InEntry, letter: Opened) -> None:
    apply_arrived(place, row, letter)
    run(_APPLIED, row.application, row.apply_code, instant(row.applied_at), row.attempts, row.pk)


def _run(place: Workplace, letter: Opened) -> None:
    if isinstance(letter, LiaisonError):
        raise letter
    handler = place.registry.handlers.get(letter.payload_type)
    if handler is None:
        raise CannotApply(NO_HANDLER)
    handler(letter)


def open_again(place: Workplace, row: InEntry) -> ReceivedLetter:
    """Open and verify a delivered letter from the ledger; one that was just judged is still open.

    Raises:
        CannotApply: its body was erased, or its sender is no longer known.
        WireError, MalformedData, BadSignature: it no longer opens; our keys have changed.
    """
    sender = place.directory.past_signers_of(OfficeCode(row.stream.sender))
    if sender is None:
        raise CannotApply(UNKNOWN_SENDER)
    kept = place.opened.take(row.stream_id, row.seq)
    if kept is not None:
        return kept
    entry = decode_entry(row.entry)
    if row.body is None or row.body.content is None or row.letter is None:
        raise CannotApply(BODY_ERASED)
    letter, signed = open_delivery(entry, row.body.content, place.ring, sender)
    return ReceivedLetter.of(letter, signed, row.letter, row.received_at)


def _note_fault(doing: list[int]) -> None:
    """Count a failure of the database under a letter; after the fifth, the letter is set aside."""
    with transaction.atomic():
        for row in InEntry.objects.filter(pk__in=doing):
            row.faults += 1
            if row.faults >= MAX_FAULTS:
                row.application, row.apply_code, row.faults = Application.FAILED, HANDLER_FAILED, 0
            row.save(update_fields=["faults", "application", "apply_code"])
