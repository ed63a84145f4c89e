"""What comes back from peers: acknowledgements and heads, verified before anything is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from borderliaison.exchange.core.ack import DeliveryAck, Heads
from borderliaison.exchange.core.answer import peek_speaker, read_answer
from borderliaison.exchange.incoming.receiving import acknowledgement
from borderliaison.exchange.models import InStream
from borderliaison.exchange.reconciliation.hearing import Heard, record_ack
from borderliaison.exchange.reconciliation.reconciling import take_heads
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import Signer

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a message from a peer has changed.

    Attributes:
        peer: who signed it; None where that is not certain, and nothing was changed.
        heard: what it means for the windows of our streams.
        heads: whether it was heads, which ask for an answer.
    """

    peer: OfficeCode | None = None
    heard: tuple[Heard, ...] = ()
    heads: bool = False


_UNUSABLE: Final = Taken()


def take(place: Workplace, data: bytes, sent_at: datetime | None = None) -> Taken:
    """Take an acknowledgement or heads, from whoever has signed them.

    Args:
        place: our worker.
        data: the message; empty where the peer answered nothing.
        sent_at: when the frame that it answers was handed to the carrier.
    """
    signer = _signer(place, data)
    if signer is None:
        return _UNUSABLE
    try:
        answer = read_answer(data, signer)
    except LiaisonError as error:
        log.warning("exchange.answer_unusable", peer=signer.office, code=error.code)
        return _UNUSABLE
    peer = signer.office
    match answer:
        case DeliveryAck():
            heard = record_ack(place, answer, data, sent_at or place.clock.now())
            return Taken(peer, (heard,) if heard else ())
        case Heads(peer=place.office):
            return Taken(peer, tuple(take_heads(place, answer, data)), heads=True)
        case _:
            return _UNUSABLE


def speaker_of(data: bytes) -> OfficeCode | None:
    """Return the office that a message says it is from, unverified; None where it says nothing usable."""
    if not data:
        return None
    try:
        return peek_speaker(data)
    except LiaisonError as error:
        log.warning("exchange.answer_unusable", peer="", code=error.code)
        return None


def _signer(place: Workplace, data: bytes) -> Signer | None:
    """Return the keys of the office that a message says it is from; they have still to verify it."""
    speaker = speaker_of(data)
    if speaker is None:
        return None
    signer = place.directory.signers_of(speaker)
    if signer is None or signer.office == place.office:
        log.warning("exchange.answer_unusable", peer="", code="unknown_office")
        return None
    return signer


def acknowledgements(place: Workplace, peer: OfficeCode) -> list[bytes]:
    """Sign what we hold of each stream of a peer, for it to learn what it may have missed."""
    streams = InStream.objects.filter(sender=peer, seq__gt=0).order_by("realm", "lane", "epoch")
    return [acknowledgement(place, stream) for stream in streams]
