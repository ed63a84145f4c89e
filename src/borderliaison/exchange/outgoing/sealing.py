"""Sealing what waits: sequence, chain, wrap, and one head signature for each stream, in one commit."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_bytes
from time import monotonic
from typing import Final

import structlog
from django.db import transaction

from borderliaison.exchange.bodies import write_bodies
from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.body import body_hash, own_key, seal_letter
from borderliaison.exchange.core.entry import Entry, encode_entry, entry_hash, make_entry
from borderliaison.exchange.core.frame import (
    MAX_FRAME_ENTRIES,
    Frame,
    Head,
    encode_frame,
    sign_head,
)
from borderliaison.exchange.core.sender import OutState, Stage, Step, step
from borderliaison.exchange.core.suites import KEY_BYTES
from borderliaison.exchange.deliveries import change_of, stream_id
from borderliaison.exchange.drafts import decode_letter
from borderliaison.exchange.models import Delivery, LetterRow, OutStream
from borderliaison.exchange.outgoing.epochs import head_of, newest_of
from borderliaison.exchange.outgoing.sending import Outgoing
from borderliaison.exchange.outgoing.switching import follow_directory
from borderliaison.exchange.ports import Standing
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.recovery.recovering import only_sealed_for
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.sql.statements import (
    instant,
    places,
    rows,
    run,
    run_each,
    unawaited,
)

log = structlog.get_logger(__name__)
_STANDING = tuple(Waiting(one.value) for one in Standing if not one.may_send)
READY_BYTES: Final = 32 * 1024
"""The bodies of a frame that is made ready when its entries are sealed; more is cut from the ledger."""
_WAITING: Final = (
    "SELECT d.id, d.recipient, d.lane, l.id, l.letter_id, l.marking_id, m.realm, o.draft,"
    " b.body_hash, b.content FROM exchange_delivery d"
    " JOIN exchange_letterrow l ON l.id = d.letter_id"
    " JOIN markings_markingrow m ON m.id = l.marking_id"
    " LEFT JOIN exchange_outbox o ON o.letter_id = l.id"
    " LEFT JOIN exchange_body b ON b.id = l.body_id"
    " WHERE d.stage = 'saved' AND d.waiting = ''{} ORDER BY d.lane DESC, d.id LIMIT %s"
)
_BODY_OF: Final = (
    "UPDATE exchange_letterrow SET body_id = (SELECT id FROM exchange_body WHERE body_hash = %s)"
    " WHERE id = %s"
)
_NO_DRAFT: Final = "DELETE FROM exchange_outbox WHERE letter_id = %s"
_FAILED: Final = "UPDATE exchange_outbox SET failed_code = %s WHERE letter_id = %s"
_HEAD: Final = (
    "UPDATE exchange_outstream SET seq = %s, head_hash = %s, head_signed = %s WHERE id = %s"
)
_ENTRY: Final = (
    "INSERT INTO exchange_outentry (stream_id, seq, entry, entry_hash, delivery_id, body_id)"
    " VALUES (%s, %s, %s, %s, %s, (SELECT id FROM exchange_body WHERE body_hash = %s))"
)
_DELIVERY: Final = (
    "UPDATE exchange_delivery SET stage = %s, waiting = %s, sealed_at = %s WHERE id = %s"
)


@dataclass(frozen=True, slots=True)
class SealedStream:
    """What one commit has added to one stream.

    Attributes:
        row: the stream's row.
        head: its head, to be marked before anything of it is sent.
        signed: the same, signed.
        entries: the new entries with their bodies.
        at: when, by the machine's monotonic clock, in seconds.
    """

    row: int
    head: Head
    signed: bytes = field(repr=False)
    entries: tuple[tuple[Entry, bytes], ...] = field(repr=False)
    at: float

    @property
    def peer(self) -> OfficeCode:
        """For whom it is."""
        return self.head.stream.recipient

    def frame(self) -> Outgoing | None:
        """Return all of it as a frame; None where that would be a large one."""
        if sum(len(body) for _, body in self.entries) > READY_BYTES:
            return None
        bodies = {entry.body_hash: body for entry, body in self.entries}
        frame = Frame(tuple(entry for entry, _ in self.entries), bodies, self.signed)
        first = self.entries[0][0].seq
        return Outgoing(self.row, first, self.head.seq, encode_frame(frame), self.at)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one commit has sealed.

    Attributes:
        streams: those that there is now something new in.
        more: whether more may be waiting.
    """

    streams: tuple[SealedStream, ...]
    more: bool

    @property
    def entries(self) -> int:
        """How many entries were written."""
        return sum(len(one.entries) for one in self.streams)

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads of the streams, to be marked before anything of it is sent."""
        return tuple(one.head for one in self.streams)


class _CannotSeal(Exception):
    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting)
        self.waiting = waiting


def seal_waiting(place: Workplace) -> Sealed:
    """Seal up to 64 entries, urgent ones first, and commit them together.

    Everything is read and sealed before the transaction begins, so that it is short. Nothing can come
    in between: one worker is the only one that seals.
    """
    waiting = _find_waiting()
    if not waiting:
        return Sealed((), more=False)
    _use_listed_keys(place)
    batch = _Batch(place)
    for one in waiting:
        batch.add(one)
    with transaction.atomic():
        streams = batch.write()
        reach(CommitPoint.BEFORE_SEAL_COMMIT)
    reach(CommitPoint.AFTER_SEAL_COMMIT)
    sealed = Sealed(streams, more=len(waiting) == MAX_FRAME_ENTRIES)
    log.info("exchange.sealed", entries=sealed.entries, streams=len(streams))
    return sealed


def _use_listed_keys(place: Workplace) -> None:
    """Seal with the keys that the directory names, also where nobody has looked since it came.

    What is sealed with revoked keys is refused for good.
    """
    kid = place.directory.signs_with(place.office)
    if kid is not None and kid != place.public.kid and place.ring.holds(kid):
        follow_directory(place)


def unblock(place: Workplace) -> bool:
    """Put back in line what waited for the directory and need wait no more; return whether any was."""
    waiting = Delivery.objects.filter(stage=Stage.SAVED.value, waiting__in=_STANDING)
    freed = [
        office
        for office in waiting.values_list("recipient", flat=True).distinct()
        if place.directory.may_exchange(OfficeCode(office)).may_send
        and place.directory.public_of(OfficeCode(office)) is not None
    ]
    if freed:
        with transaction.atomic():
            waiting.filter(recipient__in=freed).update(waiting="")
    return bool(freed)


@dataclass(frozen=True, slots=True)
class _Unsealed:
    """A delivery that waits to be sealed.

    Attributes:
        delivery: its row, with its letter.
        realm: of the letter.
        draft: the letter in the clear, where it was not sealed for another recipient before.
        body: hash and content, where it was; no content where that was erased.
    """

    delivery: Delivery
    realm: str
    draft: bytes | None = field(repr=False)
    body: tuple[bytes, bytes | None] | None = field(repr=False)


def _find_waiting() -> list[_Unsealed]:
    only = only_sealed_for()
    if only is None:
        found = rows(_WAITING.format(""), MAX_FRAME_ENTRIES)
    elif only:
        among = f" AND d.recipient IN ({places(only)})"
        found = rows(_WAITING.format(among), *only, MAX_FRAME_ENTRIES)
    else:
        found = []
    waiting = []
    for pk, recipient, lane, letter, letter_id, marking, realm, draft, digest, content in found:
        row = LetterRow(pk=letter, letter_id=letter_id, marking_id=marking)
        delivery = Delivery(pk=pk, recipient=recipient, lane=lane, letter=row)
        body = None if digest is None else (digest, content)
        waiting.append(_Unsealed(delivery, realm, draft, body))
    return waiting


class _Batch:
    """The entries of one commit."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.now: datetime = place.clock.now()
        self._streams: dict[tuple[str, str, str], OutStream] = {}
        self._entries: defaultdict[tuple[str, str, str], list[tuple[Entry, Delivery]]]
        self._entries = defaultdict(list)
        self._changed: list[Delivery] = []
        self._keys: dict[int, bytes] = {}
        self._bodies: dict[int, tuple[bytes, bytes]] = {}
        self._new: list[int] = []
        self._failed: dict[int, str] = {}

    def add(self, one: _Unsealed) -> None:
        """Seal one delivery, or note what it waits for."""
        row = one.delivery
        try:
            self._seal(one)
        except _CannotSeal as error:
            row.waiting = error.waiting.value
        except LiaisonError as error:
            log.exception(
                "exchange.cannot_seal",
                delivery=row.pk,
                recipient=row.recipient,
                code=error.code,
                exc_info=error,
            )
            row.waiting = Waiting.CANNOT_SEAL.value
        else:
            row.stage = step(Stage(row.stage), Step.SEAL).value
            row.sealed_at = self.now
        self._changed.append(row)

    def write(self) -> tuple[SealedStream, ...]:
        """Write everything, with one head signature for each stream, and tell the listeners."""
        with unawaited():
            self._write_bodies()
            streams = tuple(self._write_stream(key) for key in self._entries)
            rows_of = [(x.stage, x.waiting, instant(x.sealed_at), x.pk) for x in self._changed]
            run_each(_DELIVERY, rows_of)
        self.place.registry.tell([change_of(row) for row in self._changed])
        return streams

    def _write_bodies(self) -> None:
        """Write the bodies that are new; what was in the clear goes with the same commit."""
        new = [(letter, *self._bodies[letter]) for letter in self._new]
        write_bodies((digest, content) for _, digest, content in new)
        run_each(_BODY_OF, [(digest, letter) for letter, digest, _ in new])
        run_each(_NO_DRAFT, [(letter,) for letter in self._new])
        run_each(_FAILED, [(code, letter) for letter, code in self._failed.items()])

    def _write_stream(self, key: tuple[str, str, str]) -> SealedStream:
        stream, entries = self._streams[key], self._entries[key]
        head = head_of(self.place, stream)
        stream.head_signed = sign_head(head, self.place.keys)
        if stream.pk is None:
            stream.save()
        else:
            run(_HEAD, stream.seq, stream.head_hash, stream.head_signed, stream.pk)
        hashes = [entry.prev for entry, _ in entries[1:]] + [stream.head_hash]
        run_each(
            _ENTRY,
            [
                (stream.pk, entry.seq, encode_entry(entry), digest, row.pk, entry.body_hash)
                for (entry, row), digest in zip(entries, hashes, strict=True)
            ],
        )
        return SealedStream(
            stream.pk,
            head,
            stream.head_signed,
            tuple((entry, self._bodies[row.letter_id][1]) for entry, row in entries),
            monotonic(),
        )

    def _seal(self, one: _Unsealed) -> None:
        row = one.delivery
        recipient = OfficeCode(row.recipient)
        standing = self.place.directory.may_exchange(recipient)
        if not standing.may_send:
            raise _CannotSeal(Waiting(standing.value))
        public = self.place.directory.public_of(recipient)
        if public is None:
            raise _CannotSeal(Waiting.UNKNOWN_OFFICE)
        key = (row.recipient, one.realm, row.lane)
        stream = self._stream(key)
        digest, _ = self._body(one)
        entry = make_entry(
            stream_id(self.place, stream),
            stream.seq + 1,
            stream.head_hash if stream.seq else stream.follows,
            row.letter.letter_id,
            digest,
            self._keys[row.letter_id],
            public,
        )
        stream.seq, stream.head_hash = entry.seq, entry_hash(entry)
        self._entries[key].append((entry, row))

    def _stream(self, key: tuple[str, str, str]) -> OutStream:
        if key not in self._streams:
            recipient, realm, lane = key
            self._streams[key] = newest_of(*key) or OutStream(
                recipient=recipient, realm=realm, lane=lane
            )
        stream = self._streams[key]
        if stream.state != OutState.OPEN:
            raise _CannotSeal(Waiting.STREAM_FROZEN)
        return stream

    def _body(self, one: _Unsealed) -> tuple[bytes, bytes]:
        """Return the letter's body, sealing it if need be, and keep its content key for this batch."""
        letter = one.delivery.letter_id
        if letter in self._failed:
            raise _CannotSeal(Waiting.CANNOT_SEAL)
        if letter not in self._bodies:
            try:
                self._bodies[letter] = self._open(one) if one.body else self._make(one)
            except LiaisonError as error:
                self._failed[letter] = error.code
                raise
        return self._bodies[letter]

    def _open(self, one: _Unsealed) -> tuple[bytes, bytes]:
        """Open the body that was sealed for another recipient, through the wrap to ourselves."""
        digest, content = one.body or (b"", None)
        if content is None:  # erased before this recipient could be served
            raise _CannotSeal(Waiting.CANNOT_SEAL)
        self._keys[one.delivery.letter_id] = own_key(content, self.place.ring)
        return digest, content

    def _make(self, one: _Unsealed) -> tuple[bytes, bytes]:
        draft = decode_letter(one.draft or b"")
        content_key = token_bytes(KEY_BYTES)
        sealed = seal_letter(draft, self.place.keys, content_key, self.place.public)
        letter = one.delivery.letter_id
        self._keys[letter] = content_key
        self._new.append(letter)
        return body_hash(sealed), sealed
