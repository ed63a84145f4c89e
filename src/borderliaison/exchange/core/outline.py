"""The outline of a frame: where its parts are, read without decoding any of them.

Whoever can reach the hub can send a frame, and four mebibytes of hostile CBOR take seconds to decode. So
the signed head is found and verified first, and what no frame can hold is never decoded: the parts come in
one order, each array has at most 64 byte strings, and each of these its largest length.
"""

from typing import Final, NoReturn

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import FrameTooLarge, MalformedWire
from borderliaison.kernel.canonical import NotCanonical

MAX_FRAME_BYTES: Final = 4 * 1024 * 1024
MAX_FRAME_ENTRIES: Final = 64
MAX_ENTRY_BYTES: Final = 4096
"""An entry with the longest names and the largest wrapped key takes less than half of this."""
MAX_SIGNED_BYTES: Final = 1024
"""A head and a tombstone take less than half of this, signature and all."""
_UINT, _BYTES, _TEXT, _ARRAY, _MAP = 0, 2, 3, 4, 5
_PARTS: Final = 6
_PAGE_PARTS: Final = 4
_INLINE: Final = 24
_LENGTH_BYTES: Final = {24: 1, 25: 2, 26: 4, 27: 8}
_SMALLEST: Final = {1: _INLINE, 2: 2**8, 4: 2**16, 8: 2**32}


def head_of(data: bytes) -> bytes:
    """Return the signed head of an encoded frame, **unverified**; nothing behind it is looked at.

    Raises:
        FrameTooLarge: the frame is larger than a frame may be.
        UnsupportedVersion: it is of another version.
        MalformedData: it does not begin like a frame.
    """
    return _Reader(data).head()


def check_outline(data: bytes) -> None:
    """Check a frame's parts, their number and their sizes, without decoding them.

    Raises:
        FrameTooLarge: the frame, or the number of its entries, is larger than it may be.
        UnsupportedVersion: it is of another version.
        MalformedData: it has not the outline of a frame.
    """
    reader = _Reader(data)
    reader.head()
    reader.key("suite")
    reader.item(_UINT)
    reader.octet_strings("bodies", least=0, longest=MAX_FRAME_BYTES)
    reader.octet_strings("entries", least=1, longest=MAX_ENTRY_BYTES)
    reader.octet_strings("tombstones", least=0, longest=MAX_SIGNED_BYTES)
    reader.end()


def check_page(data: bytes) -> None:
    """Check the parts of a page that is given back, likewise.

    Raises:
        FrameTooLarge: the page, or the number of its entries, is larger than it may be.
        UnsupportedVersion: it is of another version.
        MalformedData: it has not the outline of a page.
    """
    reader = _Reader(data)
    reader.head(_PAGE_PARTS)
    reader.octet_strings("bodies", least=0, longest=MAX_FRAME_BYTES)
    reader.octet_strings("entries", least=1, longest=MAX_ENTRY_BYTES)
    reader.end()


class _Reader:
    """Reads the heads of CBOR items one after the other, and skips what is in byte strings."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FRAME_BYTES:
            raise FrameTooLarge(f"{len(data)} bytes of {MAX_FRAME_BYTES}")
        self._data = data
        self._at = 0

    def head(self, expected: int = _PARTS) -> bytes:
        """Read the beginning up to the signed head, and return that."""
        parts = self.item(_MAP)
        self.key("v")
        fields.version(self.item(_UINT))
        if parts != expected:
            self._refuse("parts")
        self.key("head")
        return self.octets(MAX_SIGNED_BYTES)

    def key(self, name: str) -> None:
        """Read the key that has to come next."""
        length = self.item(_TEXT)
        if self._take(length) != name.encode("ascii"):
            self._refuse(name)

    def octet_strings(self, name: str, least: int, longest: int) -> None:
        """Read past an array of byte strings."""
        self.key(name)
        count = self.item(_ARRAY)
        if not least <= count <= MAX_FRAME_ENTRIES:
            raise FrameTooLarge(f"{count} {name}; a frame has {least} to {MAX_FRAME_ENTRIES}")
        for _ in range(count):
            self.octets(longest)

    def octets(self, longest: int) -> bytes:
        """Read a byte string of at most this length."""
        length = self.item(_BYTES)
        if length > longest:
            raise MalformedWire(f"{length} bytes of {longest}")
        return self._take(length)

    def item(self, kind: int) -> int:
        """Read the head of an item that has to be of this kind; return its number or length."""
        first = self._take(1)[0]
        if first >> 5 != kind:
            self._refuse("kind")
        short = first & 0x1F
        if short < _INLINE:
            return short
        width = _LENGTH_BYTES.get(short, 0)
        number = int.from_bytes(self._take(width), "big")
        if number < _SMALLEST.get(width, 2**64):
            raise NotCanonical("a length is not in its one form")
        return number

    def end(self) -> None:
        """Require that nothing follows."""
        if self._at != len(self._data):
            raise NotCanonical("something follows")

    def _take(self, length: int) -> bytes:
        taken = self._data[self._at : self._at + length]
        if len(taken) != length:
            raise NotCanonical("it ends too early")
        self._at += length
        return taken

    def _refuse(self, what: str) -> NoReturn:
        raise MalformedWire(f"not the outline of a frame at {self._at}: {what}")
