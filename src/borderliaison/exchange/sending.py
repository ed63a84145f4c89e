"""Sending: cutting the next frame from the ledger, and keeping what the peer says about it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import models, transaction

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.ack import DeliveryAck
from borderliaison.exchange.core.chain import Position
from borderliaison.exchange.core.entry import GENESIS, Lane, decode_entry
from borderliaison.exchange.core.frame import (
    MAX_FRAME_ENTRIES,
    Frame,
    Head,
    encode_frame,
    sign_head,
)
from borderliaison.exchange.core.receiver import Arrival
from borderliaison.exchange.core.reconcile import RECONCILE, compare
from borderliaison.exchange.core.sender import OutState, Signal, Stage, Step, step
from borderliaison.exchange.core.tombstone import Tombstone, sign_tombstone
from borderliaison.exchange.drafts import milliseconds
from borderliaison.exchange.models import Body, Delivery, OutEntry, OutStream
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.quarantine import Evidence, keep
from borderliaison.exchange.sealing import change_of, stream_id
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
_COLUMNS = ("stage", "waiting", "sent_at", "delivered_at", "refused_at", "refused_code")
_ON_THE_WAY = (Stage.SEALED.value, Stage.SENT.value)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A frame that is ready to go.

    Attributes:
        stream: the stream's row.
        first: number of its first entry.
        last: number of its last entry.
        data: the encoded frame.
    """

    stream: int
    first: int
    last: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """What a peer has said of one stream of ours."""

    stream: int
    lane: Lane
    signal: Signal
    n: int


def next_frame(
    place: Workplace, peer: OfficeCode, lane: Lane, at: Mapping[int, int], target_bytes: int
) -> Outgoing | Waiting:
    """Cut the next frame of the first stream in this lane that has something to send.

    Args:
        place: our worker.
        peer: to whom.
        lane: which lane.
        at: by stream, the number that the peer is taken to have; what is missing starts at what was
            acknowledged.
        target_bytes: the frame takes no further entry beyond this.

    Returns:
        The frame; or why nothing is sent, which is ``Waiting.NOTHING`` when all was.
    """
    streams = OutStream.objects.filter(recipient=peer, lane=lane.value).order_by("realm", "epoch")
    frozen = False
    for stream in streams:
        after = at.get(stream.pk, stream.acked_seq)
        if after >= stream.seq:
            continue
        if stream.state == OutState.FROZEN:
            frozen = True
            continue
        standing = place.directory.may_exchange(peer)
        if not standing.may_send:
            return Waiting(standing.value)
        return _cut(place, stream, after, target_bytes)
    return Waiting.STREAM_FROZEN if frozen else Waiting.NOTHING


def _cut(place: Workplace, stream: OutStream, after: int, target_bytes: int) -> Outgoing:
    rows = OutEntry.objects.filter(stream=stream, seq__gt=after).order_by("seq")
    last, size = after, 0
    for seq, body_size in rows.values_list("seq", "body__size")[:MAX_FRAME_ENTRIES]:
        size += body_size
        if last > after and size > target_bytes:
            break
        last = seq
    chosen = list(rows.filter(seq__lte=last).select_related("body"))
    entries = tuple(decode_entry(row.entry) for row in chosen)
    bodies = {
        row.body.body_hash: row.body.content for row in chosen if row.body.content is not None
    }
    identity = stream_id(place, stream)
    if last == stream.seq:
        head = stream.head_signed
    else:
        head = sign_head(Head(identity, last, chosen[-1].entry_hash), place.keys)
    tombstones = tuple(
        _tombstone(place, entry.letter_id, row.body)
        for entry, row in zip(entries, chosen, strict=True)
        if row.body.content is None
    )
    data = encode_frame(Frame(entries, bodies, head, tombstones))
    return Outgoing(stream.pk, after + 1, last, data)


def _tombstone(place: Workplace, letter_id: bytes, body: Body) -> bytes:
    when = milliseconds(body.erased_at or place.clock.now())
    return sign_tombstone(Tombstone(place.office, letter_id, body.body_hash, when), place.keys)


def record_sent(place: Workplace, outgoing: Outgoing, sent_at: datetime) -> None:
    """Keep that a frame was handed to the carrier, where the answer takes its time."""
    entries = OutEntry.objects.filter(
        stream_id=outgoing.stream, seq__gte=outgoing.first, seq__lte=outgoing.last
    )
    rows = _deliveries(entries.filter(delivery__stage=Stage.SEALED.value))
    for row in rows:
        row.stage = step(Stage(row.stage), Step.SEND).value
        row.sent_at, row.waiting = sent_at, ""
    _save(place, rows)


