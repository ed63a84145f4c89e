"""What an item asks of those who get it, as the package that owns its payload type reads it.

A port, so that deadlines and states are kept here without this package knowing what a form is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from borderliaison.correspondence.requests.standing import Kind
from borderliaison.correspondence.requests.subjects import Named
from borderliaison.forms.schema import Refused
from borderliaison.kernel.errors import LiaisonError


@dataclass(frozen=True, slots=True)
class Asking:
    """A request: each office addressed owes an answer by a time.

    Attributes:
        subjects: what it is about, written so that the same is found again.
    """

    answer_by: datetime
    urgency: str
    subjects: frozenset[Named] = frozenset()


@dataclass(frozen=True, slots=True)
class Reply:
    """What one that was asked says to it in words.

    Attributes:
        kind: what it does with the request.
        code: of a refusal, in the list ``refusal``.
        due_at: until when the answer, or its rest, is announced.
        says_more: whether there are words beside a code that must stand alone across a border.
        careful: whether the code itself may endanger somebody, so that it is not told beforehand.
    """

    kind: Kind
    code: str = ""
    due_at: datetime | None = None
    says_more: bool = False
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """A lookout or an alert, which each office that gets it should open soon."""

    urgency: str


Meaning = Asking | Reply | Warned | None
MeaningReader = Callable[[Mapping[str, Any]], Meaning]
_readers: dict[str, MeaningReader] = {}


def register_meaning(payload_type: str, reader: MeaningReader) -> None:
    """Say who reads what items of this type ask; called with an item's content."""
    _readers[payload_type] = reader


def meaning_of(payload_type: str, content: Mapping[str, Any]) -> Meaning:
    """Return what an item asks; nothing where its package cannot say."""
    reader = _readers.get(payload_type)
    if reader is None:
        return None
    try:
        return reader(content)
    except (LiaisonError, Refused, KeyError, TypeError, ValueError):
        return None
