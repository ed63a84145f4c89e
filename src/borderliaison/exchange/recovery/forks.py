"""Streams of two histories: the proof, and letting the exchange go on by a person's decision.

A frozen stream is never thawed. It is closed as it stands, and its sender goes on in a next epoch, which
follows the last entry that both sides hold: what came after it there is sealed anew. Both offices decide,
each for its own side.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from borderliaison.exchange.core.receiver import Arrival, InState
from borderliaison.exchange.core.sender import OutState, Stage, Step, step
from borderliaison.exchange.decisions import decide
from borderliaison.exchange.deliveries import ON_THE_WAY, change_of, deliveries_of
from borderliaison.exchange.errors import NothingFrozen
from borderliaison.exchange.models import InStream, OutEntry, OutStream, Quarantined
from borderliaison.exchange.outgoing.epochs import begin_next, hash_at, newest_of
from borderliaison.exchange.recovery.freezing import frozen_peers
from borderliaison.exchange.registry import REGISTRY
from borderliaison.feed.services import announce
from borderliaison.kernel.ids import OfficeCode


@dataclass(frozen=True, slots=True)
class Fork:
    """One stream that is frozen, with what proves why.

    Attributes:
        peer: the other office.
        outgoing: whether we send it.
        realm: ``live`` or ``exercise:NAME``.
        lane: urgent or routine.
        epoch: of the stream.
        seq: how far our own history goes.
        entry_hash: of our last entry.
        evidence: the numbers of what was kept apart as proof, for ``blo exchange quarantine show``.
    """

    peer: OfficeCode
    outgoing: bool
    realm: str
    lane: str
    epoch: int
    seq: int
    entry_hash: bytes
    evidence: tuple[int, ...]


def forks(office: OfficeCode) -> list[Fork]:
    """Return every stream that is frozen."""
    outgoing = OutStream.objects.filter(state=OutState.FROZEN.value).order_by("recipient", "id")
    incoming = InStream.objects.filter(state=InState.FROZEN.value).order_by("sender", "id")
    return [
        *(_fork(office, one, one.recipient, outgoing=True) for one in outgoing),
        *(_fork(office, one, one.sender, outgoing=False) for one in incoming),
    ]


def unfreeze(peer: OfficeCode, actor: str, why: str, now: datetime) -> int:
    """Close every frozen stream with a peer, so that later epochs may go on; return how many.

    Raises:
        NothingFrozen: there is none.
    """
    with transaction.atomic():
        outgoing = list(OutStream.objects.filter(recipient=peer, state=OutState.FROZEN.value))
        incoming = list(InStream.objects.filter(sender=peer, state=InState.FROZEN.value))
        if not outgoing and not incoming:
            raise NothingFrozen(peer)
        decide("exchange.unfrozen", actor, peer, why, now)
        for stream in outgoing:
            _close(stream)
        for received in incoming:
            received.state = InState.CLOSED.value
            received.save(update_fields=["state"])
        announce("link", peer)
    return len(outgoing) + len(incoming)


def evidence_is_needed(row: Quarantined) -> bool:
    """Whether something is the proof of a fork on which nobody has decided yet."""
    if row.reason != Arrival.FORK:
        return False
    return row.claimed_sender in frozen_peers()


def _fork(office: OfficeCode, stream: OutStream | InStream, peer: str, *, outgoing: bool) -> Fork:
    ends = (office, peer) if outgoing else (peer, office)
    named = f"{ends[0]} {ends[1]} {stream.realm} {stream.lane} {stream.epoch}"
    proof = Quarantined.objects.filter(reason=Arrival.FORK.value, stream=named)
    return Fork(
        OfficeCode(peer),
        outgoing,
        stream.realm,
        stream.lane,
        stream.epoch,
        stream.seq,
        stream.head_hash,
        tuple(proof.order_by("id").values_list("id", flat=True)),
    )


def _close(stream: OutStream) -> None:
    """Close a stream of ours; what the peer has not acknowledged in it goes back in line."""
    stream.state = OutState.CLOSED.value
    stream.save(update_fields=["state"])
    newest = newest_of(stream.recipient, stream.realm, stream.lane)
    if newest is not None and newest.epoch == stream.epoch:
        begin_next(stream, follows=hash_at(stream, stream.acked_seq))
    unheard = OutEntry.objects.filter(stream=stream, seq__gt=stream.acked_seq)
    rows = deliveries_of(unheard.filter(delivery__stage__in=ON_THE_WAY))
    for row in rows:
        row.stage = step(Stage(row.stage), Step.AGAIN).value
        row.waiting, row.sealed_at, row.sent_at = "", None, None
        row.save()
    REGISTRY.tell([change_of(row) for row in rows])
