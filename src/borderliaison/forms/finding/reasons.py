"""Why something was found: what says it, and the words in it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from borderliaison.forms.finding.fragments import Fragment
from borderliaison.forms.finding.query import Term

MAX_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was found.

    Attributes:
        label: the name of what says it: of a field, or of a property.
        fragments: what it says, the words that were looked for marked.
        is_alike: whether it is another spelling.
    """

    label: str
    fragments: tuple[Fragment, ...]
    is_alike: bool = False


Found = tuple[Reason, frozenset[Term]]
"""A reason, and which of the terms it is for."""


def pressing(found: Iterable[Found]) -> tuple[tuple[Reason, ...], int]:
    """Return the few reasons that hold all that was looked for, and how many more there are."""
    first, rest, told = list[Reason](), list[Reason](), set[Term]()
    for reason, terms in found:
        (first if terms - told else rest).append(reason)
        told |= terms
    reasons = first + rest
    return tuple(reasons[:MAX_REASONS]), max(0, len(reasons) - MAX_REASONS)
