"""Making again what letters of our own had told of, when a peer has given them back.

Each letter's handler runs once, under a savepoint of its own; what it refuses is marked and shown.
"""

from datetime import UTC, datetime
from typing import Final

import structlog
from django.db import InterfaceError, OperationalError, transaction

from borderliaison.exchange.applying import BATCH, BODY_ERASED, HANDLER_FAILED, CannotApply
from borderliaison.exchange.core.body import open_body, own_key
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import open_letter
from borderliaison.exchange.models import Application, Returned
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import LetterId

log = structlog.get_logger(__name__)
_DATABASE_AWAY: Final = (OperationalError, InterfaceError)


def make_returned_again(place: Workplace) -> bool:
    """Run the handlers of up to 8 letters that came back; return whether more may be waiting."""
    rows = list(
        Returned.objects.filter(application=Application.PENDING)
        .order_by("id")
        .select_related("letter__body", "letter__marking")[:BATCH]
    )
    for row in rows:
        with transaction.atomic():
            _make(place, row)
            row.save(update_fields=["application", "apply_code", "applied_at"])
    return len(rows) == BATCH


def _make(place: Workplace, row: Returned) -> None:
    handler = place.registry.returned.get(row.letter.payload_type)
    if handler is None:
        row.application = Application.NONE
        return
    try:
        with transaction.atomic():
            handler(_opened(place, row))
    except _DATABASE_AWAY:
        raise
    except LiaisonError as error:
        _failed(row, error.code, error)
    except Exception as error:  # noqa: BLE001 - a handler is anybody's; its letter alone may fail
        _failed(row, HANDLER_FAILED, error)
    else:
        row.application, row.apply_code = Application.APPLIED, ""
        row.applied_at = place.clock.now()


def _failed(row: Returned, code: str, error: Exception) -> None:
    row.application, row.apply_code = Application.FAILED, code[:48]
    log.error("exchange.apply_failed", entry=row.pk, code=code, exc_info=error)


def _opened(place: Workplace, row: Returned) -> ReceivedLetter:
    """Open a letter of ours through the wrap to ourselves.

    Raises:
        CannotApply: its body was erased meanwhile.
        WireError, MalformedData, BadSignature: it does not open; our keys have changed.
    """
    body = row.letter.body
    if body is None or body.content is None:
        raise CannotApply(BODY_ERASED)
    signed = open_body(body.content, own_key(body.content, place.ring))
    letter = open_letter(signed, place.own_signers)
    return ReceivedLetter(
        letter_id=LetterId(letter.letter_id),
        issuer=letter.issuer,
        kind=letter.kind,
        to=letter.to,
        marking=letter.marking,
        marking_id=row.letter.marking_id,
        authorised_by=letter.authorised_by,
        created=datetime.fromtimestamp(letter.created / 1000, UTC),
        received_at=row.returned_at,
        refs=letter.refs,
        lane=Lane(row.letter.lane),
        payload_type=letter.payload_type,
        payload=letter.payload,
        signed=signed,
    )
