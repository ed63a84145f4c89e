"""The sealed stream of a backup file: authenticated in pieces, so that a large one needs little memory.

    magic "BLOBKUP1" | length of the header, 4 bytes | header | tag of the header, 32 bytes | chunks

Each chunk is AES-256-GCM of 1 MiB (the last one of less, and of nothing only where there is nothing at
all), under the nonce ``counter (11 bytes) | 1 where it is the last, else 0``: pieces cannot be changed,
exchanged, left out, added or cut off unseen. Pure but for the two files.

Source: STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015, as in the age file format v1;
HKDF, RFC 5869. ADR 0010.
"""

import hmac
from io import RawIOBase
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from borderliaison.node.backups.errors import CannotOpenBackup, DamagedBackup, NotABackup

MAGIC: Final = b"BLOBKUP1"
CHUNK_BYTES: Final = 1024 * 1024
TAG_BYTES: Final = 16
MAC_BYTES: Final = 32
MAX_HEADER_BYTES: Final = 4096
_HEADER: Final = b"BL1/backup/header"
_PAYLOAD: Final = b"BL1/backup/payload"


class SealedWriter(RawIOBase):
    """Seals what is written to it; ``finish`` marks the end, and without it the file is no backup.

    Args:
        file: where to; it is not closed here.
        header: what stands before the chunks, readable by everybody and bound to them.
        file_key: 32 bytes, of this file alone.
    """

    def __init__(self, file: BinaryIO, header: bytes, file_key: bytes) -> None:
        super().__init__()
        self._file = file
        self._engine = AESGCM(_derive(file_key, _PAYLOAD, header))
        self._waiting = bytearray()
        self._counter = 0
        file.write(_preface(header) + _mac(file_key, header))

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes are all that comes
        """Seal each whole chunk of which it is known that it is not the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def finish(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._engine.encrypt(_nonce(self._counter, last=last), chunk, None))
        self._counter += 1


class SealedReader(RawIOBase):
    """Gives back what ``SealedWriter`` sealed, chunk by authenticated chunk.

    Args:
        file: just after the header, where ``read_header`` left it.
        header: what ``read_header`` returned.
        file_key: the file's key.

    Raises:
        CannotOpenBackup: it is another file's key, or the header was changed.
    """

    def __init__(self, file: BinaryIO, header: bytes, file_key: bytes) -> None:
        super().__init__()
        if not hmac.compare_digest(file.read(MAC_BYTES), _mac(file_key, header)):
            raise CannotOpenBackup
        self._file = file
        self._engine = AESGCM(_derive(file_key, _PAYLOAD, header))
        self._next = file.read(CHUNK_BYTES + TAG_BYTES)
        self._ready = b""
        self._at = 0
        self._counter = 0
        self.ended = False

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as io calls it
        """Fill the buffer with authenticated bytes.

        Raises:
            DamagedBackup: a chunk was changed, or the end is missing or not where it was.
        """
        while self._at == len(self._ready) and not self.ended:
            self._open()
        size = min(len(buffer), len(self._ready) - self._at)
        buffer[:size] = self._ready[self._at : self._at + size]
        self._at += size
        return size

    def _open(self) -> None:
        sealed, self._next = self._next, self._file.read(CHUNK_BYTES + TAG_BYTES)
        last = not self._next
        try:
            chunk = self._engine.decrypt(_nonce(self._counter, last=last), sealed, None)
        except (InvalidTag, ValueError) as error:
            where = "it was cut off or changed" if last else "it was changed"
            raise DamagedBackup(f"piece {self._counter + 1}: {where}") from error
        if not chunk and self._counter:
            raise DamagedBackup(f"piece {self._counter + 1}: empty")
        self._ready, self._at, self.ended = chunk, 0, last
        self._counter += 1


def read_header(file: BinaryIO) -> bytes:
    """Return the header of a backup file; nothing in it is authenticated yet.

    Raises:
        NotABackup: it is no backup file.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise NotABackup("it does not begin as one")
    length = int.from_bytes(file.read(4), "big")
    if not 0 < length <= MAX_HEADER_BYTES:
        raise NotABackup("its header is of no possible length")
    header = file.read(length)
    if len(header) != length:
        raise NotABackup("it ends within its header")
    return header


def _preface(header: bytes) -> bytes:
    return MAGIC + len(header).to_bytes(4, "big") + header


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derive(file_key, _HEADER, b""), _preface(header), "sha256")


def _derive(file_key: bytes, label: bytes, header: bytes) -> bytes:
    info = label + b"\x00" + header
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(file_key)


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])
