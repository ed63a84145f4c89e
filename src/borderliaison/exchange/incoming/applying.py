"""Applying what was delivered: each letter's handler, once, and its fault, where it has one, its own.

Delivered means ledgered. Applying may fail visibly; it never stops a stream. The few letters of a small
frame are applied in the commit that ledgers them; what comes in larger ones, and what is left behind,
waits in line for ``apply_pending``. Letters are applied together first, and one by one where that fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
from borderliaison.exchange.incoming.together import NotTogether, handle_one, read_together
from borderliaison.exchange.models import Application, InEntry
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.sql.statements import first, instant, places, rows, run

log = structlog.get_logger(__name__)
Opened = ReceivedLetter | LiaisonError
Arrived = Sequence[tuple[InEntry, ReceivedLetter]]
_CHANGING: Final = ("application", "apply_code", "applied_at", "attempts", "faults")
MAX_FAULTS: Final = 5
"""How often in a row the database may fail under one letter before the letter is held to be the cause."""
UNKNOWN_SENDER: Final = "E-EXC-32"
_WAITING: Final = (
    "SELECT e.id, e.stream_id, e.seq, s.sender FROM exchange_inentry e"
    " JOIN exchange_instream s ON s.id = e.stream_id"
    " WHERE e.application = 'pending' ORDER BY s.lane DESC, e.id LIMIT %s"
)
_APPLIED_TOGETHER: Final = (
    "UPDATE exchange_inentry SET application = 'applied', apply_code = '', applied_at = %s,"
    " attempts = attempts + 1, faults = 0 WHERE id IN ({})"
)
_PENDING: Final = (
    "SELECT 1 FROM exchange_inentry e JOIN exchange_instream s ON s.id = e.stream_id"
    " WHERE e.application = 'pending' AND s.lane = %s LIMIT 1"
)
_APPLIED: Final = (
    "UPDATE exchange_inentry SET application = %s, apply_code = %s, applied_at = %s, attempts = %s,"
    " faults = 0 WHERE id = %s"
)


def apply_pending(place: Workplace) -> bool:
    """Apply up to 32 delivered letters in one commit, urgent ones first.

    Letters are opened and read before the transaction begins; in it is alone what is written.

    Returns:
        Whether more may be waiting.
    """
    waiting = [
        _Waiting(pk, stream, seq, OfficeCode(sender))
        for pk, stream, seq, sender in rows(_WAITING, BATCH)
    ]
    if not waiting:
        return False
    letters = [_opened(place, one) for one in waiting]
    if not _commit_together(place, waiting, letters):
        found = InEntry.objects.in_bulk([one.entry for one in waiting])
        _commit_each(place, [(found[x.entry], y) for x, y in zip(waiting, letters, strict=True)])
    reach(CommitPoint.AFTER_APPLY_COMMIT)
    log.info("exchange.applied", letters=len(waiting))
    return len(waiting) == BATCH


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An entry whose letter waits to be applied: its row, its stream and number, and who sent it."""

    entry: int
    stream: int
    seq: int
    sender: OfficeCode


def _commit_together(
    place: Workplace, waiting: Sequence[_Waiting], letters: Sequence[Opened]
) -> bool:
    """Apply letters in one commit, together; return whether nothing was wrong with any."""
    opened = [one for one in letters if isinstance(one, ReceivedLetter)]
    if len(opened) < len(letters):
        return False
    try:
        write = read_together(place.registry, opened)
        with transaction.atomic():
            write()
            now = instant(place.clock.now())
            run(_APPLIED_TOGETHER.format(places(waiting)), now, *(one.entry for one in waiting))
            reach(CommitPoint.BEFORE_APPLY_COMMIT)
    except Exception as error:  # noqa: BLE001 - a handler is anybody's; it is found out which has failed
        log.info("exchange.not_together", letters=len(letters), error=type(error).__name__)
        return False
    return True


def _commit_each(place: Workplace, ready: Sequence[tuple[InEntry, Opened]]) -> None:
    """Apply letters in one commit, each under a savepoint of its own; else each in its own commit."""
    try:
        _commit(place, ready)
    except DATABASE_AWAY:
        raise
    except DatabaseError:
        _commit_one_by_one(place, ready)


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


def apply_arrived(place: Workplace, arrived: Arrived) -> None:
    """Apply letters whose entries are about to be written, together, and note that on the entries.

    Raises:
        NotTogether: something is wrong with one of them; the transaction is to be rolled back.
    """
    try:
        read_together(place.registry, [letter for _, letter in arrived])()
    except Exception as error:
        raise NotTogether from error
    for row, _ in arrived:
        row.application, row.applied_at = Application.APPLIED, place.clock.now()
        row.attempts += 1


def apply_each_arrived(place: Workplace, arrived: Arrived) -> None:
    """Apply them each under a savepoint of its own, and note on its entry what became of it."""
    for row, letter in arrived:
        _handle(place, row, letter)


def _handle(place: Workplace, row: InEntry, letter: Opened) -> None:
    row.attempts, row.faults = row.attempts + 1, 0
    handle(place, row, partial(_run, place, letter))


def waits_to_be_applied(lane: Lane) -> bool:
    """Whether letters of a lane are in line already: what comes after them is not to overtake them."""
    return first(_PENDING, lane.value) is not None


def _apply(place: Workplace, row: InEntry, letter: Opened) -> None:
    _handle(place, row, letter)
    run(_APPLIED, row.application, row.apply_code, instant(row.applied_at), row.attempts, row.pk)


def _run(place: Workplace, letter: Opened) -> None:
    if isinstance(letter, LiaisonError):
        raise letter
    handle_one(place.registry, letter)


def _opened(place: Workplace, one: _Waiting) -> Opened:
    """Return a delivered letter, or why it no longer opens; one that was just judged is still open."""
    kept = place.opened.take(one.stream, one.seq)
    if kept is not None and place.directory.past_signers_of(one.sender) is not None:
        return kept
    try:
        row = InEntry.objects.select_related("stream", "letter", "body").get(pk=one.entry)
        return open_again(place, row)
    except LiaisonError as error:
        return error


def open_again(place: Workplace, row: InEntry) -> ReceivedLetter:
    """Open and verify a delivered letter from the ledger.

    Raises:
        CannotApply: its body was erased, or its sender is no longer known.
        WireError, MalformedData, BadSignature: it no longer opens; our keys have changed.
    """
    sender = place.directory.past_signers_of(OfficeCode(row.stream.sender))
    if sender is None:
        raise CannotApply(UNKNOWN_SENDER)
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