def record_blocked(place: Workplace, peer: OfficeCode, lane: Lane, why: Waiting) -> None:
    """Keep why nothing in this lane goes to a peer, though there is a connection."""
    rows = list(
        Delivery.objects.filter(recipient=peer, lane=lane.value, stage__in=_ON_THE_WAY)
        .exclude(waiting=why.value)
        .order_by("id")
        .select_related("letter")
    )
    for row in rows:
        row.waiting = why.value
    _save(place, rows)


def record_ack(
    place: Workplace, ack: DeliveryAck, signed: bytes, sent_at: datetime
) -> Heard | None:
    """Keep a verified acknowledgement of a stream of ours.

    Returns:
        What it means for the stream's window; None where we have no such stream.
    """
    stream = _ours(place, ack)
    if stream is None:
        return None
    signal = _signal(place, stream, Position(ack.seq, ack.entry_hash), signed)
    if signal is Signal.HAS_N:
        signal = Signal.ACKNOWLEDGED
        if ack.seq > stream.acked_seq:
            with transaction.atomic():
                _deliver(place, stream, ack, sent_at)
                reach(CommitPoint.BEFORE_PROGRESS_COMMIT)
            reach(CommitPoint.AFTER_PROGRESS_COMMIT)
    return Heard(stream.pk, Lane(stream.lane), signal, ack.seq)


def record_heads(
    place: Workplace, peer: OfficeCode, heads: Sequence[Head], signed: bytes
) -> list[Heard]:
    """Keep what a peer says that it holds of our streams: "I have n". It has none of the others."""
    said = {head.stream: Position(head.seq, head.entry_hash) for head in heads}
    heard = []
    for stream in OutStream.objects.filter(recipient=peer).order_by("id"):
        theirs = said.get(stream_id(place, stream), Position(0, GENESIS))
        signal = _signal(place, stream, theirs, signed)
        heard.append(Heard(stream.pk, Lane(stream.lane), signal, theirs.seq))
    return heard


def _ours(place: Workplace, said: DeliveryAck) -> OutStream | None:
    identity = said.stream
    if identity.sender != place.office:
        return None
    return OutStream.objects.filter(
        recipient=identity.recipient,
        realm=identity.realm,
        lane=identity.lane.value,
        epoch=identity.epoch,
    ).first()


def _signal(place: Workplace, stream: OutStream, theirs: Position, signed: bytes) -> Signal:
    """Compare; freeze the stream and keep the proof where the peer holds another history."""

    def hash_at(seq: int) -> bytes:
        if seq == 0:
            return GENESIS
        return OutEntry.objects.only("entry_hash").get(stream=stream, seq=seq).entry_hash

    comparison = compare(stream.seq, hash_at, theirs)
    signal = RECONCILE[comparison]
    if signal is Signal.HAS_OTHER and stream.state != OutState.FROZEN:
        evidence = Evidence(
            reason=Arrival.FORK,
            code=comparison.value,
            claimed_sender=OfficeCode(stream.recipient),
            stream=str(stream),
            content=signed,
            held_head=stream.head_signed,
        )
        with transaction.atomic():
            stream.state = OutState.FROZEN.value
            stream.save(update_fields=["state"])
            keep(place, evidence)
        log.error(
            "exchange.stream_frozen", peer=stream.recipient, stream=stream.pk, why=comparison.value
        )
    return signal


def _deliver(place: Workplace, stream: OutStream, ack: DeliveryAck, sent_at: datetime) -> None:
    now = place.clock.now()
    entries = OutEntry.objects.filter(
        stream=stream,
        seq__gt=stream.acked_seq,
        seq__lte=ack.seq,
        delivery__stage__in=_ON_THE_WAY,
    )
    numbers = dict(entries.values_list("delivery_id", "seq"))
    rows = _deliveries(entries)
    for row in rows:
        code = ack.refused.get(numbers[row.pk], "")
        row.stage = step(Stage(row.stage), Step.REFUSE if code else Step.DELIVER).value
        row.sent_at = row.sent_at or sent_at
        row.refused_code, row.waiting = code, ""
        if code:
            row.refused_at = now
        else:
            row.delivered_at = now
    _save(place, rows)
    stream.acked_seq, stream.acked_at = ack.seq, now
    stream.save(update_fields=["acked_seq", "acked_at"])


def _deliveries(entries: models.QuerySet[OutEntry]) -> list[Delivery]:
    return list(
        Delivery.objects.filter(pk__in=entries.values("delivery_id"))
        .order_by("id")
        .select_related("letter")
    )


def _save(place: Workplace, rows: Sequence[Delivery]) -> None:
    """Write deliveries, all that changed alike at once, and tell the listeners."""
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in rows:
        groups[tuple(getattr(row, column) for column in _COLUMNS)].append(row.pk)
    if not rows:
        return
    with transaction.atomic():
        for values, keys in groups.items():
            changed = dict(zip(_COLUMNS, values, strict=True))
            Delivery.objects.filter(pk__in=keys).update(**changed)
        for row in rows:
            place.registry.tell(change_of(row))
