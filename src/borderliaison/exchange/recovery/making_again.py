"""Making again what letters of our own had told of, when a peer has given them back.

Each letter's handler runs once, under a savepoint of its own; what it refuses is marked and shown.
"""

from typing import Final

from django.db import transaction

from borderliaison.exchange.core.body import open_body, own_key
from borderliaison.exchange.core.letter import open_letter
from borderliaison.exchange.incoming.handling import (
    BATCH,
    BODY_ERASED,
    CannotApply,
    handle,
    laid_to,
)
from borderliaison.exchange.models import Application, Returned
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace

_CHANGING: Final = ("application", "apply_code", "applied_at")


def make_returned_again(place: Workplace) -> bool:
    """Run the handlers of up to 32 letters that came back; return whether more may be waiting."""
    rows = list(
        Returned.objects.filter(application=Application.PENDING)
        .order_by("id")
        .select_related("letter__body", "letter__marking")[:BATCH]
    )
    for row in rows:
        with laid_to(row, _CHANGING), transaction.atomic():
            _make(place, row)
            row.save(update_fields=_CHANGING)
    return len(rows) == BATCH


def _make(place: Workplace, row: Returned) -> None:
    handler = place.registry.returned.get(row.letter.payload_type)
    if handler is None:
        row.application = Application.NONE
        return
    handle(place, row, lambda: handler(_opened(place, row)))


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
    return ReceivedLetter.of(letter, signed, row.letter, row.returned_at)
