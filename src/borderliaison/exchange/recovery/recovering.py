"""Recovering from a loss: new epochs, and pages closed until every peer has said what it holds.

At the worker's start the database is compared with the high-water file. Where it is behind, or a backup
was put back, each lane goes on in a new epoch and nothing is sealed for a peer before it is reconciled:
until it has given back what it holds of ours, and sent again what it had sent us.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from secrets import randbelow
from typing import Final

import structlog
from django.db import transaction

from borderliaison.audit.services import SYSTEM, record
from borderliaison.exchange.core.ack import Heads
from borderliaison.exchange.core.entry import GENESIS
from borderliaison.exchange.core.receiver import InState
from borderliaison.exchange.core.sender import OutState
from borderliaison.exchange.core.water import DamagedHighWater, LaneKey, Mark, is_behind
from borderliaison.exchange.decisions import decide
from borderliaison.exchange.drafts import milliseconds
from borderliaison.exchange.models import (
    Application,
    AwaitedPeer,
    InEntry,
    InStream,
    LinkRow,
    MarksBegun,
    OutStream,
    RecoveryRow,
    Returned,
    Why,
)
from borderliaison.exchange.outgoing.epochs import (
    begin_next,
    hash_at,
    head_of,
    newest_of,
    newest_streams,
)
from borderliaison.exchange.ports import DirectoryAge
from borderliaison.exchange.recovery.restore_marker import RestoreMarker, note_restore
from borderliaison.exchange.workplace import Workplace
from borderliaison.feed.services import announce
from borderliaison.kernel.ids import OfficeCode
from borderliaison.sql.statements import first

__all__ = [
    "Recovery",
    "begin",
    "finish",
    "is_awaited",
    "last_began",
    "look_at_start",
    "note_heads",
    "note_restore",
    "only_sealed_for",
    "override",
    "pending",
    "pending_row",
]
log = structlog.get_logger(__name__)
CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""How far behind ours a peer's clock is believed to run: heads that are older say nothing of now."""
_ANY: Final = "SELECT 1 FROM exchange_recoveryrow LIMIT 1"
_PENDING: Final = "SELECT 1 FROM exchange_recoveryrow WHERE ended_at IS NULL LIMIT 1"
FURTHEST_SKIP: Final = 2**20
"""How many epochs are skipped, at most, for a peer that could not be asked which ones were used."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A loss that is not made good with every peer yet.

    Attributes:
        since: since when.
        why: a backup was put back, the database is behind, or nothing shows how old it is.
        copy_taken_at: when the backup was made, where one was put back.
        awaited: the peers that may still hold something that is lacking here.
        reconciled: the peers that hold nothing more.
        overridden_by: the administrator who opened the pages nevertheless.
    """

    since: datetime
    why: Why
    copy_taken_at: datetime | None
    awaited: tuple[OfficeCode, ...]
    reconciled: tuple[OfficeCode, ...]
    overridden_by: str

    @property
    def closes_pages(self) -> bool:
        """Whether pages stay closed because of it."""
        return not self.overridden_by


def pending_row() -> RecoveryRow | None:
    """Return the recovery that has not ended."""
    if first(_PENDING) is None:
        return None
    return RecoveryRow.objects.filter(ended_at=None).order_by("-id").first()


def last_began() -> datetime | None:
    """Return when the last recovery began, ended or not; None where there never was one."""
    if first(_ANY) is None:
        return None
    return RecoveryRow.objects.order_by("-id").values_list("since", flat=True).first()


def pending() -> Recovery | None:
    """Return the recovery that has not ended, with its peers."""
    row = pending_row()
    if row is None:
        return None
    peers = list(row.peers.order_by("peer").values_list("peer", "reconciled_at"))
    return Recovery(
        since=row.since,
        why=Why(row.why),
        copy_taken_at=row.copy_taken_at,
        awaited=tuple(OfficeCode(peer) for peer, at in peers if at is None),
        reconciled=tuple(OfficeCode(peer) for peer, at in peers if at is not None),
        overridden_by=row.overridden_by,
    )


