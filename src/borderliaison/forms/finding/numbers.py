"""Numbers as they are compared wherever they stand in a text. Pure."""

import re
import unicodedata
from typing import Final

MAX_NUMBER: Final = 200
_ALIKE: Final = str.maketrans("АВЕКМНОРСТУХЅІЈҮ", "ABEKMHOPCTYXSIJY")
_DROPPED: Final = re.compile(r"[^\w]|_")


def number_key(text: str) -> str:
    """Return a number as it is compared: capitals and digits, look-alikes of both scripts as one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return _DROPPED.sub("", plain).translate(_ALIKE)[:MAX_NUMBER]
