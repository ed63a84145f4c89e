"""Sealing a blob: chunks of 256 KiB, each encrypted, and the list of their hashes that names it.

What lies on the disk is what travels. A blob's key is its own and is used once, so that a chunk's place
in it can be its nonce; the last chunk says that it is the last. Source: protocol PR-5 section 3.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from borderliaison.files.errors import AlteredFile, MalformedFile
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import MalformedData

VERSION: Final = 1
CHUNK_BYTES: Final = 256 * 1024
TAG_BYTES: Final = 16
SEALED_BYTES: Final = CHUNK_BYTES + TAG_BYTES
KEY_BYTES: Final = 32
HASH_BYTES: Final = 32
MAX_CHUNKS: Final = 256
MAX_BLOB_BYTES: Final = CHUNK_BYTES * MAX_CHUNKS
_AAD: Final = b"BL1/blob"


def sealed_size(size: int) -> int:
    """Return how many bytes a blob of ``size`` bytes has when it is sealed."""
    return size + TAG_BYTES * chunk_count(size)


def chunk_count(size: int) -> int:
    """Return in how many chunks ``size`` bytes are sealed."""
    return -(-size // CHUNK_BYTES)


@dataclass(frozen=True, slots=True)
class ChunkList:
    """What a blob is made of.

    Attributes:
        size: its bytes before encryption.
        hashes: the SHA-256 of each sealed chunk, in order.
    """

    size: int
    hashes: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is not in its form."""
        if type(self.size) is not int or not 0 < self.size <= MAX_BLOB_BYTES:
            raise MalformedFile("not a size")
        if len(self.hashes) != chunk_count(self.size):
            raise MalformedFile("not as many chunks as its size needs")
        if any(not isinstance(one, bytes) or len(one) != HASH_BYTES for one in self.hashes):
            raise MalformedFile("not a hash")

    def encode(self) -> bytes:
        """Return its one form."""
        return canonical.encode({"v": VERSION, "size": self.size, "chunks": list(self.hashes)})

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read what ``encode`` wrote.

        Raises:
            MalformedFile: it is something else.
        """
        try:
            value = canonical.decode(data)
        except MalformedData as error:
            raise MalformedFile(str(error)) from error
        match value:
            case {"v": 1, "size": size, "chunks": list(hashes)} if (
                len(value) == 3 and value["v"] is not True
            ):
                return cls(size, tuple(hashes))
            case _:
                raise MalformedFile("not a list of chunks")

    @property
    def digest(self) -> bytes:
        """The hash by which the blob is named."""
        return hashlib.sha256(self.encode()).digest()

    def check(self, number: int, chunk: bytes) -> None:
        """Compare a sealed chunk with its hash.

        Raises:
            AlteredFile: it is another.
        """
        if hashlib.sha256(chunk).digest() != self.hashes[number]:
            raise AlteredFile(f"chunk {number}")


@dataclass(frozen=True, slots=True)
class SealedBlob:
    """A blob as it lies on a disk and travels.

    Attributes:
        key: opens it.
        listed: what it is made of.
        chunks: sealed.
    """

    key: bytes = field(repr=False)
    listed: ChunkList
    chunks: tuple[bytes, ...] = field(repr=False)


def seal(data: bytes) -> SealedBlob:
    """Seal bytes under a fresh key."""
    key = token_bytes(KEY_BYTES)
    cipher, last = AESGCM(key), chunk_count(len(data)) - 1
    chunks = tuple(
        cipher.encrypt(
            _nonce(number, is_last=number == last),
            data[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES],
            _AAD,
        )
        for number in range(last + 1)
    )
    hashes = tuple(hashlib.sha256(one).digest() for one in chunks)
    return SealedBlob(key, ChunkList(len(data), hashes), chunks)


def unseal(key: bytes, chunks: Sequence[bytes]) -> bytes:
    """Return what was sealed.

    Raises:
        AlteredFile: the key does not open it, or a chunk is missing, changed or in another place.
    """
    return b"".join(_opened(key, chunks))


def _opened(key: bytes, chunks: Sequence[bytes]) -> Iterator[bytes]:
    cipher, last = AESGCM(key), len(chunks) - 1
    for number, chunk in enumerate(chunks):
        try:
            yield cipher.decrypt(_nonce(number, is_last=number == last), chunk, _AAD)
        except InvalidTag as error:
            raise AlteredFile(f"chunk {number}") from error


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")
