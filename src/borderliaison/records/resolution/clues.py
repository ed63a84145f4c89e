"""What two entities must have in common to be worth comparing. Pure.

Each clue is a short text; those who share one are compared, all others never. Names give the consonants of
two of their parts, so that "Askarov Bek" and "АСКЕРОВ Бек Талантович" meet.
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from borderliaison.records.resolution.portraits import Portrait

MAX_CLUE: Final = 120
"""In characters."""
_SOUNDS: Final = str.maketrans("bdghvzjc", "ptkkfsss")
_ARABIC: Final = str.maketrans(
    {
        **dict(zip("ابپتجدرزسطعفقکگلمنوهیءړډټ", "abptjdrzstafkkglmnvhiardt", strict=True)),
        **{
            "ث": "s",
            "ص": "s",
            "ذ": "z",
            "ض": "z",
            "ظ": "z",
            "ح": "h",
            "خ": "h",
            "غ": "g",
            "ژ": "j",
        },
        **{"چ": "ch", "ش": "sh", "ښ": "sh", "ڼ": "n", "ږ": "j", "ځ": "z", "څ": "s"},
    }
)
"""The Latin letters that one hears; inside a word ``_LONG`` are vowels."""
_LONG: Final = re.compile(r"(?<!^)[اویعء]")
_TWICE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = re.compile(r"(?<!^)[aeiou]+")
_MOST_PARTS: Final = 4


def clues_of(one: Portrait) -> Iterator[str]:
    """Yield the clues of an entity, each once."""
    yield from dict.fromkeys(clue[:MAX_CLUE] for clue in _clues(one))


def _clues(one: Portrait) -> Iterator[str]:
    years = sorted({date[:4] for date in one.born})
    for name in sorted(one.names):
        sounds = [sound_of(part) for part in name][:_MOST_PARTS]
        pairs = [f"{a} {b}" for a, b in combinations(sounds, 2)] or sounds
        yield from (f"name {pair}" for pair in pairs)
        yield from (f"name {pair} {year}" for pair in pairs for year in years)
    yield from (f"born {date}" for date in sorted(one.born) if len(date) == len("1987-05-12"))
    yield from (f"number {prop} {key}" for prop, key in sorted(one.numbers))
    yield from (f"email {address}" for address in sorted(one.emails))
    yield from (f"has {number}" for number in sorted(one.belongings))


def sound_of(part: str) -> str:
    """Return what is heard of a folded word in whatever spelling: its consonants, and how it begins.

    Of Arabic letters, as they are read in Persian and Pashto: محمد, Muhammad and Мухаммад sound alike.
    """
    if not part.isascii():
        part = _TWICE.sub(r"\1", _LONG.sub("", part).translate(_ARABIC))
    return _VOWELS.sub("", part).translate(_SOUNDS)
