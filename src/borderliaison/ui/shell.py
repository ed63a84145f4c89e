"""What the frame around every page shows. Pages fill ``Shell``; the base template only draws it.

All words in it are already in the officer's language: this package knows no offices and no rules.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from borderliaison.ui.parts.everything import Search
from borderliaison.ui.parts.guidance import Guidance, TourStep


class Theme(StrEnum):
    """Light, dark, or what the machine prefers."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class LinkWord(StrEnum):
    """How a link to another office is, in the five shapes of the visual guide."""

    LINKED = "linked"
    SLOW = "slow"
    DOWN = "down"
    COURIER = "courier"
    PLANNED = "planned"

    @property
    def label(self) -> str:
        """The state in one word."""
        return {
            LinkWord.LINKED: _("Linked"),
            LinkWord.SLOW: _("Slow"),
            LinkWord.DOWN: _("Down"),
            LinkWord.COURIER: _("By courier"),
            LinkWord.PLANNED: _("Planned"),
        }[self]

    @property
    def icon(self) -> str:
        """The icon that stands beside the word."""
        return {
            LinkWord.LINKED: "plug-connected",
            LinkWord.SLOW: "clock",
            LinkWord.DOWN: "plug-connected-x",
            LinkWord.COURIER: "package-export",
            LinkWord.PLANNED: "circle-dashed",
        }[self]


class ClockKind(StrEnum):
    """Whose time a clock shows."""

    LOCAL = "local"
    UTC = "utc"
    COUNTERPART = "counterpart"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the rail.

    Attributes:
        key: a short name, unique in the rail: ``messages``.
        label: one word; the rail is 64 px wide.
        url: where it leads.
        icon: a name from ``frontend/icons.txt``.
        count: how many wait there; 0 shows nothing.
        count_label: the same in words for those who hear the page: "2 unread".
        is_foot: stands at the foot of the rail.
        is_on_phone: stands in the bottom bar of a phone; the others are under Display.
    """

    key: str
    label: str
    url: str
    icon: str
    count: int = 0
    count_label: str = ""
    is_current: bool = False
    is_foot: bool = False
    is_on_phone: bool = True


@dataclass(frozen=True, slots=True)
class LinkState:
    """One link in the status bar: "Bishkek **84 ms**", "Bor-Dobo **down 44 min, 3 waiting**"."""

    label: str
    state: LinkWord
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ClockZone:
    """One clock in the status bar.

    Attributes:
        label: whose time: "Bor-Dobo"; for UTC it is not shown.
        zone: the IANA name.
    """

    kind: ClockKind
    label: str
    zone: str

    def at(self, moment: datetime) -> datetime:
        """Return the moment as this clock shows it."""
        return moment.astimezone(ZoneInfo(self.zone))

    def offset(self, moment: datetime) -> str:
        """Return the distance from UTC as officers write it: ``UTC+6``."""
        delta = self.at(moment).utcoffset()
        minutes = int(delta.total_seconds() // 60) if delta else 0
        hours, rest = divmod(abs(minutes), 60)
        sign = "-" if minutes < 0 else "+"
        return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


@dataclass(frozen=True, slots=True)
class MarkingLabels:
    """A page's strictest marking in words, in the order that they are shown.

    Attributes:
        classification: the national word; empty where a page shows nothing that is marked.
        short: its usual abbreviation, for a phone's width: "ДСП"; empty where there is none.
        is_open: drawn as an outline instead of a filled block.
        handling: ``H1``, ``H2``: the codes that hold.
        audience: "4 offices", "KG offices".
        lead: what the line speaks of: "This page shows up to", "This draft is".
    """

    classification: str = ""
    is_open: bool = True
    handling: tuple[str, ...] = ()
    audience: str = ""
    lead: str = ""
    short: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.classification or self.handling or self.audience)


@dataclass(frozen=True, slots=True)
class Exercise:
    """The exercise in which the officer works now.

    Attributes:
        name: "Seal 2026".
        period: "22 May 10:00–12:00".
        leave_url: where a POST brings the officer back to live work; empty if he cannot.
    """

    name: str
    period: str = ""
    leave_url: str = ""


@dataclass(frozen=True, slots=True)
class LiveAlert:
    """A live alert that breaks into an exercise as a white bar.

    Attributes:
        text: what it is about, in one line.
        url: where it stands in live work.
        leave_url: where a POST leaves the exercise and leads to it.
        key: by which a page knows that it is another one.
    """

    text: str
    url: str
    leave_url: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which the pages are offered, by its own name."""

    code: str
    name: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """All that the frame of a page shows.

    Attributes:
        exercise: None in live work.
        marking: the strictest marking on the page; a view replaces it with ``marked``.
        office: the office's full name; empty before sign-in.
        officer: who is signed in: "A. Toktosunov, border service".
        duty: who has the duty and until when: "G. Saparalieva to 08:00".
        waiting: letters that wait to be sent, in words; empty if none.
        live_alert_url: where an exercise's page asks whether a live alert breaks in.
        feed_url: the event stream; empty before sign-in.
        map_url: what maps stand on; empty before sign-in.
        notice_url: where a page asks what to play and to show when something comes; empty before sign-in.
        searches: where what is typed to find anything is looked for, beside the list of everything.
        everything_url: where the list of everything comes from; empty before sign-in.
        has_keys: whether single-letter keys act.
        keys_url: where a POST of ``single_letter_keys`` keeps that; empty shows no switch.
        guidance: what this page is for; None where that needs no words.
        tour: the step of the tour at which the officer is; None where he takes none.
        is_quiet: the quiet screen of second-line checks: greys only.
        is_demo: a demonstration on invented persons.
    """

    exercise: Exercise | None = None
    marking: MarkingLabels = field(default_factory=MarkingLabels)
    office: str = ""
    officer: str = ""
    nav: tuple[NavItem, ...] = ()
    links: tuple[LinkState, ...] = ()
    clocks: tuple[ClockZone, ...] = (ClockZone(ClockKind.UTC, "UTC", "UTC"),)
    waiting: str = ""
    unread: int = 0
    unread_url: str = ""
    duty: str = ""
    duty_url: str = ""
    live_alert: LiveAlert | None = None
    live_alert_url: str = ""
    languages: tuple[Language, ...] = ()
    theme: Theme = Theme.SYSTEM
    sign_out_url: str = ""
    feed_url: str = ""
    map_url: str = ""
    notice_url: str = ""
    searches: tuple[Search, ...] = ()
    everything_url: str = ""
    has_keys: bool = True
    keys_url: str = ""
    guidance: Guidance | None = None
    tour: TourStep | None = None
    is_quiet: bool = False
    is_demo: bool = False
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def is_exercise(self) -> bool:
        """Whether everything on the page belongs to an exercise."""
        return self.exercise is not None

    @property
    def is_signed_in(self) -> bool:
        """Whether there is somewhere to go."""
        return bool(self.nav)

    def marked(self, marking: MarkingLabels) -> Self:
        """Return the shell for a page of this marking."""
        return replace(self, marking=marking)
