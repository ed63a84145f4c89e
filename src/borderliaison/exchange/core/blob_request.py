"""Fetching a blob: the office to which a letter names it asks, signed; its holder answers piece by piece.

An answer needs no signature: what it brings is compared with the hash in the signed letter. Source:
protocol PR-5 section 5.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, Self

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import MalformedWire
from borderliaison.exchange.core.saying import Saying
from borderliaison.kernel import canonical
from borderliaison.kernel.ids import OfficeCode

AAD: Final = b"BL1/blob-request"
MAX_PIECE_BYTES: Final = 256 * 1024 + 16
"""A sealed chunk."""


class Standing(StrEnum):
    """What a holder says of a blob."""

    HERE = "here"
    LATER = "later"
    """It has letters to send first, or waits for the blob itself."""
    NONE = "none"
    """It has no such blob for this asker."""


@dataclass(frozen=True, slots=True)
class BlobRequest:
    """An office asks for a piece of a blob.

    Attributes:
        asker: who asks, and signs.
        holder: who is asked.
        digest: the blob's hash, as a letter names it.
        at: how many of its sealed bytes are not asked for.
        most: how many are; none asks for the list of its chunks.
    """

    asker: OfficeCode
    holder: OfficeCode
    digest: bytes
    at: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        """Refuse whatever is not in its form."""
        fields.office(self.asker)
        fields.office(self.holder)
        fields.octets(self.digest, fields.HASH_BYTES)
        fields.uint(self.at)
        fields.uint(self.most)
        if self.most > MAX_PIECE_BYTES:
            raise MalformedWire(f"{self.most} bytes of {MAX_PIECE_BYTES}")

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "v": fields.VERSION,
            "asker": self.asker,
            "holder": self.holder,
            "hash": self.digest,
            "at": self.at,
            "most": self.most,
        }

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote."""
        data = fields.exact_map(value, ("v", "asker", "holder", "hash", "at", "most"))
        fields.version(data["v"])
        return cls(data["asker"], data["holder"], data["hash"], data["at"], data["most"])


@dataclass(frozen=True, slots=True)
class BlobAnswer:
    """What the holder answers.

    Attributes:
        data: the list of chunks, or sealed bytes; empty unless it stands ``here``.
    """

    standing: Standing
    data: bytes = field(default=b"", repr=False)

    def encode(self) -> bytes:
        """Return its one form."""
        return canonical.encode({"v": fields.VERSION, "is": str(self.standing), "data": self.data})

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read what ``encode`` wrote; nothing in it is verified.

        Raises:
            MalformedData: it is something else.
        """
        if len(data) > MAX_PIECE_BYTES + 64:
            raise MalformedWire(f"{len(data)} bytes of {MAX_PIECE_BYTES}")
        parts = fields.exact_map(canonical.decode(data), ("v", "is", "data"))
        fields.version(parts["v"])
        try:
            standing = Standing(fields.text(parts["is"], 8))
        except ValueError as error:
            raise MalformedWire("no such standing") from error
        return cls(standing, fields.octets(parts["data"]))


BLOB_REQUEST: Final = Saying(AAD, BlobRequest.from_data, BlobRequest.to_data, attrgetter("asker"))