def is_awaited(peer: OfficeCode) -> bool:
    """Whether a peer may still hold something that is lacking here."""
    row = pending_row()
    return row is not None and row.peers.filter(peer=peer, reconciled_at=None).exists()


def only_sealed_for() -> set[str] | None:
    """Return the only peers for which anything is sealed now; None where it is for everybody.

    A peer that is not reconciled may hold the same letter already, under a number of a lost epoch. One
    that is not awaited may know of streams that we have lost all trace of: its heads show it.
    """
    row = pending_row()
    if row is None or row.overridden_by:
        return None
    awaited = set(row.peers.filter(reconciled_at=None).values_list("peer", flat=True))
    reconciled = set(row.peers.exclude(reconciled_at=None).values_list("peer", flat=True))
    heard = LinkRow.objects.filter(reconciled_at__gte=row.since).values_list("peer", flat=True)
    return (reconciled | set(heard)) - awaited


def look_at_start(place: Workplace, marker: RestoreMarker) -> None:
    """Compare the database with the high-water file, and begin a recovery where something may be lost."""
    restored = marker.read()
    marks, damaged = _read_marks(place)
    begun = MarksBegun.objects.exists()
    why = None
    if restored is not None:
        why = Why.RESTORED
    elif marks is None and (begun or damaged):
        why = Why.MARKS_LOST
    elif marks is not None and _is_behind(marks):
        why = Why.BEHIND
    with transaction.atomic():
        if why is not None:
            begin(place, why, marks or {}, restored.taken_at if restored else None)
        finish(place)
    place.high_water.begin(head_of(place, stream) for stream in newest_streams())
    place.directory.note_held()
    if not begun:
        with transaction.atomic():
            MarksBegun.objects.create(begun_at=place.clock.now())
            record("exchange.marks_begun", actor=SYSTEM, subject=place.office)
    marker.remove()


def begin(
    place: Workplace,
    why: Why,
    marks: dict[LaneKey, Mark] | None = None,
    copy_taken_at: datetime | None = None,
) -> None:
    """Begin a recovery, in the transaction that is open. One that has not ended is merged into it."""
    known = marks or {}
    now = place.clock.now()
    RecoveryRow.objects.filter(ended_at=None).update(ended_at=now)
    row = RecoveryRow.objects.create(since=now, why=why.value, copy_taken_at=copy_taken_at)
    awaited = _peers_of_streams(place, known)
    AwaitedPeer.objects.bulk_create(AwaitedPeer(recovery=row, peer=peer) for peer in awaited)
    lanes = {(one.recipient, one.realm, one.lane): one for one in newest_streams()}
    for (recipient, realm, lane), mark in known.items():
        unknown = OutStream(recipient=recipient, realm=realm, lane=lane.value, epoch=mark.epoch)
        newest = lanes.setdefault((recipient, realm, lane.value), unknown)
        newest.epoch = max(newest.epoch, mark.epoch)
    for newest in lanes.values():
        begin_next(newest)
    record(
        "exchange.recovery_begun",
        actor=SYSTEM,
        subject=place.office,
        why=why.value,
        peers=str(len(awaited)),
    )
    announce("link", place.office)
    log.error("exchange.recovery_begun", why=why.value, peers=len(awaited))


def note_heads(place: Workplace, heads: Heads) -> None:
    """Note that a peer is reconciled, once its heads name nothing that is lacking here."""
    row = pending_row()
    if row is None:
        return
    awaited = row.peers.filter(peer=heads.holder, reconciled_at=None)
    if heads.at < milliseconds(row.since - CLOCKS_DIFFER) or not awaited.exists():
        return
    if _lacks(place, heads):
        return
    with transaction.atomic():
        awaited.update(reconciled_at=place.clock.now())
        record("exchange.peer_reconciled", actor=SYSTEM, subject=heads.holder)
        log.warning("exchange.peer_reconciled", peer=heads.holder)
        finish(place)


