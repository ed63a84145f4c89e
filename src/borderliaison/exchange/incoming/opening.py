"""Opening a frame, from whoever it is: nothing is decoded before its head is known to be signed.

Three steps, so that what is hostile costs the ledger nothing: the head alone is read; the directory is
asked for its signer and the signature verified; only then is the rest decoded, outside the ledger's thread.
"""

from dataclasses import dataclass, field

from borderliaison.exchange.core.entry import StreamId, shown
from borderliaison.exchange.core.frame import Head, decode_frame, peek_head, verify_head
from borderliaison.exchange.core.outline import check_outline, head_of
from borderliaison.exchange.core.receiver import Arrival
from borderliaison.exchange.core.tombstone import verify_tombstone
from borderliaison.exchange.incoming.arrivals import Verified
from borderliaison.exchange.incoming.quarantine import Evidence
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.cose import BadSignature
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.keys import Signer


@dataclass(frozen=True, slots=True)
class Claimed:
    """A frame whose head names a stream; nothing is verified.

    Attributes:
        signed_head: the head.
        stream: the stream that it claims to belong to.
        data: the frame as it came.
    """

    signed_head: bytes = field(repr=False)
    stream: StreamId
    data: bytes = field(repr=False)

    def evidence(self, reason: Arrival, code: str = "") -> Evidence:
        """Return the frame as what is kept of it."""
        return Evidence(reason, self.data, code, self.stream.sender, shown(self.stream))


@dataclass(frozen=True, slots=True)
class Signed:
    """A frame whose head is signed by the office that it is from; the rest is not decoded yet."""

    claimed: Claimed
    head: Head
    sender: Signer


def claim(data: bytes) -> Claimed | Evidence:
    """Read the head, and check the outline, of whatever came."""
    try:
        signed_head = head_of(data)
        check_outline(data)
        return Claimed(signed_head, peek_head(signed_head).stream, data)
    except LiaisonError as error:
        return Evidence(Arrival.MALFORMED, data, error.code)


def check_signature(place: Workplace, claimed: Claimed | Evidence) -> Signed | Evidence:
    """Ask the directory for the sender's keys and verify the head with them."""
    if isinstance(claimed, Evidence):
        return claimed
    sender = place.directory.signers_of(claimed.stream.sender)
    if sender is None:
        return claimed.evidence(Arrival.STRANGER)
    try:
        head = verify_head(claimed.signed_head, sender)
    except LiaisonError as error:
        return claimed.evidence(_reason(error), error.code)
    if head.stream.recipient != place.office:
        return claimed.evidence(Arrival.STRAY)
    return Signed(claimed, head, sender)


def open_frame(signed: Signed | Evidence) -> Verified | Evidence:
    """Decode a frame whose head is verified."""
    if isinstance(signed, Evidence):
        return signed
    try:
        frame = decode_frame(signed.claimed.data)
        for tombstone in frame.tombstones:
            verify_tombstone(tombstone, signed.sender)
    except LiaisonError as error:
        return signed.claimed.evidence(_reason(error), error.code)
    return Verified(frame, signed.head, signed.sender, signed.claimed.data)


def _reason(error: LiaisonError) -> Arrival:
    return Arrival.FORGED if isinstance(error, BadSignature) else Arrival.MALFORMED
