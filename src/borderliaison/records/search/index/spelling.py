"""Names in other spellings: Askarov, Asqarov, Аскеров. Pure."""

from typing import Final

from borderliaison.forms.finding.query import Word
from borderliaison.forms.finding.words import has_digit
from borderliaison.records.resolution.clues import sound_of

MARK: Final = "~"
"""Before a sound, in the index."""
MIN_SOUNDS: Final = 3
"""Shorter ones are those of too many words."""


def sound(key: str) -> str:
    """Return what is heard of a folded word; empty for a number, and where that is too little."""
    heard = "" if has_digit(key) else sound_of(key)
    return heard if len(heard) >= MIN_SOUNDS else ""


def alike(word: Word) -> frozenset[str]:
    """Return what is heard of a word that was typed."""
    return frozenset(found for key in word.keys if (found := sound(key)))
