"""What is looked for, as it stands in the address of a page: to be kept, shared and asked again."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.utils import timezone
from django.utils.dateparse import parse_date

from borderliaison.forms.finding.query import MAX_QUERY, read_query
from borderliaison.kernel.marking import Handling, Level
from borderliaison.records.ontology.model import kinds_below, schemata
from borderliaison.records.search.found.conditions import (
    Condition,
    read_conditions,
    unread_lines,
    written,
)
from borderliaison.records.search.found.finding import Wanted
from borderliaison.records.search.found.seen import Seen
from borderliaison.records.search.question.dialled import as_dialled

MAX_PAGE: Final = 100
MAX_POINTS: Final = 20
MAX_DAYS: Final = 366
DAYS: Final = 3
"""How near an event is where nothing is said."""
_MAX_CODE: Final = 40
_LEVELS: Final = frozenset(str(int(one)) for one in Level)
_MAX_GRADE: Final = 8
_MAX_DIGITS: Final = 4
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 9998


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of a search, cleaned; what is no value of its field is as if it were empty.

    Attributes:
        level: a number of ``Level``.
        grade: as it is written: ``B2``.
        where: conditions, one on a line (``records.search.found.conditions``).
        any: 1 where one of them is enough.
        points: at how many crossing points it was seen.
        near: the kind of an event at the same crossing point, to which it was seen near.
        days: how many days before or after.
        since: the first day, by the office's clock.
        until: the last day.
    """

    q: str = ""
    kind: str = ""
    office: str = ""
    crossing: str = ""
    handling: str = ""
    level: str = ""
    grade: str = ""
    where: str = ""
    any: str = ""
    points: str = ""
    near: str = ""
    days: str = ""
    since: str = ""
    until: str = ""
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not self.q and not self.is_filtered

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words is given."""
        return any((self.kind, self.office, self.crossing, self.handling, self.level, self.grade,
                    self.where, self.points, self.near, self.since, self.until))  # fmt: skip

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What must hold for a record."""
        return read_conditions(self.where)

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        return Wanted(
            query=as_dialled(read_query(self.q)),
            typed=self.q,
            kind=self.kind,
            office=self.office,
            crossing=self.crossing,
            handling=self.handling,
            level=Level(int(self.level)) if self.level else None,
            grade=self.grade,
            conditions=self.conditions,
            is_any=bool(self.any),
            seen=Seen(
                points=int(self.points or 1),
                near=frozenset(kinds_below(self.near)) if self.near else frozenset(),
                days=int(self.days or DAYS),
            ),
            since=_begin(self.since),
            until=_begin(self.until, days=1),
        )

    def said(self) -> dict[str, str]:
        """Return the fields by which something is looked for, without the place in the list."""
        named = {
            one.name: str(getattr(self, one.name)) for one in fields(self) if one.name != "page"
        }
        return {name: value for name, value in named.items() if value}

    def address(self, **changed: str | int) -> str:
        """Return this search as the end of an address, with something changed."""
        asked = replace(self, **({"page": 1} | changed))  # type: ignore[arg-type]
        said = {one.name: getattr(asked, one.name) for one in fields(asked)}
        said["page"] = "" if asked.page == 1 else asked.page
        return "?" + urlencode({name: value for name, value in said.items() if value})


def read_asked(given: Mapping[str, str]) -> Asked:
    """Read what an address asks for."""
    kind, near = given.get("kind", ""), given.get("near", "")
    handling, level = given.get("handling", ""), given.get("level", "")
    conditions = read_conditions(given.get("where", ""))
    return Asked(
        q=given.get("q", "").strip()[:MAX_QUERY],
        kind=kind if kind in schemata() else "",
        office=given.get("office", "")[:_MAX_CODE],
        crossing=given.get("crossing", "")[:_MAX_CODE],
        handling=handling if handling in set(Handling) else "",
        level=level if level in _LEVELS else "",
        grade=given.get("grade", "").strip()[:_MAX_GRADE],
        where=written(conditions),
        any="1" if given.get("any") == "1" and conditions else "",
        points=_number(given.get("points", ""), MAX_POINTS),
        near=near if near in schemata() else "",
        days=_number(given.get("days", ""), MAX_DAYS),
        since=_iso(given.get("since", "")),
        until=_iso(given.get("until", "")),
        page=int(_number(given.get("page", ""), MAX_PAGE) or 1),
    )


def read_question(query: str) -> Asked:
    """Read what is looked for, of the end of an address as it is kept."""
    return read_asked(dict(parse_qsl(query)))


def unread(given: Mapping[str, str]) -> list[str]:
    """Return the names of fields that are none, or whose value is no value: as if they were empty."""
    asked = read_asked(given).said()
    strange = [name for name, value in given.items() if value.strip() and name not in asked]
    return strange + ["where"] * bool("where" in asked and unread_lines(given["where"]))


def _number(typed: str, most: int) -> str:
    """Return a number from 1 up to ``most`` as it is kept; empty for anything else."""
    is_number = typed.isdecimal() and len(typed) <= _MAX_DIGITS and 0 < int(typed) <= most
    return str(int(typed)) if is_number else ""


def _iso(typed: str) -> str:
    """Return a day as it is kept, from ``2026-05-14`` or ``14.05.2026``; empty for anything else."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            found = datetime.strptime(typed.strip(), form)
        except ValueError:
            continue
        return found.date().isoformat() if _FIRST_YEAR <= found.year <= _LAST_YEAR else ""
    return ""


def _begin(day: str, days: int = 0) -> datetime | None:
    """Return when a day begins by the clock of the office, or so many days later."""
    found = parse_date(day) if day else None
    if found is None:
        return None
    return datetime.combine(found, time(), timezone.get_current_timezone()) + timedelta(days=days)
