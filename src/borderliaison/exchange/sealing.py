"""Sealing what waits: sequence, chain, wrap, and one head signature for each stream, in one commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

import structlog
from django.db import transaction

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.body import body_hash, own_key, seal_body
from borderliaison.exchange.core.entry import encode_entry, entry_hash, make_entry
from borderliaison.exchange.core.frame import MAX_FRAME_ENTRIES, Head, sign_head
from borderliaison.exchange.core.letter import sign_letter
from borderliaison.exchange.core.sender import OutState, Stage, Step, step
from borderliaison.exchange.core.suites import KEY_BYTES
from borderliaison.exchange.deliveries import save_deliveries, stream_id
from borderliaison.exchange.drafts import decode_letter
from borderliaison.exchange.models import Body, Delivery, LetterRow, Outbox, OutEntry, OutStream
from borderliaison.exchange.out_epochs import head_of, newest_of
from borderliaison.exchange.ports import Standing
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.recovery import only_sealed_for
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
_STANDING = tuple(Waiting(one.value) for one in Standing if not one.may_send)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one commit has sealed.

    Attributes:
        peers: the offices that there is now something for.
        entries: how many entries were written.
        more: whether more may be waiting.
        heads: of the streams, to be marked before anything of it is sent.
    """

    peers: frozenset[OfficeCode]
    entries: int
    more: bool
    heads: tuple[Head, ...] = ()


class _CannotSeal(Exception):
    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting)
        self.waiting = waiting


def seal_waiting(place: Workplace) -> Sealed:
    """Seal up to 64 entries, urgent ones first, and commit them together.

    Everything is read and sealed before the transaction begins, so that it is short. Nothing can come
    in between: one worker is the only one that seals.
    """
    waiting = Delivery.objects.filter(stage=Stage.SAVED.value, waiting="")
    only = only_sealed_for()
    rows = list(
        (waiting if only is None else waiting.filter(recipient__in=only))
        .order_by("-lane", "id")
        .select_related("letter__body", "letter__marking")[:MAX_FRAME_ENTRIES]
    )
    if not rows:
        return Sealed(frozenset(), 0, more=False)
    batch = _Batch(place, rows)
    for row in rows:
        batch.add(row)
    with transaction.atomic():
        batch.write()
        reach(CommitPoint.BEFORE_SEAL_COMMIT)
    reach(CommitPoint.AFTER_SEAL_COMMIT)
    log.info("exchange.sealed", entries=len(batch.entries), streams=len(batch.streams))
    more = len(rows) == MAX_FRAME_ENTRIES
    return Sealed(batch.peers, len(batch.entries), more, batch.heads)


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


class _Batch:
    """The entries of one commit."""

    def __init__(self, place: Workplace, rows: Sequence[Delivery]) -> None:
        self.place = place
        self.now: datetime = place.clock.now()
        self.streams: dict[tuple[str, str, str], OutStream] = {}
        self.entries: list[OutEntry] = []
        self._changed: list[Delivery] = []
        letters = {row.letter_id for row in rows}
        self._drafts = {one.letter_id: one for one in Outbox.objects.filter(letter__in=letters)}
        self._keys: dict[int, bytes] = {}
        self._bodies: dict[int, Body] = {}
        self._failed: dict[int, str] = {}

    @property
    def peers(self) -> frozenset[OfficeCode]:
        """The offices that got an entry."""
        return frozenset(OfficeCode(entry.stream.recipient) for entry in self.entries)

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads of the streams that got an entry."""
        return tuple(head_of(self.place, stream) for stream in self.streams.values() if stream.seq)

    def add(self, row: Delivery) -> None:
        """Seal one delivery, or note what it waits for."""
        try:
            self.entries.append(self._seal(row))
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

    def write(self) -> None:
        """Write everything, with one head signature for each stream, and tell the listeners."""
        self._write_bodies()
        for stream in self.streams.values():
            if stream.seq:
                stream.head_signed = sign_head(head_of(self.place, stream), self.place.keys)
            stream.save()
        OutEntry.objects.bulk_create(self.entries)
        save_deliveries(self.place, self._changed)

    def _write_bodies(self) -> None:
        """Write the bodies that are new; what was in the clear goes with the same commit."""
        new = {letter: body for letter, body in self._bodies.items() if body.pk is None}
        Body.objects.bulk_create(new.values())
        for letter, body in new.items():
            LetterRow.objects.as_system("the worker seals it").filter(pk=letter).update(body=body)
        Outbox.objects.filter(letter__in=new).delete()
        for letter, code in self._failed.items():
            Outbox.objects.filter(letter=letter).update(failed_code=code)

    def _seal(self, row: Delivery) -> OutEntry:
        recipient = OfficeCode(row.recipient)
        standing = self.place.directory.may_exchange(recipient)
        if not standing.may_send:
            raise _CannotSeal(Waiting(standing.value))
        public = self.place.directory.public_of(recipient)
        if public is None:
            raise _CannotSeal(Waiting.UNKNOWN_OFFICE)
        stream = self._stream(row)
        body = self._body(row.letter)
        entry = make_entry(
            stream_id(self.place, stream),
            stream.seq + 1,
            stream.head_hash if stream.seq else stream.follows,
            row.letter.letter_id,
            body.body_hash,
            self._keys[row.letter.pk],
            public,
        )
        stream.seq, stream.head_hash = entry.seq, entry_hash(entry)
        return OutEntry(
            stream=stream,
            seq=entry.seq,
            entry=encode_entry(entry),
            entry_hash=stream.head_hash,
            body=body,
            delivery=row,
        )

    def _stream(self, row: Delivery) -> OutStream:
        realm = row.letter.marking.realm
        key = (row.recipient, realm, row.lane)
        if key not in self.streams:
            self.streams[key] = newest_of(*key) or OutStream(
                recipient=row.recipient, realm=realm, lane=row.lane
            )
        stream = self.streams[key]
        if stream.state != OutState.OPEN:
            raise _CannotSeal(Waiting.STREAM_FROZEN)
        return stream

    def _body(self, letter: LetterRow) -> Body:
        """Return the letter's body, sealing it if need be, and keep its content key for this batch."""
        if letter.pk in self._failed:
            raise _CannotSeal(Waiting.CANNOT_SEAL)
        if letter.pk not in self._bodies:
            try:
                self._bodies[letter.pk] = self._open(letter) if letter.body else self._new(letter)
            except LiaisonError as error:
                self._failed[letter.pk] = error.code
                raise
        return self._bodies[letter.pk]

    def _open(self, letter: LetterRow) -> Body:
        """Open the body that was sealed for another recipient, through the wrap to ourselves."""
        body = letter.body
        if body is None or body.content is None:  # erased before this recipient could be served
            raise _CannotSeal(Waiting.CANNOT_SEAL)
        self._keys[letter.pk] = own_key(body.content, self.place.ring)
        return body

    def _new(self, letter: LetterRow) -> Body:
        draft = decode_letter(self._drafts[letter.pk].draft)
        content_key = token_bytes(KEY_BYTES)
        sealed = seal_body(
            sign_letter(draft, self.place.keys),
            draft.letter_id,
            self.place.office,
            content_key,
            self.place.public,
        )
        self._keys[letter.pk] = content_key
        return Body(body_hash=body_hash(sealed), content=sealed, size=len(sealed))
