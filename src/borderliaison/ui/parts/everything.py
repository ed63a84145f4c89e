"""The list of everything an officer may do and reach: what Ctrl K searches."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do, or one place to go.

    Attributes:
        label: "Lookout", "Dostuk".
        url: where it leads; where it does something, what is posted to.
        note: beside the label, in grey: "Road, Uzbekistan".
        words: further spellings under which it is found.
        posts: the name and the value that are posted; None where it only leads somewhere.
        is_current: it stands so already: the present theme, the present language.
        lang: of the label, where it is not the page's.
    """

    label: str
    url: str
    icon: str
    note: str = ""
    words: str = ""
    posts: tuple[str, str] | None = None
    is_current: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """A search to which what is typed is led on.

    Attributes:
        label: "Search all correspondence for"; what is typed follows it.
        url: its page, which reads ``q``.
    """

    label: str
    url: str
    icon: str = "search"


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entries under one heading.

    Attributes:
        key: unique in the list: ``forms``.
        note: how many of how many, where not all are listed.
    """

    key: str
    label: str
    entries: tuple[Entry, ...]
    note: str = ""
