"""Reads parts of what a page sent, strictly: what is of another form is refused, not dropped. Pure."""

import re
from collections.abc import Callable, Collection
from typing import Any, Final

from borderliaison.charts.errors import BadContent

FAR: Final = 1e7
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_WORD: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
_BROKEN: Final = re.compile(r"[\x00\ud800-\udfff]")
"""What no database and no other program takes: an end of text, and halves of characters."""


def record(sent: object, needed: set[str], other: Collection[str] = ()) -> dict[str, Any]:
    """Return an object with the parts that it needs, and none but these and the others."""
    if not isinstance(sent, dict) or not needed <= sent.keys() <= needed.union(other):
        raise BadContent("a part has other names")
    return sent


def several(sent: object, most: int, read: Callable[[object], Any]) -> list[Any]:
    """Return a list of at most so many, each read."""
    if not isinstance(sent, list) or len(sent) > most:
        raise BadContent("no list, or too long")
    return [read(one) for one in sent]


def choice(sent: object, known: Collection[str]) -> str:
    """Return one of some words."""
    if not isinstance(sent, str) or sent not in known:
        raise BadContent("none of the choices")
    return sent


def key(sent: object) -> str:
    """Return the key of an entity or a file."""
    return matching(sent, _KEY)


def word(sent: object) -> str:
    """Return a name of the ontology, a measure's, or one that the page gave."""
    return matching(sent, _WORD)


def matching(sent: object, pattern: re.Pattern[str]) -> str:
    """Return a text that is of a pattern as a whole."""
    if not isinstance(sent, str) or not pattern.fullmatch(sent):
        raise BadContent("no such word")
    return sent


def text(sent: object, most: int) -> str:
    """Return a text of at most so many characters, each of them whole."""
    if not isinstance(sent, str) or len(sent) > most or _BROKEN.search(sent):
        raise BadContent("no text, or too long")
    return sent


def number(sent: object) -> float:
    """Return a number within the chart, as finely as it is drawn."""
    if isinstance(sent, bool) or not isinstance(sent, (int, float)):
        raise BadContent("no number")
    if not abs(sent) <= FAR:  # neither is what is no number
        raise BadContent("a place beyond the chart")
    return round(float(sent), 2)
