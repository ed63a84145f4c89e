"""Receiving: one frame against the ledger, in one commit, and the signed answer to it.

Where a frame brings few letters, they are applied in the same commit: one wait for the disk, and nothing
is opened twice. Delivered still means ledgered. Where a handler fails, the frame is written anew, each
letter under a savepoint: it loses what it wrote and marks its letter. Where the database itself refuses
something, the frame is ledgered alone and applied later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog
from django.db import DatabaseError, transaction

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.ack import MAX_REFUSED, DeliveryAck, sign_ack
from borderliaison.exchange.core.chain import Line, Position
from borderliaison.exchange.core.entry import StreamId, entry_hash, shown
from borderliaison.exchange.core.receiver import (
    MAX_EPOCH,
    MAX_STREAMS,
    Act,
    Arrival,
    classify,
    decide,
)
from borderliaison.exchange.incoming.applying import (
    apply_arrived,
    apply_each_arrived,
    waits_to_be_applied,
)
from borderliaison.exchange.incoming.arrivals import Apply, Arrivals, Verified
from borderliaison.exchange.incoming.epochs import note_epoch, old_heads_of, state_of
from borderliaison.exchange.incoming.handling import FEW
from borderliaison.exchange.incoming.opening import Claimed, check_signature, claim, open_frame
from borderliaison.exchange.incoming.quarantine import Evidence, keep
from borderliaison.exchange.incoming.together import NotTogether
from borderliaison.exchange.models import InStream
from borderliaison.exchange.reconciliation.reconciling import own_heads
from borderliaison.exchange.recovery.freezing import freeze_in
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode
from borderliaison.sql.statements import one, rows

log = structlog.get_logger(__name__)
NOTHING: Final = b""
"""The answer that means nothing: the sender tries again later."""
_STREAM_COLUMNS: Final = (
    *("id", "sender", "realm", "lane", "epoch", "seq", "head_hash", "head_signed", "state"),
    *("follows_epoch", "follows_seq"),
)
_STREAM: Final = (
    "SELECT id, sender, realm, lane, epoch, seq, head_hash, head_signed, state, follows_epoch, follows_seq"
    " FROM exchange_instream WHERE sender = %s AND realm = %s AND lane = %s AND epoch = %s"
)
_KNOWN: Final = (
    "SELECT seq, entry_hash FROM exchange_inentry WHERE stream_id = %s AND seq BETWEEN %s AND %s"
)
_REFUSED: Final = (
    "SELECT seq, refused_code FROM exchange_inentry"
    " WHERE stream_id = %s AND seq > %s AND NOT (refused_code = '')"
)


@dataclass(frozen=True, slots=True)
class Received:
    """What has become of one frame.

    Attributes:
        peer: the office that sent it; None where that is not certain.
        arrival: what it was.
        answer: what to answer, after the commit that has happened.
        accepted: how many letters wait to be applied because of it.
    """

    peer: OfficeCode | None
    arrival: Arrival
    answer: bytes
    accepted: int = 0


def receive_frame(place: Workplace, data: bytes) -> Received:
    """Take one frame, whoever it is from: all steps in one thread. Its letters are applied later."""
    return receive(place, open_frame(check_signature(place, claim(data))))


def receive_small(place: Workplace, claimed: Claimed | Evidence) -> Received:
    """Take a frame that is quickly decoded, if its head is verified: all steps, applying among them."""
    return receive_and_apply(place, open_frame(check_signature(place, claimed)))


def receive(place: Workplace, opened: Verified | Evidence) -> Received:
    """Do with an opened frame what the receiver's table says."""
    if isinstance(opened, Evidence):
        keep(place, opened)
        return Received(None, opened.reason, NOTHING)
    return _take(place, opened)


def receive_and_apply(place: Workplace, opened: Verified | Evidence) -> Received:
    """Do the same, and apply what it brings in the same commit, where that is little."""
    if isinstance(opened, Evidence):
        return receive(place, opened)
    try:
        return _apply_or_find_out(place, opened)
    except DatabaseError as error:  # under a handler, or at the commit: no stream stops for that
        log.warning("exchange.applied_later", error=type(error).__name__)
        return _take(place, opened)


def _apply_or_find_out(place: Workplace, verified: Verified) -> Received:
    """Ledger a frame with its letters applied together; where something is wrong, each by itself."""
    try:
        return _take(place, verified, partial(apply_arrived, place))
    except NotTogether as error:
        cause = error.__cause__
        log.info("exchange.not_together", error=type(cause).__name__)
        return _take(place, verified, partial(apply_each_arrived, place))


