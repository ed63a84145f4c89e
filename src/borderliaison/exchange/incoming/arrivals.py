"""The new entries of one frame: opened and judged first, then written together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import structlog

from borderliaison.exchange.bodies import write_bodies
from borderliaison.exchange.core.chain import Line
from borderliaison.exchange.core.entry import Entry, encode_entry
from borderliaison.exchange.core.frame import Frame, Head
from borderliaison.exchange.core.judge import Judged, Refusal, judge
from borderliaison.exchange.core.letter import Letter
from borderliaison.exchange.models import Application, Body, InEntry, InStream, LetterRow
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import Signer
from borderliaison.markings.services import interned_ids
from borderliaison.sql.statements import (
    instant,
    places,
    rows,
    run,
    run_each,
    unawaited,
)

log = structlog.get_logger(__name__)
Apply = Callable[[Sequence[tuple[InEntry, ReceivedLetter]]], None]
_HELD: Final = (
    "SELECT l.letter_id, b.body_hash FROM exchange_letterrow l"
    " LEFT JOIN exchange_body b ON b.id = l.body_id WHERE l.issuer = %s AND l.letter_id IN ({})"
)
_ADVANCE: Final = (
    "UPDATE exchange_instream SET seq = %s, head_hash = %s, head_signed = %s WHERE id = %s"
)
_LETTER: Final = (
    "INSERT INTO exchange_letterrow (letter_id, issuer, kind, payload_type, lane, authorised_by,"
    " created, marking_id, body_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, (SELECT id FROM exchange_body WHERE body_hash = %s))"
)
_ENTRY: Final = (
    "INSERT INTO exchange_inentry (stream_id, seq, entry, entry_hash, head_signed, refused_code,"
    " received_at, application, apply_code, attempts, faults, applied_at, letter_id, body_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
    " (SELECT id FROM exchange_letterrow WHERE issuer = %s AND letter_id = %s),"
    " (SELECT body_id FROM exchange_letterrow WHERE issuer = %s AND letter_id = %s))"
)


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


@dataclass(slots=True)
class _Arrival:
    """One new entry on its way into the ledger."""

    row: InEntry
    judged: Judged
    body: bytes = field(repr=False)

    @property
    def letter_id(self) -> bytes | None:
        """The letter that is held for it; none where it was refused."""
        return None if self.row.refused_code else self.judged.entry.letter_id

    @property
    def is_new(self) -> bool:
        """Whether it brings a letter that is not held yet."""
        return self.row.application != Application.NONE


class Arrivals:
    """Entries of one stream on their way into the ledger."""

    def __init__(self, place: Workplace, stream: InStream, entries: Iterable[Entry]) -> None:
        """Look up which of the letters that the new entries name are held already."""
        self._place = place
        self._stream = stream
        self._admission = place.admission(OfficeCode(stream.sender))
        self._now = place.clock.now()
        self._arrivals: list[_Arrival] = []
        self._brought: list[tuple[InEntry, ReceivedLetter]] = []
        named = [one.letter_id for one in entries]
        held = rows(_HELD.format(places(named)), stream.sender, *named) if named else ()
        self._hashes: dict[bytes, bytes | None] = {
            bytes(letter): digest and bytes(digest) for letter, digest in held
        }

    @property
    def accepted(self) -> int:
        """How many letters wait to be applied because of them."""
        return sum(one.row.application == Application.PENDING for one in self._arrivals)

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
        refusal = judged.refusal or self._hold(row, entry)
        if refusal is not None:
            row.refused_code = refusal.value
            log.warning(
                "exchange.refused",
                peer=self._stream.sender,
                code=refusal.value,
                letter=entry.letter_id.hex(),
            )
        self._arrivals.append(_Arrival(row, judged, body or b""))

    def _hold(self, row: InEntry, entry: Entry) -> Refusal | None:
        """Hold an accepted letter and its body; the same letter again is held once."""
        key = entry.letter_id
        if key not in self._hashes:
            self._hashes[key] = entry.body_hash
            row.application = Application.PENDING
        return None if self._hashes[key] == entry.body_hash else Refusal.LETTER_REUSED

    @property
    def opened(self) -> dict[tuple[int, int], ReceivedLetter]:
        """The written letters that wait to be applied, by stream and number."""
        return {
            (self._stream.pk, row.seq): letter
            for row, letter in self._brought
            if row.application == Application.PENDING
        }

    def write(self, apply: Apply | None = None) -> None:
        """Write the stream's new position, the letters with their bodies, and the entries.

        Args:
            apply: where the letters are applied at once, does so, and notes it on their entries.
        """
        with unawaited():
            self._write_stream()
            self._brought = self._write_letters()
        if apply is not None:
            apply(self._brought)
        if self._arrivals:
            self._arrivals[-1].row.head_signed = self._stream.head_signed
        run_each(_ENTRY, [self._values_of(one) for one in self._arrivals])

    def _write_stream(self) -> None:
        stream = self._stream
        if stream.pk is None:
            stream.save()
        else:
            run(_ADVANCE, stream.seq, stream.head_hash, stream.head_signed, stream.pk)

    def _write_letters(self) -> list[tuple[InEntry, ReceivedLetter]]:
        """Write the new letters and their bodies; return what each brings, in the order of the entries."""
        new = [one for one in self._arrivals if one.is_new]
        write_bodies((one.judged.entry.body_hash, one.body) for one in new)
        markings = interned_ids(letter.marking for _, letter in _with_letters(new))
        brought = []
        for one, letter in _with_letters(new):
            row = row_of(letter, one.judged.entry, None, markings[letter.marking])
            one.row.letter = row
            received = ReceivedLetter.of(letter, one.judged.signed, row, self._now)
            brought.append((one.row, received))
        run_each(_LETTER, [_letter_values(one) for one in new])
        return brought

    def _values_of(self, one: _Arrival) -> tuple[object, ...]:
        row, issuer = one.row, self._stream.sender
        return (
            self._stream.pk,
            row.seq,
            row.entry,
            row.entry_hash,
            row.head_signed,
            row.refused_code,
            instant(row.received_at),
            row.application,
            row.apply_code,
            row.attempts,
            row.faults,
            instant(row.applied_at),
            *(issuer, one.letter_id),
            *(issuer, one.letter_id),
        )


def _with_letters(arrivals: Iterable[_Arrival]) -> Iterator[tuple[_Arrival, Letter]]:
    for one in arrivals:
        if one.judged.letter is not None:
            yield one, one.judged.letter


def _letter_values(one: _Arrival) -> tuple[object, ...]:
    row = one.row.letter
    if row is None:
        raise ValueError("an entry without a letter is not new")
    return (
        row.letter_id,
        row.issuer,
        row.kind,
        row.payload_type,
        row.lane,
        row.authorised_by,
        instant(row.created),
        row.marking_id,
        one.judged.entry.body_hash,
    )


def row_of(letter: Letter, entry: Entry, body: Body | None, marking_id: int) -> LetterRow:
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
        marking_id=marking_id,
    )
