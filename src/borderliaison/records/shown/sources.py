"""Where the sources of statements stand in words, and where they can be read: a port for who keeps them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.policy import Reader
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.profiles.profile import Saying
from borderliaison.ui.parts.marks import Marks
from borderliaison.wording.marks import marks_of


@dataclass(frozen=True, slots=True)
class Page:
    """Where a source can be read.

    Attributes:
        title: what it is called, as its reader knows it.
        url: its address.
    """

    title: str
    url: str


Pages = Callable[[Reader, Collection[str], str], Mapping[str, Page]]
_pages: dict[str, Pages] = {}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Who says something, in words.

    Attributes:
        office: its short name.
        title: of the report or import; empty where there is no page of it.
        url: of its page; empty where there is none.
        original: as it was said there, where that differs.
    """

    office: str
    title: str
    url: str
    said_at: datetime
    first_seen: datetime
    last_seen: datetime
    original: str
    marks: Marks


def register_pages(kind: str, find: Pages) -> None:
    """Say who knows the pages of a kind of source; it is asked for many keys at once."""
    _pages[kind] = find


def pages_of(reader: Reader, sayings: Iterable[Saying], lang: str) -> dict[str, Page]:
    """Return the pages of the sources that this reader may open, by the sources' keys."""
    keys: dict[str, set[str]] = {}
    for one in sayings:
        keys.setdefault(one.kind, set()).add(one.source)
    return {
        key: page
        for kind, some in keys.items()
        if kind in _pages
        for key, page in _pages[kind](reader, some, lang).items()
    }


def line_of(saying: Saying, pages: Mapping[str, Page], office: OfficeCode, lang: str) -> SourceLine:
    """Return one saying in words, as an officer of ``office`` reads them."""
    page = pages.get(saying.source, Page("", ""))
    return SourceLine(
        office=short_office_names(lang).get(saying.office, saying.office),
        title=page.title,
        url=page.url,
        said_at=saying.said_at,
        first_seen=saying.first_seen,
        last_seen=saying.last_seen,
        original=saying.original,
        marks=marks_of(saying.marking, office, lang),
    )
