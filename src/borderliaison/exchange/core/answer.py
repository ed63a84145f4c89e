"""What a peer answers to a frame: an acknowledgement, its heads, or nothing that means anything."""

from borderliaison.exchange.core.ack import DeliveryAck, Heads, verify_ack, verify_heads
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.keys import OfficePublic


def read_answer(data: bytes, peer_public: OfficePublic) -> DeliveryAck | Heads | None:
    """Return the verified answer; None where the peer answered nothing.

    Raises:
        WireError, MalformedData, BadSignature: it is neither, or not the peer's.
    """
    if not data:
        return None
    content = canonical.decode(cose.payload_of(data))
    if isinstance(content, dict) and "heads" in content:
        return verify_heads(data, peer_public)
    return verify_ack(data, peer_public)
