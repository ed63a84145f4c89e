"""The frame: consecutive entries, their bodies and one signed head. What goes over a carrier.

``decode_frame`` trusts nothing and verifies no signature; ``verify_frame`` then checks the head and
the chain. Source: protocol PR-1 section 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Self

from borderliaison.exchange.core import fields, suites
from borderliaison.exchange.core.body import MAX_BODY_BYTES, body_hash
from borderliaison.exchange.core.entry import (
    Entry,
    StreamId,
    decode_entry,
    encode_entry,
    entry_hash,
)
from borderliaison.exchange.core.errors import (
    BrokenChain,
    FrameTooLarge,
    LetterMismatch,
    MissingBody,
    StrayBody,
    WrongOffice,
)
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.outline import (
    MAX_FRAME_BYTES,
    MAX_FRAME_ENTRIES,
    check_outline,
)
from borderliaison.exchange.core.tombstone import peek_tombstone, verify_tombstone
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.keys import Signer

__all__ = [
    "MAX_BODY_BYTES",
    "MAX_FRAME_BYTES",
    "MAX_FRAME_ENTRIES",
    "Frame",
    "Head",
    "decode_frame",
    "encode_frame",
    "peek_head",
    "sign_head",
    "verify_frame",
    "verify_head",
]

AAD: Final = b"BL1/head"


@dataclass(frozen=True, slots=True)
class Head:
    """How far a stream has come.

    Attributes:
        stream: which stream.
        seq: of its last entry.
        entry_hash: of its last entry.
    """

    stream: StreamId
    seq: int
    entry_hash: bytes

    def __post_init__(self) -> None:
        """Refuse whatever is not in its form."""
        fields.uint(self.seq)
        fields.octets(self.entry_hash, fields.HASH_BYTES)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {"stream": self.stream.to_data(), "seq": self.seq, "entry_hash": self.entry_hash}

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        data = fields.exact_map(value, ("stream", "seq", "entry_hash"))
        return cls(StreamId.from_data(data["stream"]), data["seq"], data["entry_hash"])


@dataclass(frozen=True, slots=True)
class Frame:
    """What goes over a carrier.

    Attributes:
        entries: 1 to 64 entries of one stream.
        bodies: by hash, the bodies that the entries name.
        head: the signed head of the last entry.
        tombstones: signed, one for every body that the entries name and that was erased.
    """

    entries: tuple[Entry, ...]
    bodies: Mapping[bytes, bytes] = field(repr=False)
    head: bytes = field(repr=False)
    tombstones: tuple[bytes, ...] = ()


def sign_head(head: Head, keys: OfficeKeys) -> bytes:
    """Sign a head with the sender's key."""
    fields.uint(head.seq, least=1)
    return cose.sign1(keys.signing_key, canonical.encode(head.to_data()), AAD)


def verify_head(signed: bytes, sender_public: Signer) -> Head:
    """Return the head that the stream's sender signed.

    Raises:
        MalformedData, BadSignature: it is not that.
        WrongOffice: it is the head of another office's stream.
    """
    payload = sender_public.verify(signed, AAD)
    head = fields.read(payload, Head.from_data, Head.to_data)
    fields.uint(head.seq, least=1)
    if head.stream.sender != sender_public.office:
        raise WrongOffice(f"signed by {sender_public.office}, stream of {head.stream.sender}")
    return head


def peek_head(signed: bytes) -> Head:
    """Return the head inside, **unverified**: to find the key to verify it with."""
    return fields.read(cose.payload_of(signed), Head.from_data, Head.to_data)


def encode_frame(frame: Frame) -> bytes:
    """Return the frame's one encoding.

    Raises:
        FrameTooLarge: more than 64 entries or 4 MiB.
        MissingBody, StrayBody: the bodies are not those of the entries.
    """
    _check_bodies(frame)
    data = canonical.encode(
        {
            "v": fields.VERSION,
            "suite": int(suites.ContentSuite.STANDARD),
            "entries": [encode_entry(entry) for entry in frame.entries],
            "bodies": [frame.bodies[digest] for digest in sorted(frame.bodies)],
            "tombstones": list(frame.tombstones),
            "head": frame.head,
        }
    )
    _check_size(data)
    return data


