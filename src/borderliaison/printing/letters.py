"""Which letters can be set: what the typefaces lack is written by its number, so that nothing is lost.

The typefaces hold Latin, Cyrillic and Greek with all letters of the region. A name in Arabic or Chinese
script is set as ``[U+738B]``: clumsy, but no hollow box that hides which letter it was. What turns the
direction of text is written likewise: on paper nothing stands in another order than it was typed.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

FONT_FILES: Final = (
    ("fontpkg_inter", "Inter[opsz,wght].ttf"),
    ("fontpkg_jetbrains_mono", "JetBrainsMono[wght].ttf"),
)
"""Text, then code. What the second lacks is set in the first."""
_DIRECTION: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_UNICODE: Final = ((3, 10), (0, 4), (0, 6), (3, 1), (0, 3))
"""Tables of all planes before those of the first."""


def font_paths() -> tuple[Path, ...]:
    """Return the files of the typefaces."""
    return tuple(Path(str(files(package) / "files" / name)) for package, name in FONT_FILES)


def settable(text: str) -> str:
    """Return text in which every sign can be set; line breaks stay."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if plain.isascii() and plain.replace("\n", "").isprintable():
        return plain
    return "".join(one if _can_be_set(one) else f"[U+{ord(one):04X}]" for one in plain)


@cache
def _can_be_set(sign: str) -> bool:
    if sign == "\n":
        return True
    if sign in _DIRECTION or unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn"):
        return False
    return ord(sign) in letters()


@cache
def letters() -> frozenset[int]:
    """Return the code points that the typeface for text holds."""
    return frozenset(_code_points(font_paths()[0].read_bytes()))


def _code_points(font: bytes) -> Iterator[int]:
    """Yield what a font's ``cmap`` maps to glyphs. Source: OpenType 1.9.1, cmap, formats 4 and 12."""
    table = _table(font, b"cmap")
    count = struct.unpack_from(">H", table, 2)[0]
    found = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        found[platform, encoding] = offset
    offset = next(found[key] for key in _UNICODE if key in found)
    if struct.unpack_from(">H", table, offset)[0] == 12:
        groups = struct.unpack_from(">I", table, offset + 12)[0]
        for number in range(groups):
            first, last, _glyph = struct.unpack_from(">III", table, offset + 16 + 12 * number)
            yield from range(first, last + 1)
        return
    segments = struct.unpack_from(">H", table, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", table, offset + 14)
    starts = struct.unpack_from(f">{segments}H", table, offset + 16 + 2 * segments)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _table(font: bytes, tag: bytes) -> bytes:
    count = struct.unpack_from(">H", font, 4)[0]
    for number in range(count):
        name, _sum, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return font[offset : offset + length]
    raise KeyError(tag)
