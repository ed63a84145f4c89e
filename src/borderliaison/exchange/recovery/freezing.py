"""Freezing a stream of two histories, and the alarm: log, audit line, and an event for every page."""

from typing import Final

import structlog

from borderliaison.audit.services import SYSTEM, record
from borderliaison.exchange.core.receiver import InState
from borderliaison.exchange.core.sender import OutState
from borderliaison.exchange.models import InStream, OutStream
from borderliaison.feed.services import announce
from borderliaison.sql.statements import rows

log = structlog.get_logger(__name__)
_FROZEN: Final = (
    "SELECT recipient FROM exchange_outstream WHERE state = %s"
    " UNION SELECT sender FROM exchange_instream WHERE state = %s"
)


def freeze_in(stream: InStream, why: str) -> None:
    """Freeze a stream that a peer sends us, in the transaction that keeps the proof."""
    stream.state = InState.FROZEN.value
    stream.save(update_fields=["state"])
    _alarm(stream, stream.sender, "in", why)


def freeze_out(stream: OutStream, why: str) -> None:
    """Freeze a stream that we send, in the transaction that keeps the proof."""
    stream.state = OutState.FROZEN.value
    stream.save(update_fields=["state"])
    _alarm(stream, stream.recipient, "out", why)


def frozen_peers() -> set[str]:
    """Return the offices with which a stream is stopped. Asked for with each page, so by plain SQL."""
    return {peer for (peer,) in rows(_FROZEN, OutState.FROZEN.value, InState.FROZEN.value)}


def _alarm(stream: InStream | OutStream, peer: str, direction: str, why: str) -> None:
    record(
        "exchange.stream_frozen",
        actor=SYSTEM,
        subject=peer,
        realm=stream.realm,
        direction=direction,
        lane=stream.lane,
        epoch=str(stream.epoch),
        why=why,
    )
    announce("link", peer)
    log.error("exchange.stream_frozen", peer=peer, stream=stream.pk, why=why)
