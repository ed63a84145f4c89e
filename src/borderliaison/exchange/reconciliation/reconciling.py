"""Reconciling: telling a peer what we hold of the streams between us, and keeping what it tells."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction

from borderliaison.exchange.core.ack import MAX_HEADS, Heads, sign_heads
from borderliaison.exchange.core.entry import Lane, StreamId, shown
from borderliaison.exchange.core.frame import Head
from borderliaison.exchange.core.receiver import Arrival, InState
from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.deliveries import stream_id
from borderliaison.exchange.drafts import milliseconds
from borderliaison.exchange.incoming.quarantine import Evidence, keep
from borderliaison.exchange.models import Delivery, InEntry, InStream, LinkRow, OutStream
from borderliaison.exchange.progress import LinkState, Waiting
from borderliaison.exchange.reconciliation.hearing import Heard, record_heads
from borderliaison.exchange.recovery.freezing import freeze_in
from borderliaison.exchange.recovery.recovering import note_heads
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
AHEAD: Final = timedelta(minutes=5)
"""How far ahead of ours a peer's clock is believed to run."""


def own_heads(place: Workplace, peer: OfficeCode) -> bytes:
    """Sign what we hold of all streams between us and a peer, in both directions."""
    incoming = [
        Head(_incoming_id(place, row), row.seq, row.head_hash)
        for row in InStream.objects.filter(sender=peer).order_by("-epoch")[: MAX_HEADS // 2]
    ]
    outgoing = [
        Head(stream_id(place, row), row.seq, row.head_hash)
        for row in OutStream.objects.filter(recipient=peer).order_by("-epoch")[: MAX_HEADS // 2]
    ]
    at = milliseconds(place.clock.now())
    return sign_heads(Heads(place.office, peer, at, (*incoming, *outgoing)), place.keys)


def _incoming_id(place: Workplace, row: InStream) -> StreamId:
    return StreamId(OfficeCode(row.sender), place.office, row.realm, Lane(row.lane), row.epoch)


def take_heads(place: Workplace, heads: Heads, signed: bytes) -> list[Heard]:
    """Keep what a peer has verifiably said that it holds.

    Args:
        place: our worker.
        heads: verified, and meant for us.
        signed: the message itself; it is the proof where the histories differ.

    Returns:
        What it means for the windows of our streams to that peer; nothing where newer heads came before.
    """
    if not _is_news(place, heads):
        log.info("exchange.old_heads", peer=heads.holder)
        return []
    for head in heads.heads:
        if head.stream.sender == heads.holder and head.seq:
            _check_history(place, head, signed)
    heard = record_heads(place, heads.holder, heads.heads, signed)
    note_heads(place, heads)
    return heard


def _is_news(place: Workplace, heads: Heads) -> bool:
    """Whether no newer heads of this peer were taken, and remember how new these are.

    A clock that runs ahead is remembered as five minutes ahead at most, for the day when it is set right.
    """
    now = place.clock.now()
    new = {"state": LinkState.DOWN.value, "why": Waiting.NO_ANSWER.value, "since": now}
    row, _ = LinkRow.objects.get_or_create(peer=heads.holder, defaults=new)
    if heads.at < row.heads_at:
        return False
    newest = min(heads.at, milliseconds(now + AHEAD))
    LinkRow.objects.filter(pk=row.pk, heads_at__lt=newest).update(
        heads_at=newest, clock_ahead_ms=heads.at - milliseconds(now)
    )
    return True


def _check_history(place: Workplace, head: Head, signed: bytes) -> None:
    """Freeze a stream whose sender now signs another entry under a number that we hold."""
    identity = head.stream
    stream = InStream.objects.filter(
        sender=identity.sender,
        realm=identity.realm,
        lane=identity.lane.value,
        epoch=identity.epoch,
    ).first()
    if stream is None or stream.state != InState.OPEN:
        return
    held = InEntry.objects.filter(stream=stream, seq=head.seq).first()
    if held is None or held.entry_hash == head.entry_hash:
        return
    with transaction.atomic():
        freeze_in(stream, "heads")
        keep(
            place,
            Evidence(
                reason=Arrival.FORK,
                content=signed,
                claimed_sender=identity.sender,
                stream=shown(identity),
                held_head=stream.head_signed,
            ),
        )


def peers(place: Workplace) -> set[OfficeCode]:
    """Return all offices that there is, or should be, a link to."""
    undelivered = Delivery.objects.filter(stage=Stage.SAVED.value)
    found: set[str] = set()
    known: Iterable[Iterable[str]] = (
        OutStream.objects.values_list("recipient", flat=True).distinct(),
        InStream.objects.values_list("sender", flat=True).distinct(),
        undelivered.values_list("recipient", flat=True).distinct(),
        place.registry.watched(),
    )
    for offices in known:
        found.update(offices)
    return {OfficeCode(office) for office in found if office != place.office}
