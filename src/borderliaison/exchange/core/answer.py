"""What a peer answers to a frame: an acknowledgement, its heads, or nothing that means anything."""

from typing import Any, Final

from borderliaison.exchange.core.ack import DeliveryAck, Heads, verify_ack, verify_heads
from borderliaison.exchange.core.errors import MalformedWire
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import Signer

MAX_ANSWER_BYTES: Final = 512 * 1024
"""Twice what the largest heads take; nothing larger is decoded."""


def read_answer(data: bytes, peer_public: Signer) -> DeliveryAck | Heads | None:
    """Return the verified answer; None where the peer answered nothing.

    Raises:
        WireError, MalformedData, BadSignature: it is neither, or not the peer's.
    """
    if not data:
        return None
    if "heads" in _content(data):
        return verify_heads(data, peer_public)
    return verify_ack(data, peer_public)


def peek_speaker(data: bytes) -> OfficeCode:
    """Return the office that an answer says it is from, **unverified**: to find the key to verify with.

    A key id names no office for certain: an authority may list the key of an office of another country.

    Raises:
        WireError, MalformedData: it is no answer.
    """
    content = _content(data)
    if "heads" in content:
        return Heads.from_data(content).holder
    return DeliveryAck.from_data(content).stream.recipient


def _content(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_ANSWER_BYTES:
        raise MalformedWire(f"{len(data)} bytes of {MAX_ANSWER_BYTES}")
    content = canonical.decode(cose.payload_of(data))
    if not isinstance(content, dict):
        raise MalformedWire("neither an acknowledgement nor heads")
    return content