def finish(place: Workplace) -> bool:
    """End the recovery when every peer is reconciled and what came back is applied; say whether it is."""
    row = pending_row()
    if row is None or row.peers.filter(reconciled_at=None).exists():
        return False
    waits = (InEntry, Returned)
    if any(kind.objects.filter(application=Application.PENDING).exists() for kind in waits):
        return False
    with transaction.atomic():
        row.ended_at = place.clock.now()
        row.save(update_fields=["ended_at"])
        record("exchange.recovery_ended", actor=SYSTEM, subject=place.office)
        announce("link", place.office)
    log.warning("exchange.recovery_ended")
    return True


def override(actor: str, why: str, now: datetime) -> tuple[OfficeCode, ...]:
    """Open the pages, and seal for everybody, though some peers could not be asked; return these.

    Nobody knows which epochs they have seen. So theirs begin far beyond any that may have been used.
    """
    with transaction.atomic():
        row = pending_row()
        if row is None or row.overridden_by:
            return ()
        peers = [OfficeCode(one.peer) for one in row.peers.filter(reconciled_at=None)]
        row.overridden_by = actor[:64]
        row.save(update_fields=["overridden_by"])
        for stream in newest_streams():
            if stream.recipient in peers and not stream.seq:
                stream.epoch += 1 + randbelow(FURTHEST_SKIP)
                stream.save(update_fields=["epoch"])
        decide("exchange.opened_by_override", actor, str(row.pk), why, now)
        announce("link", "")
    return tuple(peers)


def _read_marks(place: Workplace) -> tuple[dict[LaneKey, Mark] | None, bool]:
    try:
        return place.high_water.read(), False
    except DamagedHighWater as error:
        log.exception("exchange.marks_damaged", code=error.code, exc_info=error)
        return None, True


def _is_behind(marks: dict[LaneKey, Mark]) -> bool:
    for (recipient, realm, lane), mark in marks.items():
        newest = newest_of(recipient, realm, lane.value)
        if newest is None:
            return True
        held = Mark(newest.epoch, newest.seq, newest.head_hash)
        if is_behind(held, partial(hash_at, newest), mark):
            return True
    return False


def _peers_of_streams(place: Workplace, marks: dict[LaneKey, Mark]) -> list[OfficeCode]:
    """Return whom to await. A directory of which nobody knows how old it is may not list all of them."""
    found = {recipient for recipient, _, _ in marks}
    found.update(map(OfficeCode, InStream.objects.values_list("sender", flat=True).distinct()))
    found.update(map(OfficeCode, OutStream.objects.values_list("recipient", flat=True).distinct()))
    if place.directory.age() is DirectoryAge.CURRENT:  # what it does not list was withdrawn
        found = {peer for peer in found if place.directory.public_of(peer) is not None}
    return sorted(found - {place.office})


def _lacks(place: Workplace, heads: Heads) -> bool:
    """Whether a peer's heads name more than we hold, or a stream with it is frozen."""
    peer = heads.holder
    if InStream.objects.filter(sender=peer, state=InState.FROZEN.value).exists():
        return True
    if OutStream.objects.filter(recipient=peer, state=OutState.FROZEN.value).exists():
        return True
    ours = {
        (place.office, one.realm, one.lane, one.epoch): one.seq
        for one in OutStream.objects.filter(recipient=peer)
    }
    theirs = {
        (peer, one.realm, one.lane, one.epoch): one.seq
        for one in InStream.objects.filter(sender=peer)
    }
    held = {**ours, **theirs}
    for head in heads.heads:
        one = head.stream
        key = (one.sender, one.realm, one.lane.value, one.epoch)
        if head.entry_hash != GENESIS and held.get(key, 0) < head.seq:
            return True
    return False
