"""How sure a grading makes a link, in the three words of i2 charts."""

from functools import lru_cache
from typing import Final

from borderliaison.forms.errors import UnknownGrading
from borderliaison.forms.gradings import Line, load_scale
from borderliaison.kernel.marking import Grading

CERTAINTIES: Final = ("confirmed", "unconfirmed", "tentative")
"""The surest first."""


@lru_cache(maxsize=256)
def certainty_of(grading: Grading) -> str:
    """Return how sure a grading makes a link: firm, not firm, or nobody said."""
    if not grading.value:
        return "tentative"
    try:
        parts = load_scale(grading.scheme, grading.version).split(grading.value)
    except UnknownGrading:
        return "tentative"
    lines = [value.line for _, value in parts if value.line is not None]
    return "confirmed" if lines == [Line.SOLID] else "unconfirmed"
