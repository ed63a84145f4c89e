"""What is looked for, as it stands in the address of a page, so that a search can be kept and shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from django.utils import timezone

from borderliaison.correspondence.search.finding import Wanted, Way
from borderliaison.forms.finding.query import MAX_QUERY, read_query

MAX_PAGE: Final = 10**6
_MAX_CODE: Final = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of a search, cleaned; what is no value of its field is as if it were empty.

    Attributes:
        since: the first day, by the office's clock.
        until: the last day.
    """

    q: str = ""
    kind: str = ""
    office: str = ""
    way: str = ""
    since: str = ""
    until: str = ""
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not any((self.q, self.kind, self.office, self.way, self.since, self.until))

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words is given."""
        return any((self.kind, self.office, self.way, self.since, self.until))

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        last = _day(self.until)
        return Wanted(
            query=read_query(self.q),
            kind=self.kind,
            office=self.office,
            way=Way(self.way),
            since=_begin(_day(self.since)),
            until=_begin(last + timedelta(days=1)) if last is not None else None,
        )

    def address(self, **changed: str | int) -> str:
        """Return this search as the end of an address, with something changed."""
        said = {
            "q": self.q,
            "kind": self.kind,
            "office": self.office,
            "way": self.way,
            "since": self.since,
            "until": self.until,
            **changed,
        }
        return "?" + urlencode({name: value for name, value in said.items() if value})


def read_asked(given: Mapping[str, str]) -> Asked:
    """Read what an address asks for."""
    page, way = given.get("page", "1"), given.get("way", "")
    return Asked(
        q=given.get("q", "").strip()[:MAX_QUERY],
        kind=given.get("kind", "")[:_MAX_CODE],
        office=given.get("office", "")[:_MAX_CODE],
        way=way if way in set(Way) else "",
        since=_iso(given.get("since", "")),
        until=_iso(given.get("until", "")),
        page=int(page) if page.isdecimal() and 0 < int(page[:8]) < MAX_PAGE else 1,
    )


def _iso(typed: str) -> str:
    """Return a day as it is kept, from ``2026-05-14`` or ``14.05.2026``; empty for anything else."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            found = datetime.strptime(typed.strip(), form)
        except ValueError:
            continue
        return found.date().isoformat() if 1970 <= found.year < 9999 else ""
    return ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _begin(day: date | None) -> datetime | None:
    """Return when a day begins by the clock of the office."""
    if day is None:
        return None
    return datetime.combine(day, time(), timezone.get_current_timezone())
