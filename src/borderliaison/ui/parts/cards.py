"""A card: a lookout, a report, a request, with its facts; a bar at its left in the tone of its urgency."""

from dataclasses import dataclass
from datetime import datetime

from borderliaison.ui.parts.marks import Marks


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with its name.

    Attributes:
        kind: ``text``, ``code`` for plates and numbers, ``tag`` for an action, ``time``.
        note: beside the value, in grey: "UTC+6".
        at: the moment, where the kind is ``time``.
        is_wide: takes the whole width of the card.
    """

    label: str
    value: str = ""
    kind: str = "text"
    icon: str = ""
    note: str = ""
    at: datetime | None = None
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A thing read at length.

    Attributes:
        kind: a key of ``parts.feed.KIND_ICONS``.
        title: "Lookout".
        tone: ``red``, ``amber`` or empty: the bar and the icon.
        urgency: a CAP urgency; empty shows none.
        words: further words of CAP: "Severe · Likely".
        note: what stands below the facts: "Corrected 22:10".
    """

    kind: str
    title: str
    facts: tuple[Fact, ...] = ()
    tone: str = ""
    urgency: str = ""
    words: str = ""
    marks: Marks | None = None
    note: str = ""
    anchor: str = ""
