"""What a request is about, written so that the same thing is found again. Pure; plain normalisation only.

Letters of the Cyrillic and Latin alphabets that look alike on a plate or a document become one; names
lose case, accents, punctuation and order. Spellings in different scripts are different here.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from borderliaison.forms.finding.numbers import MAX_NUMBER, number_key

_MIN_LENGTH: Final = 4
"""Shorter numbers are too many things at once."""
_DROPPED: Final = re.compile(r"[^\w]|_")


class Named(NamedTuple):
    """One thing: its kind, and its normalised writing."""

    kind: str
    value: str


def plates(texts: Iterable[str]) -> frozenset[Named]:
    """Return registration plates; one with a sign that was not seen is none."""
    seen = (one for one in texts if "?" not in one)
    return frozenset(
        Named("plate", one) for one in map(number_key, seen) if len(one) >= _MIN_LENGTH
    )


def documents(texts: Iterable[str]) -> frozenset[Named]:
    """Return the numbers of documents."""
    numbers = map(number_key, texts)
    return frozenset(Named("document", one) for one in numbers if len(one) >= _MIN_LENGTH)


def persons(names: Iterable[str], year: str) -> frozenset[Named]:
    """Return persons by name and year of birth; a name without a year is too many persons."""
    if not re.fullmatch(r"[0-9]{4}", year):
        return frozenset()
    known = (one for one in map(_name, names) if one)
    return frozenset(Named("person", f"{one} {year}"[:MAX_NUMBER]) for one in known)


def _name(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(sorted(_DROPPED.sub(" ", bare).split()))
