"""Giving back: what a sender has lost of its own stream, from the one that has received it.

The sender asks, signed; it is answered with pages. A page needs no signature of the giver: its entries
lead up to a head that the sender itself once signed, so nobody can give back what never was.
Source: protocol PR-1 section 7.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, Self

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.body import body_hash
from borderliaison.exchange.core.entry import (
    Entry,
    StreamId,
    decode_entry,
    encode_entry,
    entry_hash,
)
from borderliaison.exchange.core.errors import BrokenChain, MalformedWire, StrayBody
from borderliaison.exchange.core.frame import Head, verify_head
from borderliaison.exchange.core.outline import check_page
from borderliaison.exchange.core.saying import Saying
from borderliaison.kernel import canonical
from borderliaison.kernel.keys import Signer

AAD: Final = b"BL1/back-request"


@dataclass(frozen=True, slots=True)
class BackRequest:
    """A sender asks for what it lacks of its own stream.

    Attributes:
        stream: which stream; its sender asks, its recipient is asked.
        after: the number of the last entry that the sender holds.
    """

    stream: StreamId
    after: int

    def __post_init__(self) -> None:
        """Refuse whatever is not in its form."""
        fields.uint(self.after)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {"v": fields.VERSION, "stream": self.stream.to_data(), "after": self.after}

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        data = fields.exact_map(value, ("v", "stream", "after"))
        fields.version(data["v"])
        return cls(StreamId.from_data(data["stream"]), data["after"])


@dataclass(frozen=True, slots=True)
class Page:
    """What is given back at a time.

    Attributes:
        entries: 1 to 64 consecutive entries of one stream.
        bodies: by hash, those of their bodies that the giver still holds.
        head: the signed head of the last entry, as the sender once sent it.
    """

    entries: tuple[Entry, ...]
    bodies: Mapping[bytes, bytes] = field(repr=False)
    head: bytes = field(repr=False)


BACK_REQUEST: Final = Saying(
    AAD, BackRequest.from_data, BackRequest.to_data, attrgetter("stream.sender")
)


def encode_page(page: Page) -> bytes:
    """Return the page's one encoding.

    Raises:
        FrameTooLarge: it is larger than a frame may be.
        StrayBody: it has a body that no entry names.
    """
    _check_bodies(page)
    data = canonical.encode(
        {
            "v": fields.VERSION,
            "entries": [encode_entry(entry) for entry in page.entries],
            "bodies": [page.bodies[digest] for digest in sorted(page.bodies)],
            "head": page.head,
        }
    )
    check_page(data)
    return data


def decode_page(data: bytes) -> Page:
    """Read what ``encode_page`` wrote; nothing in it is verified yet.

    Raises:
        FrameTooLarge, StrayBody, MalformedData, UnsupportedVersion: it cannot be accepted.
    """
    check_page(data)
    parts = fields.exact_map(canonical.decode(data), ("v", "entries", "bodies", "head"))
    fields.version(parts["v"])
    bodies = [fields.octets(body) for body in fields.exact_list(parts["bodies"])]
    page = Page(
        entries=tuple(
            decode_entry(fields.octets(one)) for one in fields.exact_list(parts["entries"])
        ),
        bodies={body_hash(body): body for body in bodies},
        head=fields.octets(parts["head"]),
    )
    if encode_page(page) != data:
        raise MalformedWire("not in its one form")
    return page


def verify_page(page: Page, sender_public: Signer) -> Head:
    """Return the head that a page leads up to, when the stream's sender signed it.

    Whether its first entry follows what the sender holds is for the sender to check.

    Raises:
        MalformedData, BadSignature, WrongOffice: the head is not the sender's.
        BrokenChain: the entries do not follow one another, or do not end at the head.
    """
    head = verify_head(page.head, sender_public)
    for before, after in pairwise(page.entries):
        follows = after.stream == before.stream and after.seq == before.seq + 1
        if not follows or after.prev != entry_hash(before):
            raise BrokenChain(f"at {after.seq}")
    last = page.entries[-1]
    if Head(last.stream, last.seq, entry_hash(last)) != head:
        raise BrokenChain(f"the head is not that of {last.seq}")
    return head


def _check_bodies(page: Page) -> None:
    named = {entry.body_hash for entry in page.entries}
    if set(page.bodies) - named or any(body_hash(x) != key for key, x in page.bodies.items()):
        raise StrayBody("a body that no entry names")
