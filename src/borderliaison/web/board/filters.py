"""What of the board is wanted, as it stands in the address: so that a view can be shared, and kept.

An address names only what differs from the board of the own level. What it names and this office does not
know (a form, an office) counts as not said: an address from another office still opens.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

from borderliaison.correspondence.acting import MESSAGE
from borderliaison.forms.load import known_forms
from borderliaison.offices.services import all_offices
from borderliaison.web.board.levels import Level, Panel

WINDOWS: Final = (6, 24, 72, 168)
"""The time windows that are offered, in hours."""
LINK: Final = "link"
"""The kind of what happens to links, beside the forms and messages."""


_NAMES: Final = frozenset({"hours", "whose", "kind", "office", "country", "lane", "view"})


class Whose(StrEnum):
    """Whose events are shown where no office or country is named."""

    ALL = "all"
    """Of whoever has addressed this office: nothing that came is hidden unasked."""
    LEVEL = "level"
    """Of the offices of the own level, and whatever is urgent."""


class Lane(StrEnum):
    """How fast something travelled."""

    URGENT = "urgent"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted.

    Attributes:
        hours: the time window, back from now.
        kind: a form, ``message`` or ``link``; empty for every kind.
        office: whose events alone; empty for all.
        country: likewise.
        lane: a ``Lane``; empty for both.
        view: what stands in the middle, ``map`` or ``offices``.
    """

    hours: int
    whose: Whose = Whose.ALL
    kind: str = ""
    office: str = ""
    country: str = ""
    lane: str = ""
    view: Panel = Panel.MAP

    @property
    def narrow(self) -> tuple[str, ...]:
        """The names of what leaves something out, beside time and level."""
        return tuple(name for name in ("kind", "office", "country", "lane") if getattr(self, name))

    def since(self, now: datetime) -> datetime:
        """Return when the time window begins."""
        return now - timedelta(hours=self.hours)

    def query(self, level: Level, **changed: Any) -> str:
        """Return the address of this view, or of another beside it, after the page's path.

        Args:
            level: whose board it is.
            changed: what is otherwise there.
        """
        said, usual = asdict(replace(self, **changed)), asdict(usual_of(level))
        named = {name: str(value) for name, value in said.items() if value != usual[name]}
        return f"?{urlencode(named)}" if named else "?"


def usual_of(level: Level) -> Filters:
    """Return what a board shows before anything is asked of it."""
    return Filters(level.hours, view=level.opens_with)


def read_filters(given: Mapping[str, str], level: Level) -> Filters:
    """Return what an address wants.

    Args:
        given: the query, by name.
        level: whose board it is.
    """
    usual = usual_of(level)
    if not set(given) & _NAMES:
        return usual
    offices = {one.code for one in all_offices()}
    return Filters(
        hours=int(_known(given, "hours", {str(one) for one in WINDOWS}) or usual.hours),
        whose=Whose(_known(given, "whose", set(Whose)) or usual.whose),
        kind=_known(given, "kind", {*known_forms(), MESSAGE, LINK}),
        office=_known(given, "office", offices),
        country=_known(given, "country", {one[:2] for one in offices}),
        lane=_known(given, "lane", set(Lane)),
        view=Panel(_known(given, "view", {Panel.MAP, Panel.OFFICES}) or usual.view),
    )


def _known(given: Mapping[str, str], name: str, values: set[Any]) -> str:
    value = given.get(name, "")
    return value if value in values else ""
