"""Sending: cutting the next frame from the ledger, and keeping what the peer says about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Final

import structlog
from django.db import transaction

from borderliaison.exchange.core.entry import Lane, decode_entry
from borderliaison.exchange.core.frame import (
    MAX_FRAME_ENTRIES,
    Frame,
    Head,
    encode_frame,
    sign_head,
)
from borderliaison.exchange.core.sender import OutState, Stage, Step
from borderliaison.exchange.core.tombstone import Tombstone, sign_tombstone
from borderliaison.exchange.deliveries import ON_THE_WAY, on_the_way, save_deliveries, stream_id
from borderliaison.exchange.drafts import milliseconds
from borderliaison.exchange.models import Body, Delivery, OutEntry, OutStream
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode
from borderliaison.sql.statements import instant, run

log = structlog.get_logger(__name__)
_SENT: Final = (
    "UPDATE exchange_delivery SET stage = 'sent', waiting = '', sent_at = %s WHERE stage = 'sealed'"
    " AND id IN (SELECT delivery_id FROM exchange_outentry WHERE stream_id = %s AND seq BETWEEN %s AND %s)"
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A frame that is ready to go.

    Attributes:
        stream: the stream's row.
        first: number of its first entry.
        last: number of its last entry.
        data: the encoded frame.
        at: when it was cut, by the machine's monotonic clock, in seconds.
    """

    stream: int
    first: int
    last: int
    data: bytes = field(repr=False)
    at: float


def next_frame(
    place: Workplace, peer: OfficeCode, lane: Lane, at: Mapping[int, int], target_bytes: int
) -> Outgoing | Waiting:
    """Cut the next frame of the first stream in this lane that has something to send.

    Nothing goes that is not marked in the high-water file yet.

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
        if after >= stream.seq or stream.state == OutState.CLOSED:
            continue
        if stream.state == OutState.FROZEN:
            frozen = True
            continue
        marked = place.high_water.allows(stream_id(place, stream))
        if after >= marked:
            continue
        standing = place.directory.may_exchange(peer)
        if not standing.may_send:
            return Waiting(standing.value)
        return _cut(place, stream, after, min(marked, stream.seq), target_bytes)
    return Waiting.STREAM_FROZEN if frozen else Waiting.NOTHING


def _cut(place: Workplace, stream: OutStream, after: int, to: int, target_bytes: int) -> Outgoing:
    rows = OutEntry.objects.filter(stream=stream, seq__gt=after, seq__lte=to).order_by("seq")
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
    return Outgoing(stream.pk, after + 1, last, data, monotonic())


def _tombstone(place: Workplace, letter_id: bytes, body: Body) -> bytes:
    when = milliseconds(body.erased_at or place.clock.now())
    return sign_tombstone(Tombstone(place.office, letter_id, body.body_hash, when), place.keys)


def record_sent(place: Workplace, outgoing: Outgoing, sent_at: datetime) -> None:
    """Keep that a frame was handed to the carrier, where the answer takes its time."""
    moving = on_the_way(outgoing.stream, outgoing.first - 1, outgoing.last)
    changes = [one.after(Step.SEND) for one in moving if one.stage is Stage.SEALED]
    if changes:
        with transaction.atomic():
            run(_SENT, instant(sent_at), outgoing.stream, outgoing.first, outgoing.last)
            place.registry.tell(changes)


def record_blocked(place: Workplace, peer: OfficeCode, lane: Lane, why: Waiting) -> None:
    """Keep why nothing in this lane goes to a peer, though there is a connection."""
    rows = list(
        Delivery.objects.filter(recipient=peer, lane=lane.value, stage__in=ON_THE_WAY)
        .exclude(waiting=why.value)
        .order_by("id")
        .select_related("letter")
    )
    for row in rows:
        row.waiting = why.value
    save_deliveries(place, rows)
