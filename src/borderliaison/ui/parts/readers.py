"""Who will read this: will, after a second officer authorises, will not; each with its reason.

It never names whom the reader may not know of: the caller leaves them out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What would change a line, as a link."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """One line: an office or some of its agencies, and why.

    Attributes:
        name: "Dostuk: customs, drug control".
        reason: a sentence: "Your reporting line, always".
        count: how many officers; 0 shows none.
        icon: the office's kind.
    """

    name: str
    reason: str
    count: int = 0
    icon: str = "users"
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Readers:
    """The three lists.

    Attributes:
        will_total: "21 officers".
        after_total: "5 officers".
        warning: why it cannot be sent so.
        note: what sending does beside: "Sending puts one line in the outgoing register."
    """

    will: tuple[ReaderLine, ...] = ()
    after: tuple[ReaderLine, ...] = ()
    will_not: tuple[ReaderLine, ...] = ()
    will_total: str = ""
    after_total: str = ""
    warning: str = ""
    note: str = ""
