"""Receiving: one frame against the ledger, in one commit, and the signed answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from django.db import transaction

from borderliaison.exchange.arrivals import Arrivals, Verified
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
from borderliaison.exchange.freezing import freeze_in
from borderliaison.exchange.in_epochs import note_epoch, old_heads_of, state_of
from borderliaison.exchange.models import InEntry, InStream
from borderliaison.exchange.opening import check_signature, claim, open_frame
from borderliaison.exchange.quarantine import Evidence, keep
from borderliaison.exchange.reconciling import own_heads
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
NOTHING: Final = b""
"""The answer that means nothing: the sender tries again later."""


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
    """Take one frame, whoever it is from: all steps in one thread."""
    return receive(place, open_frame(check_signature(place, claim(data))))


def receive(place: Workplace, opened: Verified | Evidence) -> Received:
    """Do with an opened frame what the receiver's table says."""
    if isinstance(opened, Evidence):
        keep(place, opened)
        return Received(None, opened.reason, NOTHING)
    return _take(place, opened)


def _take(place: Workplace, verified: Verified) -> Received:
    """Decide and open everything first, then write it in one short transaction.

    Nothing can come in between: one worker is the only one that writes these ledgers.
    """
    identity = verified.head.stream
    lines = [Line(one.seq, one.prev, entry_hash(one)) for one in verified.frame.entries]
    stream = find_stream(identity)
    held = Position(stream.seq, stream.head_hash)
    arrival = _classify(stream, held, verified, lines)
    verdict = decide(state_of(stream), arrival, held, lines)
    arrivals = Arrivals(place, stream)
    for entry, line in zip(verified.frame.entries, lines, strict=True):
        if line in verdict.fresh:
            arrivals.add(entry, line, verified)
    with transaction.atomic():
        if Act.QUARANTINE in verdict.acts:
            _keep_apart(place, stream, verified, arrival)
        if Act.LEDGER in verdict.acts:
            if stream.pk is None:
                note_epoch(stream, verdict.fresh[0].prev)
            stream.seq, stream.head_hash = verdict.fresh[-1].seq, verdict.fresh[-1].hash
            stream.head_signed = verified.frame.head
            arrivals.write()
        if Act.FREEZE in verdict.acts:
            freeze_in(stream, arrival.value)
        reach(CommitPoint.BEFORE_LEDGER_COMMIT)
    reach(CommitPoint.AFTER_LEDGER_COMMIT)
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
    key = {
        "sender": identity.sender,
        "realm": identity.realm,
        "lane": identity.lane.value,
        "epoch": identity.epoch,
    }
    return InStream.objects.filter(**key).first() or InStream(**key)


def acknowledgement(place: Workplace, stream: InStream) -> bytes:
    """Sign that everything up to the stream's head is held, with what of it was refused."""
    refused = (
        InEntry.objects.filter(stream=stream, seq__gt=stream.seq - MAX_REFUSED)
        .exclude(refused_code="")
        .values_list("seq", "refused_code")
    )
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
    if stream.pk is not None:
        numbers = [line.seq for line in lines]
        rows = InEntry.objects.filter(stream=stream, seq__in=numbers)
        known = dict(rows.values_list("seq", "entry_hash"))
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
