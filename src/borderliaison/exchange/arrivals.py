"""The new entries of one frame: opened and judged first, then written together."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from borderliaison.exchange.core.chain import Line
from borderliaison.exchange.core.entry import Entry, encode_entry
from borderliaison.exchange.core.frame import Frame, Head
from borderliaison.exchange.core.judge import Judged, Refusal, judge
from borderliaison.exchange.core.letter import Letter
from borderliaison.exchange.models import Application, Body, InEntry, InStream, LetterRow
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import Signer
from borderliaison.kernel.marking import Marking
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.services import intern

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Verified:
    """A frame from a known office, with that office's signature on its head.

    Attributes:
        frame: the frame.
        head: what the signed head says.
        sender: the office's public keys.
        data: the frame as it came.
    """

    frame: Frame
    head: Head
    sender: Signer
    data: bytes = field(repr=False)


class Arrivals:
    """Entries of one stream on their way into the ledger."""

    def __init__(self, place: Workplace, stream: InStream) -> None:
        """Begin with none."""
        self._place = place
        self._stream = stream
        self._admission = place.admission(OfficeCode(stream.sender))
        self._now = place.clock.now()
        self._rows: list[tuple[InEntry, bytes]] = []
        self._letters: dict[bytes, tuple[Letter, Entry, bytes]] = {}
        self._held: dict[bytes, LetterRow] = {}

    @property
    def accepted(self) -> int:
        """How many letters wait to be applied because of them."""
        return len(self._letters)

    def add(self, entry: Entry, line: Line, verified: Verified) -> None:
        """Judge one entry that follows what is held."""
        body = verified.frame.bodies.get(entry.body_hash)
        judged = judge(entry, body, verified.sender, self._admission)
        row = InEntry(
            stream=self._stream,
            seq=line.seq,
            entry=encode_entry(entry),
            entry_hash=line.hash,
            received_at=self._now,
            application=Application.NONE,
        )
        refusal = judged.refusal or self._hold(row, judged, body or b"")
        if refusal is not None:
            row.refused_code = refusal.value
            log.warning(
                "exchange.refused",
                peer=self._stream.sender,
                code=refusal.value,
                letter=entry.letter_id.hex(),
            )
        self._rows.append((row, entry.letter_id))

    def write(self) -> None:
        """Write the stream's new position, the letters with their bodies, and the entries."""
        self._stream.save()
        held = {**self._held, **self._write_letters()}
        for row, letter_id in self._rows:
            if not row.refused_code:
                row.letter = held[letter_id]
                row.body = row.letter.body
        if self._rows:
            self._rows[-1][0].head_signed = self._stream.head_signed
        InEntry.objects.bulk_create([row for row, _ in self._rows])

    def _hold(self, row: InEntry, judged: Judged, body: bytes) -> Refusal | None:
        """Hold an accepted letter and its body; the same letter again is held once."""
        letter, entry = judged.letter, judged.entry
        if letter is None:
            return None
        key = letter.letter_id
        if key not in self._letters and key not in self._held:
            same = LetterRow.objects.as_system("a letter is held once, whoever may read it")
            held = same.filter(issuer=letter.issuer, letter_id=key).select_related("body").first()
            if held is None:
                self._letters[key] = (letter, entry, body)
                row.application = Application.PENDING
            else:
                self._held[key] = held
        return None if self._hash_of(key) == entry.body_hash else Refusal.LETTER_REUSED

    def _hash_of(self, letter_id: bytes) -> bytes | None:
        """Return the hash of the body in which a letter is, or will be, held."""
        if letter_id in self._letters:
            return self._letters[letter_id][1].body_hash
        body = self._held[letter_id].body
        return body.body_hash if body else None

    def _write_letters(self) -> dict[bytes, LetterRow]:
        """Write the new letters and their bodies; return the letters by their ids."""
        markings: dict[Marking, MarkingRow] = {}
        new = self._letters.values()
        bodies = Body.objects.bulk_create(
            Body(body_hash=entry.body_hash, content=body, size=len(body)) for _, entry, body in new
        )
        rows = []
        for (letter, entry, _), body in zip(new, bodies, strict=True):
            marking = markings.get(letter.marking) or intern(letter.marking)
            markings[letter.marking] = marking
            rows.append(row_of(letter, entry, body, marking))
        return {row.letter_id: row for row in LetterRow.objects.bulk_create(rows)}


def row_of(letter: Letter, entry: Entry, body: Body, marking: MarkingRow) -> LetterRow:
    """Return the row of a letter that an entry has brought."""
    return LetterRow(
        letter_id=letter.letter_id,
        issuer=letter.issuer,
        kind=letter.kind.value,
        payload_type=letter.payload_type,
        lane=entry.stream.lane.value,
        authorised_by=letter.authorised_by,
        created=datetime.fromtimestamp(letter.created / 1000, UTC),
        body=body,
        marking=marking,
    )
