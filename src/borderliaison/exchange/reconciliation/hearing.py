"""Hearing what peers say of our streams: acknowledgements and "I have n", verified already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.ack import DeliveryAck
from borderliaison.exchange.core.chain import Position
from borderliaison.exchange.core.entry import GENESIS, Lane, shown
from borderliaison.exchange.core.frame import Head
from borderliaison.exchange.core.receiver import Arrival
from borderliaison.exchange.core.reconcile import RECONCILE, compare
from borderliaison.exchange.core.sender import OutState, Signal, Step
from borderliaison.exchange.deliveries import on_the_way, stream_id
from borderliaison.exchange.incoming.quarantine import Evidence, keep
from borderliaison.exchange.models import OutStream
from borderliaison.exchange.outgoing.epochs import go_past, hash_at, meet
from borderliaison.exchange.recovery.freezing import freeze_out
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode
from borderliaison.sql.statements import instant, run, run_each

_REFUSED: Final = (
    "UPDATE exchange_delivery SET stage = 'refused', waiting = '', refused_code = %s,"
    " sent_at = COALESCE(sent_at, %s), refused_at = %s WHERE stage IN ('sealed', 'sent')"
    " AND id = (SELECT delivery_id FROM exchange_outentry WHERE stream_id = %s AND seq = %s)"
)
_DELIVERED: Final = (
    "UPDATE exchange_delivery SET stage = 'delivered', waiting = '', refused_code = '',"
    " sent_at = COALESCE(sent_at, %s), delivered_at = %s WHERE stage IN ('sealed', 'sent')"
    " AND id IN (SELECT delivery_id FROM exchange_outentry"
    " WHERE stream_id = %s AND seq > %s AND seq <= %s)"
)
_ACKNOWLEDGED: Final = "UPDATE exchange_outstream SET acked_seq = %s, acked_at = %s WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a peer has said of one stream of ours."""

    stream: int
    lane: Lane
    signal: Signal
    n: int


def record_ack(
    place: Workplace, ack: DeliveryAck, signed: bytes, sent_at: datetime
) -> Heard | None:
    """Keep a verified acknowledgement of a stream of ours.

    Returns:
        What it means for the stream's window; None where we have no such stream.
    """
    stream = meet(place, ack.stream) if ack.stream.sender == place.office else None
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
    said = {
        head.stream: Position(head.seq, head.entry_hash)
        for head in heads
        if head.stream.sender == place.office
    }
    for identity, theirs in said.items():
        if theirs.seq:
            meet(place, identity)
    heard = []
    for stream in OutStream.objects.filter(recipient=peer).order_by("id"):
        theirs = said.get(stream_id(place, stream), Position(0, GENESIS))
        signal = _signal(place, stream, theirs, signed)
        heard.append(Heard(stream.pk, Lane(stream.lane), signal, theirs.seq))
    return heard


def _signal(place: Workplace, stream: OutStream, theirs: Position, signed: bytes) -> Signal:
    """Compare; freeze the stream and keep the proof where the peer holds another history."""
    comparison = compare(stream.seq, partial(hash_at, stream), theirs)
    signal = RECONCILE[comparison]
    if signal is Signal.HAS_MORE:
        with transaction.atomic():
            go_past(stream)
    if signal is Signal.HAS_OTHER and stream.state == OutState.OPEN:
        evidence = Evidence(
            reason=Arrival.FORK,
            code=comparison.value,
            claimed_sender=OfficeCode(stream.recipient),
            stream=shown(stream_id(place, stream)),
            content=signed,
            held_head=stream.head_signed,
        )
        with transaction.atomic():
            freeze_out(stream, comparison.value)
            keep(place, evidence)
    return signal


def _deliver(place: Workplace, stream: OutStream, ack: DeliveryAck, sent_at: datetime) -> None:
    now, sent = instant(place.clock.now()), instant(sent_at)
    moving = on_the_way(stream.pk, stream.acked_seq, ack.seq)
    refused = [one.seq for one in moving if one.seq in ack.refused]
    run_each(_REFUSED, [(ack.refused[seq], sent, now, stream.pk, seq) for seq in refused])
    run(_DELIVERED, sent, now, stream.pk, stream.acked_seq, ack.seq)
    run(_ACKNOWLEDGED, ack.seq, now, stream.pk)
    place.registry.tell(
        [one.after(Step.REFUSE if one.seq in ack.refused else Step.DELIVER) for one in moving]
    )
