"""The entry: one recipient's line in a stream, chained by hash to the line before it.

The chain covers entries, not bodies: a body can be erased and the chain still verifies.
Source: protocol PR-1 section 5.
"""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Self

from borderliaison.exchange.core import fields, suites
from borderliaison.exchange.core.errors import MalformedWire, WrongOffice
from borderliaison.exchange.core.keys import Openers
from borderliaison.kernel import canonical
from borderliaison.kernel.cose import KID_BYTES
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, SealSuite

GENESIS: Final = bytes(fields.HASH_BYTES)
"""What the first entry of a stream's first epoch names as the one before it."""
_INFO: Final = "BL1/entry"
_FIELDS: Final = (
    "v",
    "suite",
    "stream",
    "seq",
    "prev",
    "letter_id",
    "body_hash",
    "kid",
    "wrapped_key",
    "expires",
)


class Lane(StrEnum):
    """Two lanes, so that a flash alert never waits behind a backlog."""

    URGENT = "urgent"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True, order=True)
class StreamId:
    """One ordered stream of entries.

    Attributes:
        sender: the office that writes it.
        recipient: the office that reads it.
        realm: ``live`` or ``exercise:NAME``.
        lane: urgent or routine.
        epoch: counted up when the sender begins anew after a loss.
    """

    sender: OfficeCode
    recipient: OfficeCode
    realm: str
    lane: Lane
    epoch: int

    def __post_init__(self) -> None:
        """Refuse what is not in its form, and a stream from an office to itself."""
        fields.office(self.sender)
        fields.office(self.recipient)
        fields.realm(self.realm)
        fields.uint(self.epoch)
        if self.sender == self.recipient:
            raise MalformedWire("a stream goes from one office to another")

    def to_data(self) -> list[Any]:
        """Return plain data for canonical encoding."""
        return [self.sender, self.recipient, self.realm, str(self.lane), self.epoch]

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        sender, recipient, realm, lane, epoch = fields.exact_list(value, 5)
        try:
            return cls(sender, recipient, realm, Lane(fields.text(lane, 16)), epoch)
        except ValueError as error:
            raise MalformedWire("not a lane") from error


def shown(stream: StreamId) -> str:
    """Return a stream's identity in words."""
    return f"{stream.sender} {stream.recipient} {stream.realm} {stream.lane} {stream.epoch}"


@dataclass(frozen=True)
class Entry:
    """One line of a stream. Its encoding and its hash are made once, however often they are asked for.

    Attributes:
        v: the version of the protocol.
        suite: how ``wrapped_key`` is wrapped.
        stream: the stream it belongs to.
        seq: its place, from 1.
        prev: the hash of the entry before it; ``GENESIS`` before the first.
        letter_id: of the letter it brings.
        body_hash: SHA-256 of the body it brings.
        kid: the key id of the recipient's key that the content key is wrapped to.
        wrapped_key: the content key, wrapped to the recipient.
        expires: milliseconds since 1970, UTC; 0: it does not expire.
    """

    v: int
    suite: SealSuite
    stream: StreamId
    seq: int
    prev: bytes
    letter_id: bytes
    body_hash: bytes
    kid: bytes
    wrapped_key: bytes
    expires: int

    def __post_init__(self) -> None:
        """Refuse whatever is not in its form."""
        fields.version(self.v)
        fields.uint(self.seq, least=1)
        fields.octets(self.prev, fields.HASH_BYTES)
        fields.letter_id(self.letter_id)
        fields.octets(self.body_hash, fields.HASH_BYTES)
        fields.octets(self.kid, KID_BYTES)
        fields.octets(self.wrapped_key)
        fields.uint(self.expires)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "v": self.v,
            "suite": int(self.suite),
            "stream": self.stream.to_data(),
            "seq": self.seq,
            "prev": self.prev,
            "letter_id": self.letter_id,
            "body_hash": self.body_hash,
            "kid": self.kid,
            "wrapped_key": self.wrapped_key,
            "expires": self.expires,
        }

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        if isinstance(value, dict) and "v" in value:
            fields.version(value["v"])
        data = dict(fields.exact_map(value, _FIELDS))
        data["suite"] = suites.seal_suite(data["suite"])
        data["stream"] = StreamId.from_data(data["stream"])
        return cls(**data)

    @cached_property
    def encoded(self) -> bytes:
        """The entry's one encoding."""
        return canonical.encode(self.to_data())

    @cached_property
    def hash(self) -> bytes:
        """The SHA-256 of that."""
        return hashlib.sha256(self.encoded).digest()


def encode_entry(entry: Entry) -> bytes:
    """Return the entry's one encoding."""
    return entry.encoded


def decode_entry(data: bytes) -> Entry:
    """Read what ``encode_entry`` wrote.

    Raises:
        MalformedData, UnsupportedVersion, UnsupportedSuite: it cannot be accepted.
    """
    return fields.read_encoded(data, Entry.from_data, encode_entry)


def entry_hash(entry: Entry) -> bytes:
    """Return the SHA-256 of the entry's encoding: what the next one names as ``prev``."""
    return entry.hash


def wrap_info(entry: Entry) -> bytes:
    """Return what the wrapped key is bound to: every field but ``prev`` and ``wrapped_key``."""
    bound = entry.to_data()
    del bound["prev"], bound["wrapped_key"]
    return canonical.encode([_INFO, bound])


def make_entry(  # noqa: PLR0913, PLR0917 - these are the entry's fields; a second class would repeat it
    stream: StreamId,
    seq: int,
    prev: bytes,
    letter_id: bytes,
    body_hash: bytes,
    content_key: bytes,
    recipient: OfficePublic,
    expires: int = 0,
) -> Entry:
    """Make a recipient's entry, wrapping the content key to its public key.

    Raises:
        WrongOffice: the public key is not that of the stream's recipient.
        UnsupportedSuite: the recipient's suite is not installed.
    """
    if recipient.office != stream.recipient:
        raise WrongOffice(f"the stream goes to {stream.recipient}, the key is {recipient.office}'s")
    bare = Entry(
        v=fields.VERSION,
        suite=recipient.seal_suite,
        stream=stream,
        seq=seq,
        prev=prev,
        letter_id=letter_id,
        body_hash=body_hash,
        kid=recipient.seal_kid,
        wrapped_key=b"",
        expires=expires,
    )
    wrapped = suites.wrap(recipient.seal_suite, recipient.seal_key, content_key, wrap_info(bare))
    return replace(bare, wrapped_key=wrapped)


def unwrap_key(entry: Entry, keys: Openers) -> bytes:
    """Return the content key of the body that the entry brings.

    Raises:
        WrongKey: it is wrapped to another key.
        UnsupportedSuite: its suite is not installed.
        CannotOpen: the entry was changed after it was wrapped.
    """
    return suites.unwrap(keys.opener(entry.kid), entry.suite, entry.wrapped_key, wrap_info(entry))
