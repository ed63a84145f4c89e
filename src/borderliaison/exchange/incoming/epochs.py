"""The epochs of a lane that a peer sends us: what a later one follows, and whether it may go on.

A later epoch says that its sender lost something: it was restored from an old copy, or a person closed
a stream that had forked. Its first entry names the last entry that the sender still had.
"""

from collections.abc import Callable

import structlog
from django.db.models import QuerySet

from borderliaison.audit.services import SYSTEM, record
from borderliaison.exchange.core.receiver import InState
from borderliaison.exchange.models import InEntry, InStream

log = structlog.get_logger(__name__)
FIRST_EPOCH = 1


def state_of(stream: InStream) -> InState:
    """Return the state of a stream; one that is new is frozen while an earlier epoch of its lane is.

    Else whoever has stolen a key, and was found out, would only have to begin anew.
    """
    if stream.pk is None and _earlier(stream).filter(state=InState.FROZEN.value).exists():
        return InState.FROZEN
    return InState(stream.state)


def old_heads_of(stream: InStream) -> Callable[[bytes], bool] | None:
    """Return what says whether a hash is of an entry held in an earlier epoch; None in the first epoch."""
    if stream.epoch <= FIRST_EPOCH or stream.seq:
        return None
    return lambda digest: _find(stream, digest) is not None


def note_epoch(stream: InStream, prev: bytes) -> None:
    """Note, before a new stream is written, what its first entry follows; a later epoch is told of."""
    if stream.epoch <= FIRST_EPOCH:
        return
    old_head = _find(stream, prev)
    if old_head is not None:
        stream.follows_epoch, stream.follows_seq = old_head.stream.epoch, old_head.seq
    record(
        "exchange.epoch_begun_by_peer",
        actor=SYSTEM,
        subject=stream.sender,
        realm=stream.realm,
        lane=stream.lane,
        epoch=str(stream.epoch),
        follows=f"{stream.follows_epoch or 0}/{stream.follows_seq}",
    )
    log.warning(
        "exchange.epoch_begun_by_peer",
        peer=stream.sender,
        lane=stream.lane,
        epoch=stream.epoch,
        follows=stream.follows_seq,
    )


def _find(stream: InStream, digest: bytes) -> InEntry | None:
    held = InEntry.objects.filter(stream__in=_earlier(stream), entry_hash=digest)
    return held.select_related("stream").order_by("-stream__epoch").first()


def _earlier(stream: InStream) -> QuerySet[InStream]:
    return InStream.objects.filter(
        sender=stream.sender, realm=stream.realm, lane=stream.lane, epoch__lt=stream.epoch
    )
