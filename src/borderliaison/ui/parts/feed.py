"""Rows of the feed and items that need action."""

from dataclasses import dataclass
from datetime import datetime

from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.parts.receipts import Step

KIND_ICONS = {
    "lookout": "alert-triangle",
    "alert": "bell-ringing",
    "request": "help-circle",
    "answer": "message-reply",
    "message": "message",
    "seizure": "pill",
    "person": "user-question",
    "vehicle": "truck",
    "consignment": "package",
    "refusal": "ban",
    "document_fraud": "e-passport",
    "smuggling": "packages",
    "cash": "cash",
    "firearms": "crosshair",
    "precursor": "flask",
    "illegal_crossing": "barrier-block-off",
    "detention": "lock-access",
    "wanted": "user-search",
    "crossing_status": "traffic-lights",
    "incident": "alert-octagon",
    "meeting": "users-group",
    "patrol": "walk",
    "referral": "heart-handshake",
    "weekly_summary": "calendar-check",
    "equipment": "tool",
    "training": "school",
    "exercise": "flag-3",
    "acted": "checks",
    "authorisation": "writing-sign",
    "held": "lock",
    "expires": "hourglass",
    "link_lost": "plug-connected-x",
    "link_slow": "clock",
    "link_back": "plug-connected",
    "duty": "notebook",
    "note": "note",
}
TONES = ("", "red", "amber", "green", "blue", "violet")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One row of the live feed.

    Attributes:
        kind: a key of ``KIND_ICONS``.
        tone: one of ``TONES``; empty is grey.
        title: "Lookout".
        route: "Bor-Dobo → Dostuk, +3".
        note: beside the short receipts: "1 of 4 acted".
        is_fresh: it came while the page was open; it is tinted for two seconds.
        icon: another icon than that of its kind: a form has its own.
    """

    at: datetime
    kind: str
    title: str
    text: str
    url: str = ""
    tone: str = ""
    route: str = ""
    steps: tuple[Step, ...] = ()
    note: str = ""
    marks: Marks | None = None
    is_unread: bool = False
    is_fresh: bool = False
    is_selected: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something that waits for the officer: what, until when, one sentence."""

    title: str
    text: str
    icon: str = "circle-dot"
    tone: str = ""
    due_at: datetime | None = None
    since: datetime | None = None
    url: str = ""
    marks: Marks | None = None
