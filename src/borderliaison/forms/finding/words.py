"""Words as they are compared: one spelling for every script, and numbers with and without spaces. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from borderliaison.forms.finding.numbers import number_key
from borderliaison.forms.folding import folded

MIN_TAIL: Final = 4
"""A number is found by any part of it that is at least so long."""
MAX_KEY: Final = 40
MAX_RUN: Final = 24
_APOSTROPHES: Final = "'’ʻʼ‘`"
_VOWELS: Final = "\u064b-\u065f\u0670"
"""Signs above and below Arabic letters: they part no word."""
_LETTERS: Final = rf"[^\W_]+(?:[{_VOWELS}]+[^\W_]*)*"
_WORD: Final = re.compile(rf"{_LETTERS}(?:[{_APOSTROPHES}]{_LETTERS})*[{_APOSTROPHES}]?")
_BETWEEN: Final = re.compile(r"[ \-./()+№\u00a0]{0,3}")
_DIGIT: Final = re.compile(r"\d")
_PIECES: Final = re.compile(r"\d+|[^\W\d_]+")
_O_OR_U: Final = re.compile(rf"[ўЎ]|[oO][{_APOSTROPHES}]")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word in a text, or a number over several: where it stands, and by what it is found.

    Attributes:
        place: the number of its first word, counted from 0.
        start: where it begins in the text.
        end: where it ends.
        keys: what it is compared by; small letters for words, capitals and digits for numbers.
        tails: of a number, its further parts by which it is found too.
    """

    place: int
    start: int
    end: int
    keys: tuple[str, ...]
    tails: tuple[str, ...] = ()

    def begins(self, key: str) -> bool:
        """Whether it is found by something that begins like this."""
        return any(one.startswith(key) for one in (*self.keys, *self.tails))


def has_digit(text: str) -> bool:
    """Whether a text is compared as a number."""
    return _DIGIT.search(text) is not None


@lru_cache(maxsize=20_000)
def keys_of(word: str) -> tuple[str, ...]:
    """Return what one word is compared by: its number, or its spelling, in two where ``ў`` is read as u."""
    if has_digit(word):
        return _some(number_key(word))
    if _O_OR_U.search(word):
        return _some(folded(word), folded(_O_OR_U.sub("u", word)))
    return _some(folded(word))


def spelled(text: str) -> list[Spelled]:
    """Return the words of a text, and the numbers that several of them make together.

    "KG 01 7784 AD" is its four words and the number KG017784AD; "Jalal-Abad" is two words and one.
    """
    words = list(_WORD.finditer(text))
    found = [one for place, word in enumerate(words) for one in _of_word(place, word)]
    found += _joined(text, words)
    return sorted(found, key=lambda one: (one.place, one.end))


def _of_word(place: int, word: "re.Match[str]") -> Iterator[Spelled]:
    said = word.group()
    keys = keys_of(said)
    if not keys:
        return
    pieces = _PIECES.findall(said) if has_digit(said) else []
    parts = [key for one in pieces for key in keys_of(one)] if len(pieces) > 1 else []
    tails = _tails(keys[0]) if has_digit(said) else ()
    yield Spelled(place, word.start(), word.end(), keys, (*tails, *parts))


def _joined(text: str, words: Sequence["re.Match[str]"]) -> Iterator[Spelled]:
    """Yield what words beside each other make: numbers in groups, and names with a hyphen."""
    place = 0
    while place < len(words):
        last = place
        while last + 1 < len(words) and _in_groups(text, words[last], words[last + 1]):
            last += 1
        said = "".join(one.group() for one in words[place : last + 1])
        if last > place and has_digit(said) and MIN_TAIL < len(said) <= MAX_RUN:
            keys = _some(number_key(said))
            start, end = words[place].start(), words[last].end()
            if keys:
                yield Spelled(place, start, end, keys, _tails(keys[0]))
        place = last + 1
    for place, (one, two) in enumerate(pairwise(words)):
        both = one.group() + two.group()
        if text[one.end() : two.start()] == "-" and not has_digit(both):
            yield Spelled(place, one.start(), two.end(), keys_of(both))


def _in_groups(text: str, one: "re.Match[str]", two: "re.Match[str]") -> bool:
    between = text[one.end() : two.start()]
    return bool(_BETWEEN.fullmatch(between)) and _is_group(one.group()) and _is_group(two.group())


def _is_group(word: str) -> bool:
    """Whether a word is a part of a number: digits, or a few capitals as on a plate."""
    return has_digit(word) or (len(word) <= 3 and word.isupper())


def _tails(key: str) -> tuple[str, ...]:
    return tuple(key[n:] for n in range(1, len(key) - MIN_TAIL + 1))


def _some(*keys: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[:MAX_KEY] for one in keys if one))
