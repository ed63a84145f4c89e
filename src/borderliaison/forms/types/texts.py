"""Free text: one line, several lines, a list of short lines, a registration plate."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from borderliaison.forms.context import Context, Directory
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown
from borderliaison.forms.shapes import Key, Whole

_HARD_LIMIT: Final = 100_000
_HARD_ITEMS: Final = 1_000
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_PLATE: Final = re.compile(r"[A-ZЀ-ӿ0-9?-]+(?: [A-ZЀ-ӿ0-9?-]+)*")
_MAX_PLATE: Final = 20

_LENGTH: Final = Key(Whole(1, 10_000), "The most characters.", required=True)


def clean_text(raw: Any, max_length: int, *, lines: bool = False) -> str:
    r"""Return text as it is kept: NFC, line ends as ``\n``, no space around, no invisible fillers.

    Soft hyphens and zero-width spaces, which come with text pasted from Word, are dropped. Characters
    that turn the direction of writing, and control characters, are refused: they make text look
    like other text.

    Args:
        raw: what was typed; anything.
        max_length: the most characters that are kept.
        lines: whether line breaks are allowed.

    Raises:
        Refused: it is not text, too long, or holds a character that is refused.
    """
    if not isinstance(raw, str):
        raise Refused("not_text")
    if len(raw) > _HARD_LIMIT:
        raise Refused("too_long", {"limit": max_length, "over": len(raw) - max_length})
    text = raw.translate(_INVISIBLE)
    for end in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    text = text.replace("\t", " ")
    for place, sign in () if text.isprintable() else enumerate(text, start=1):
        if sign in _TURNING or "\U000e0000" <= sign <= "\U000e007f":
            raise Refused("turning_character", {"sign": f"U+{ord(sign):04X}", "place": place})
        if sign != "\n" and unicodedata.category(sign) in _REFUSED:
            raise Refused("control_character", {"sign": f"U+{ord(sign):04X}", "place": place})
    text = unicodedata.normalize("NFC", text).strip()
    if not lines and "\n" in text:
        raise Refused("one_line")
    if len(text) > max_length:
        raise Refused("too_long", {"limit": max_length, "over": len(text) - max_length})
    return text


class TextType(FieldType):
    """One line of text."""

    name = "text"
    about = "One line of text."
    options: ClassVar[Mapping[str, Key]] = {"max_length": _LENGTH}

    def read(self, raw: Any, field: FormField, context: Context) -> str:
        """Return the cleaned text."""
        return clean_text(raw, field.options["max_length"])

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is text."""
        return isinstance(value, str)

    def show(self, value: str, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the text."""
        return Shown(value)


class LongTextType(TextType):
    """Several lines of text."""

    name = "long_text"
    about = "Several lines of text."
    options: ClassVar[Mapping[str, Key]] = {
        "max_length": _LENGTH,
        "rows": Key(Whole(2, 30), "How many lines the empty field shows."),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> str:
        """Return the cleaned text."""
        return clean_text(raw, field.options["max_length"], lines=True)


class LinesType(FieldType):
    """A list of short texts, typed one a line."""

    name = "lines"
    about = "Several short texts, typed one a line; kept as a list."
    options: ClassVar[Mapping[str, Key]] = {
        "max_length": Key(Whole(1, 500), "The most characters of one line.", required=True),
        "max_items": Key(Whole(1, 200), "The most lines.", required=True),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> list[str]:
        """Return the cleaned lines, without empty ones."""
        found = [clean_text(one, field.options["max_length"]) for one in split_lines(raw)]
        kept = [one for one in found if one]
        if len(kept) > field.options["max_items"]:
            limit = field.options["max_items"]
            raise Refused("too_many", {"limit": limit, "over": len(kept) - limit})
        return kept

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a list of texts."""
        return isinstance(value, list) and all(isinstance(one, str) for one in value)

    def show(self, value: list[str], field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the lines."""
        return Shown("; ".join(value), items=tuple(("", one) for one in value))

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return one text of all lines."""
        if isinstance(raw, list):
            return {"": ["\n".join(str(one) for one in raw)]}
        return super().spread(raw, field, zone)


def split_lines(raw: Any) -> Sequence[Any]:
    """Return the lines of a typed text, or the items of a list.

    Raises:
        Refused: it is neither, or far too long.
    """
    if isinstance(raw, list):
        if len(raw) > _HARD_ITEMS:
            raise Refused("too_many", {"limit": _HARD_ITEMS, "over": len(raw) - _HARD_ITEMS})
        return raw
    if not isinstance(raw, str):
        raise Refused("not_text")
    if len(raw) > _HARD_LIMIT:
        raise Refused("too_long", {"limit": _HARD_LIMIT, "over": len(raw) - _HARD_LIMIT})
    return re.split(r"\r\n|[\n\r\u2028\u2029]", raw)


class PlateType(FieldType):
    """A registration plate, complete or in part."""

    name = "plate"
    about = "A registration plate in capitals; ? stands for a character that was not seen."

    def read(self, raw: Any, field: FormField, context: Context) -> str:
        """Return the plate in capitals, single spaces between its groups."""
        text = clean_text(raw, _HARD_LIMIT)
        plate = unicodedata.normalize("NFC", " ".join(text.split()).upper())
        if len(plate) > _MAX_PLATE:
            raise Refused("too_long", {"limit": _MAX_PLATE, "over": len(plate) - _MAX_PLATE})
        if plate and not (_PLATE.fullmatch(plate) and any(sign.isalnum() for sign in plate)):
            raise Refused("not_plate")
        return plate

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is text."""
        return isinstance(value, str)

    def show(self, value: str, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the plate."""
        return Shown(value)
