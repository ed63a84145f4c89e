"""The epochs of a lane that we send: which one takes new entries, and how the next one is begun.

An epoch is begun when what we hold of the one before may not be all that we have sent. Its first entry
names the last entry that we hold, so that the receiver can see from where we went on.
"""

from typing import Final

import structlog
from django.db.models import Max

from borderliaison.exchange.core.entry import GENESIS, Lane, StreamId
from borderliaison.exchange.core.frame import Head
from borderliaison.exchange.core.receiver import MAX_EPOCH, MAX_STREAMS
from borderliaison.exchange.deliveries import stream_id
from borderliaison.exchange.models import OutStream
from borderliaison.exchange.workplace import Workplace
from borderliaison.sql.statements import first, one

log = structlog.get_logger(__name__)
FIRST_EPOCH: Final = 1
_COLUMNS: Final = (
    *("id", "recipient", "realm", "lane", "epoch", "seq", "head_hash", "head_signed"),
    *("acked_seq", "state", "follows"),
)
_STREAM: Final = (
    "SELECT id, recipient, realm, lane, epoch, seq, head_hash, head_signed, acked_seq, state, follows"
    " FROM exchange_outstream WHERE recipient = %s AND realm = %s AND lane = %s"
)
_NEWEST: Final = f"{_STREAM} ORDER BY epoch DESC LIMIT 1"
_OF_EPOCH: Final = f"{_STREAM} AND epoch = %s"
_HASH: Final = "SELECT entry_hash FROM exchange_outentry WHERE stream_id = %s AND seq = %s"


def newest_of(recipient: str, realm: str, lane: str) -> OutStream | None:
    """Return the newest stream of a lane; None where there is none."""
    return one(OutStream, _COLUMNS, _NEWEST, recipient, realm, lane)


def newest_streams() -> list[OutStream]:
    """Return the newest stream of every lane that we send."""
    newest = OutStream.objects.values("recipient", "realm", "lane").annotate(epoch=Max("epoch"))
    return [OutStream.objects.get(**one) for one in newest.order_by("recipient", "realm", "lane")]


def begin_next(stream: OutStream, after_epoch: int = 0, follows: bytes | None = None) -> OutStream:
    """Begin the next epoch of a lane; no new entry is added to the streams before it.

    Args:
        stream: the newest of its lane; it need not be in the database.
        after_epoch: the newest epoch that is known to be used, where that is a later one.
        follows: the hash that the first entry names; without it, the last that we hold in the lane.
    """
    begun = OutStream.objects.create(
        recipient=stream.recipient,
        realm=stream.realm,
        lane=stream.lane,
        epoch=max(stream.epoch, after_epoch) + 1,
        follows=_old_head(stream) if follows is None else follows,
    )
    log.warning("exchange.epoch_begun", peer=begun.recipient, lane=begun.lane, epoch=begun.epoch)
    return begun


def go_past(stream: OutStream) -> None:
    """Take no new entries into a stream of which the peer says that it holds more than we know of.

    What it says is not proved, so nothing stops: a next epoch costs a row. How many rows a peer that lies
    can cost is bounded.
    """
    newest = newest_of(stream.recipient, stream.realm, stream.lane) or stream
    if newest.epoch > stream.epoch or stream.epoch >= MAX_EPOCH or _is_crowded(stream.recipient):
        return
    begin_next(newest)


def meet(place: Workplace, identity: StreamId) -> OutStream | None:
    """Return the row of a stream of ours that a peer names, made where we know nothing of it.

    Returns:
        None where the peer names more streams than two offices may have between them.
    """
    key = (identity.recipient, identity.realm, identity.lane.value, identity.epoch)
    known = one(OutStream, _COLUMNS, _OF_EPOCH, *key)
    if known is not None:
        return known
    if identity.epoch >= MAX_EPOCH or _is_crowded(identity.recipient):
        return None
    return OutStream.objects.create(
        recipient=identity.recipient,
        realm=identity.realm,
        lane=identity.lane.value,
        epoch=identity.epoch,
    )


def head_of(place: Workplace, stream: OutStream) -> Head:
    """Return a stream's head; number 0 and genesis where nothing was sealed in it yet."""
    return Head(stream_id(place, stream), stream.seq, stream.head_hash)


def hash_at(stream: OutStream, seq: int) -> bytes | None:
    """Return the hash of an entry of ours; genesis for 0, None where it is not held."""
    if seq == 0:
        return GENESIS
    if seq == stream.seq:
        return stream.head_hash
    held = first(_HASH, stream.pk, seq)
    return None if held is None else held[0]


def identity_of(place: Workplace, recipient: str, realm: str, lane: str, epoch: int) -> StreamId:
    """Return the identity of a stream that we send."""
    return StreamId.from_data([place.office, recipient, realm, str(Lane(lane)), epoch])


def _old_head(stream: OutStream) -> bytes:
    lane = OutStream.objects.filter(
        recipient=stream.recipient, realm=stream.realm, lane=stream.lane, seq__gt=0
    )
    held = lane.order_by("-epoch").first()
    return held.head_hash if held else GENESIS


def _is_crowded(recipient: str) -> bool:
    return OutStream.objects.filter(recipient=recipient).count() >= MAX_STREAMS
