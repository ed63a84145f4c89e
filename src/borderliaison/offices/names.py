"""Names in several languages, and finding them in any script. Pure.

SQLite folds the case of ASCII only, so search keys are made here, in Python.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

_APART: Final = str.maketrans(dict.fromkeys("'ʻʼ’‘`´\"«».,()", ""))
_BREVE: Final = "\u0306"
_NEAR: Final = str.maketrans("қғҳҷүұөңәіўı", "кгхжууонаиуi")
"""The letters of the national alphabets as a keyboard with Russian letters has them."""


def name_in(names: Mapping[str, str], lang: str) -> str:
    """Return the name in a language; in English where there is none."""
    return names.get(lang) or names.get("en", "")


def fold(text: str) -> str:
    """Return what a name is compared by: no case, accents or apostrophes, hyphens as spaces.

    Letters of the national alphabets stay apart (Қ is not К); ``matches`` tries both.
    """
    split = unicodedata.normalize("NFKD", text.translate(_APART).casefold())
    bare = "".join(c for c in split if not unicodedata.combining(c) or c == _BREVE)
    return " ".join(unicodedata.normalize("NFC", bare).replace("-", " ").split())


def search_key(texts: Iterable[str]) -> str:
    """Return the text in which ``matches`` looks: every name folded, and as in ``_NEAR``."""
    folded = [fold(text) for text in texts if text]
    near = [one.translate(_NEAR) for one in folded]
    return "\n".join(dict.fromkeys([*folded, *near]))


def matches(key: str, query: str) -> bool:
    """Whether each word of the query stands at the beginning of a word in the key."""
    words = [word for line in key.splitlines() for word in line.split()]
    return all(
        any(word.startswith((part, part.translate(_NEAR))) for word in words)
        for part in fold(query).split()
    )
