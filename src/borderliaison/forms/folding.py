"""One form of a word for comparing: in any script of the region, however it is spelled there.

``frontend/src/fold.ts`` does the same in the browser; ``tests/vectors/spelling/folding.json`` holds both
to it.
"""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфы", "abvgdeziiklmnoprstufi", strict=True)),
        **{"ё": "e", "ж": "j", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "э": "e"},
        **{"ю": "iu", "я": "ia", "ъ": "", "ь": ""},
        **{
            "ә": "a",
            "ғ": "g",
            "қ": "k",
            "ң": "n",
            "ө": "o",
            "ұ": "u",
            "ү": "u",
            "һ": "h",
            "і": "i",
        },
        **{"ӣ": "i", "ӯ": "u", "ҳ": "h", "ҷ": "j", "ў": "o"},
        **{"ç": "ch", "ş": "sh", "ž": "j", "ı": "i", "ß": "ss", "ə": "a"},
    }
)
_ARABIC: Final = str.maketrans("يىېۍكګةەھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ییییکگهههه01234567890123456789")
"""One letter that keyboards write in several ways: those of Kabul, of Tehran and of Cairo."""
_DROPPED: Final = re.compile(r"['’ʻʼ‘`\-\u0640\u200c\u200d]")
_SPELLINGS: Final = (
    ("shch", "sh"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("x", "h"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
)
_HARD_C: Final = re.compile(r"c(?!h)")
_TWICE: Final = re.compile(r"([a-z])\1+")


def folded(text: str) -> str:
    """Return a text as it is compared: Latin, small, without marks; double letters once.

    "Гашиш", "gashish" and "GASHISH" are one; so are "Дўстлик" and "Do‘stlik".
    """
    small = unicodedata.normalize("NFC", text).casefold()
    plain = unicodedata.normalize("NFKD", small.translate(_LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _DROPPED.sub("", plain).translate(_ARABIC)
    for spelled, said in _SPELLINGS:
        plain = plain.replace(spelled, said)
    plain = _HARD_C.sub("k", plain)
    return " ".join(_TWICE.sub(r"\1", plain).split())