def _take(place: Workplace, verified: Verified, apply: Apply | None = None) -> Received:
    """Decide and open everything first, then write it in one short transaction.

    Nothing can come in between: one worker is the only one that writes these ledgers.
    """
    identity = verified.head.stream
    lines = [Line(one.seq, one.prev, entry_hash(one)) for one in verified.frame.entries]
    stream = find_stream(identity)
    held = Position(stream.seq, stream.head_hash)
    arrival = _classify(stream, held, verified, lines)
    verdict = decide(state_of(stream), arrival, held, lines)
    new = verified.frame.entries[len(lines) - len(verdict.fresh) :]
    arrivals = Arrivals(place, stream, new)
    for entry, line in zip(new, verdict.fresh, strict=True):
        arrivals.add(entry, line, verified)
    few = 0 < arrivals.accepted <= FEW
    at_once = apply is not None and few and not waits_to_be_applied(identity.lane)
    with transaction.atomic():
        if Act.QUARANTINE in verdict.acts:
            _keep_apart(place, stream, verified, arrival)
        if Act.LEDGER in verdict.acts:
            if stream.pk is None:
                note_epoch(stream, verdict.fresh[0].prev)
            stream.seq, stream.head_hash = verdict.fresh[-1].seq, verdict.fresh[-1].hash
            stream.head_signed = verified.frame.head
            arrivals.write(apply if at_once else None)
        if Act.FREEZE in verdict.acts:
            freeze_in(stream, arrival.value)
        if at_once:
            reach(CommitPoint.BEFORE_APPLY_COMMIT)
        reach(CommitPoint.BEFORE_LEDGER_COMMIT)
    reach(CommitPoint.AFTER_LEDGER_COMMIT)
    if at_once:
        reach(CommitPoint.AFTER_APPLY_COMMIT)
    place.opened.keep(arrivals.opened)
    answer = NOTHING
    if Act.ACKNOWLEDGE in verdict.acts:
        answer = acknowledgement(place, stream)
    elif Act.ASK in verdict.acts:
        answer = own_heads(place, identity.sender)
    log.info(
        "exchange.received",
        peer=identity.sender,
        lane=identity.lane.value,
        arrival=arrival.value,
        last=verified.head.seq,
        fresh=len(verdict.fresh),
    )
    return Received(identity.sender, arrival, answer, arrivals.accepted)


def find_stream(identity: StreamId) -> InStream:
    """Return the stream's row; a new one, not written yet, where it is the first time."""
    key = (identity.sender, identity.realm, identity.lane.value, identity.epoch)
    held = one(InStream, _STREAM_COLUMNS, _STREAM, *key)
    return held or InStream(sender=key[0], realm=key[1], lane=key[2], epoch=key[3])


def acknowledgement(place: Workplace, stream: InStream) -> bytes:
    """Sign that everything up to the stream's head is held, with what of it was refused."""
    refused = rows(_REFUSED, stream.pk, stream.seq - MAX_REFUSED)
    identity = identity_of(place, stream)
    return sign_ack(DeliveryAck(identity, stream.seq, stream.head_hash, dict(refused)), place.keys)


def identity_of(place: Workplace, stream: InStream) -> StreamId:
    """Return the identity of a stream that a peer sends us."""
    return StreamId.from_data(
        [stream.sender, place.office, stream.realm, stream.lane, stream.epoch]
    )


def _classify(
    stream: InStream, held: Position, verified: Verified, lines: Sequence[Line]
) -> Arrival:
    identity, head = verified.head.stream, verified.head
    if stream.pk is None and _is_crowded(identity):
        return Arrival.CROWDED
    if any(entry.stream != identity for entry in verified.frame.entries):
        return Arrival.BROKEN
    known: dict[int, bytes] = {}
    if lines[0].seq <= held.seq:
        known = dict(rows(_KNOWN, stream.pk, lines[0].seq, lines[-1].seq))
    return classify(held, known, Position(head.seq, head.entry_hash), lines, old_heads_of(stream))


def _is_crowded(identity: StreamId) -> bool:
    if identity.epoch > MAX_EPOCH:
        return True
    return InStream.objects.filter(sender=identity.sender).count() >= MAX_STREAMS


def _keep_apart(place: Workplace, stream: InStream, verified: Verified, arrival: Arrival) -> None:
    identity = verified.head.stream
    keep(
        place,
        Evidence(
            reason=arrival,
            content=verified.data,
            claimed_sender=identity.sender,
            stream=shown(identity),
            held_head=stream.head_signed,
        ),
    )