def decode_frame(data: bytes) -> Frame:
    """Read what ``encode_frame`` wrote; nothing in it is verified yet.

    A body larger than a letter may be passes: it is refused when it is opened, the stream goes on.

    Raises:
        FrameTooLarge: more than 64 entries or 4 MiB.
        MissingBody, StrayBody: damaged on the way; it may arrive well when it is sent again.
        MalformedData, UnsupportedVersion, UnsupportedSuite: it cannot be accepted.
    """
    check_outline(data)
    return fields.read_encoded(data, _frame_of, encode_frame)


def _frame_of(value: Any) -> Frame:
    if isinstance(value, dict) and "v" in value:
        fields.version(value["v"])
    parts = fields.exact_map(value, ("v", "suite", "entries", "bodies", "tombstones", "head"))
    suites.content_suite(parts["suite"])
    encoded = fields.exact_list(parts["entries"])
    _check_count(len(encoded))
    bodies = [fields.octets(body) for body in fields.exact_list(parts["bodies"])]
    return Frame(
        entries=tuple(decode_entry(fields.octets(one)) for one in encoded),
        bodies={body_hash(body): body for body in bodies},
        head=fields.octets(parts["head"]),
        tombstones=tuple(fields.octets(one) for one in fields.exact_list(parts["tombstones"])),
    )


def verify_frame(frame: Frame, sender_public: Signer) -> Head:
    """Return the head, when the sender signed it and the frame's entries lead up to it unbroken.

    Whether the first entry follows what the receiver holds is for the receiver to check.

    Raises:
        MalformedData, BadSignature, WrongOffice: the head is not the sender's.
        BrokenChain: the entries do not follow one another, or do not end at the head.
        LetterMismatch: a tombstone names another letter than the entry whose body it replaces.
    """
    head = verify_head(frame.head, sender_public)
    for before, after in pairwise(frame.entries):
        follows = after.stream == before.stream and after.seq == before.seq + 1
        if not follows or after.prev != entry_hash(before):
            raise BrokenChain(f"at {after.seq}")
    last = frame.entries[-1]
    if Head(last.stream, last.seq, entry_hash(last)) != head:
        raise BrokenChain(f"the head is not that of {last.seq}")
    for signed in frame.tombstones:
        stone = verify_tombstone(signed, sender_public)
        stands_for = {x.letter_id for x in frame.entries if x.body_hash == stone.body_hash}
        if stands_for != {stone.letter_id}:
            raise LetterMismatch("a tombstone of another letter")
    return head


def _check_count(count: int) -> None:
    if not 0 < count <= MAX_FRAME_ENTRIES:
        raise FrameTooLarge(f"{count} entries; a frame has 1 to {MAX_FRAME_ENTRIES}")


def _check_size(data: bytes) -> None:
    if len(data) > MAX_FRAME_BYTES:
        raise FrameTooLarge(f"{len(data)} bytes of {MAX_FRAME_BYTES}")


def _check_bodies(frame: Frame) -> None:
    _check_count(len(frame.entries))
    named = {entry.body_hash for entry in frame.entries}
    erased = {peek_tombstone(one).body_hash for one in frame.tombstones}
    held = set(frame.bodies)
    if any(body_hash(body) != digest for digest, body in frame.bodies.items()):
        raise StrayBody("a body stands under another hash")
    if (held | erased) - named or held & erased or len(erased) != len(frame.tombstones):
        raise StrayBody("a body or a tombstone that no entry names, or one twice")
    if named - held - erased:
        raise MissingBody(f"{len(named - held - erased)} of {len(named)} bodies")
