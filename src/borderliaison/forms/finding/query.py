"""What is looked for, read from what was typed. Pure.

Several words are all looked for, each by how it begins; words in quotes stand beside each other. A number
that is typed in groups is found also where it was written without them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from borderliaison.forms.finding.words import MIN_TAIL, Spelled, has_digit, spelled

MAX_QUERY: Final = 200
MAX_TERMS: Final = 12
SHORTEST_BEGINNING: Final = 2
"""Shorter than this a word is looked for as it is: too much begins so."""
_QUOTED: Final = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, by how it begins."""

    keys: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it is looked for as it is."""
        return all(len(one) < SHORTEST_BEGINNING for one in self.keys)

    def is_in(self, one: Spelled) -> bool:
        """Whether a word of a text is meant."""
        if self.is_whole:
            return any(key in one.keys for key in self.keys)
        return any(one.begins(key) for key in self.keys)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words beside each other, each as it is."""

    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was typed in groups: written together, or each group by itself."""

    joined: Word
    groups: tuple[Word, ...]


Term = Word | Phrase | Number


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        left_out: how many words more were typed than are looked for.
    """

    terms: tuple[Term, ...] = ()
    left_out: int = 0


def read_query(typed: str) -> Query:
    """Read what was typed; whatever it is, it is a query."""
    terms: list[Term] = []
    text = typed[:MAX_QUERY]
    for one in _QUOTED.findall(text):
        words = tuple(word.keys for word in single_words(one))
        if words:
            terms.append(Phrase(words))
    terms += _plain(_QUOTED.sub(" ", text))
    found = tuple(dict.fromkeys(terms))
    return Query(found[:MAX_TERMS], len(found[MAX_TERMS:]))


def single_words(text: str) -> list[Spelled]:
    """Return the words of a text, each once, without what several make together."""
    first: dict[int, Spelled] = {}
    for one in spelled(text):
        first.setdefault(one.place, one)
    return list(first.values())


def _plain(text: str) -> list[Term]:
    words, found = spelled(text), list[Term]()
    ends = {one.place: one.end for one in single_words(text)}
    done = -1
    for one in sorted(words, key=lambda one: (one.start, -one.end)):
        if one.start < done:
            continue
        done = one.end
        if one.end == ends[one.place]:
            found.append(Word(one.keys))
            continue
        inner = tuple(Word(two.keys) for two in single_words(text[one.start : one.end]))
        found.append(Number(Word(one.keys), inner))
    return found


def is_number(term: Term) -> bool:
    """Whether a term is a number that is long enough to be found by its parts."""
    return isinstance(term, Word) and any(has_digit(k) and len(k) >= MIN_TAIL for k in term.keys)


def matched(terms: Sequence[Term], text: str) -> list[tuple[Term, int, int]]:
    """Return what of a text is meant by which term, as spans; in no order."""
    words = spelled(text)
    singles = single_words(text)
    found: list[tuple[Term, int, int]] = []
    for term in terms:
        match term:
            case Word():
                found += [(term, one.start, one.end) for one in words if term.is_in(one)]
            case Number(joined, groups):
                whole = [(term, one.start, one.end) for one in words if joined.is_in(one)]
                found += whole or _all_of(term, groups, singles)
            case Phrase(said):
                found += _beside(term, said, singles)
    return found


def _all_of(
    term: Term, groups: Sequence[Word], words: Sequence[Spelled]
) -> list[tuple[Term, int, int]]:
    each = [[one for one in words if group.is_in(one)] for group in groups]
    if not all(each):
        return []
    return [(term, one.start, one.end) for found in each for one in found]


def _beside(
    term: Term, said: Sequence[tuple[str, ...]], words: Sequence[Spelled]
) -> list[tuple[Term, int, int]]:
    found = []
    for first in range(len(words) - len(said) + 1):
        there = words[first : first + len(said)]
        if all(set(keys) & set(one.keys) for keys, one in zip(said, there, strict=True)):
            found.append((term, there[0].start, there[-1].end))
    return found
