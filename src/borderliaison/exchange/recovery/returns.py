"""The entries that a peer gives back: written into our own ledgers as they had been, with their letters.

A letter comes back with all its recipients. The peer that gives it back holds it; whoever else was
addressed gets it sealed anew, unless he gives it back as well.
"""

import structlog

from borderliaison.exchange.core.delivery import open_own
from borderliaison.exchange.core.entry import Entry, encode_entry, entry_hash
from borderliaison.exchange.core.letter import Letter
from borderliaison.exchange.core.sender import Stage, Step, step
from borderliaison.exchange.deliveries import save_deliveries
from borderliaison.exchange.incoming.arrivals import row_of
from borderliaison.exchange.models import (
    Body,
    Delivery,
    LetterRow,
    Outbox,
    OutEntry,
    OutStream,
    Returned,
)
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.markings.services import interned_id

log = structlog.get_logger(__name__)


class Returns:
    """The entries of one page on their way back into a stream that we send."""

    def __init__(self, place: Workplace, stream: OutStream) -> None:
        """Begin with none."""
        self._place = place
        self._stream = stream
        self._now = place.clock.now()
        self._entries: list[tuple[Entry, bytes | None, Letter | None]] = []

    def add(self, entry: Entry, content: bytes | None) -> None:
        """Open what one entry brings, before the transaction begins."""
        letter = None
        if content is not None:
            try:
                letter, _ = open_own(entry, content, self._place.ring, self._place.own_signers)
            except LiaisonError as error:
                log.exception(
                    "exchange.returned_unreadable",
                    letter=entry.letter_id.hex(),
                    code=error.code,
                    exc_info=error,
                )
        self._entries.append((entry, content, letter))

    def write(self) -> None:
        """Write entries, bodies, letters and deliveries, and tell the listeners."""
        changed: list[Delivery] = []
        for entry, content, letter in self._entries:
            body = self._body(entry, content)
            row = self._letter(entry, body, letter)
            delivery = None
            if row is not None:
                delivery = self._delivery(row, entry, letter)
                changed.append(delivery)
            OutEntry.objects.create(
                stream=self._stream,
                seq=entry.seq,
                entry=encode_entry(entry),
                entry_hash=entry_hash(entry),
                body=body,
                delivery=delivery,
            )
        save_deliveries(self._place, changed)

    def _body(self, entry: Entry, content: bytes | None) -> Body:
        """Return the body that an entry names; where its content is lost, its hash stays."""
        body, _ = Body.objects.get_or_create(
            body_hash=entry.body_hash,
            defaults={
                "content": content,
                "size": len(content or b""),
                "erased_at": None if content else self._now,
            },
        )
        return body

    def _letter(self, entry: Entry, body: Body, letter: Letter | None) -> LetterRow | None:
        """Return the letter's row. One that still waits to be sealed was sealed in what was lost."""
        same = LetterRow.objects.as_system("the exchange knows letters, not readers")
        row = same.filter(issuer=self._place.office, letter_id=entry.letter_id).first()
        if row is not None:
            if row.body is None and body.content is not None:
                row.body = body
                row.save(update_fields=["body"])
                Outbox.objects.filter(letter=row).delete()
            return row
        if letter is None:
            return None
        row = row_of(letter, entry, body, interned_id(letter.marking))
        row.save()
        Returned.objects.create(letter=row, peer=self._stream.recipient, returned_at=self._now)
        return row

    def _delivery(self, row: LetterRow, entry: Entry, letter: Letter | None) -> Delivery:
        """Return the delivery to the peer that gives the letter back; the others wait to be sealed."""
        for office in letter.to if letter else ():
            Delivery.objects.get_or_create(
                letter=row,
                recipient=office,
                defaults={"lane": row.lane, "saved_at": row.created},
            )
        delivery = Delivery.objects.select_related("letter").get(
            letter=row, recipient=entry.stream.recipient
        )
        for what in (Step.SEAL, Step.SEND):
            delivery.stage = step(Stage(delivery.stage), what).value
        delivery.sealed_at = delivery.sealed_at or row.created
        delivery.sent_at = delivery.sent_at or row.created
        delivery.waiting = ""
        return delivery
