"""Text that officers type into messages and decisions, and text that arrives."""

import unicodedata
from typing import Final

from borderliaison.correspondence.errors import OneLineOnly, TextTooLong, UnseenCharacter
from borderliaison.forms.schema import Refused
from borderliaison.forms.types.texts import clean_text

_ERRORS: Final = {
    "too_long": TextTooLong,
    "one_line": OneLineOnly,
    "turning_character": UnseenCharacter,
    "control_character": UnseenCharacter,
}
_SPACES: Final = frozenset("\t\n\r")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED: Final = frozenset({"Cc", "Cs", "Co", "Cn"})


def typed_text(raw: str, most: int, *, lines: bool = False) -> str:
    """Return typed text as it is kept, as the fields of forms keep it.

    Args:
        raw: what was typed.
        most: the most characters.
        lines: whether line breaks are allowed.

    Raises:
        TextTooLong, OneLineOnly, UnseenCharacter: as they say; nothing is cut off or left out.
    """
    try:
        return clean_text(raw, most, lines=lines)
    except Refused as refused:
        raise _ERRORS[refused.code](refused.params.get("sign", "")) from refused


def is_clean(text: str) -> bool:
    """Whether a text that arrived is free of characters that cannot be kept or that mislead the reader."""
    return text.isprintable() or not any(  # what is printable is none of these
        one in _TURNING or (one not in _SPACES and unicodedata.category(one) in _REFUSED)
        for one in text
    )
