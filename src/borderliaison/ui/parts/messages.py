"""A message in a thread, and the call sheet beside it."""

from dataclasses import dataclass
from datetime import datetime

from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.parts.receipts import Step


@dataclass(frozen=True, slots=True)
class PhraseLine:
    """A coded phrase in the reader's language, and as its sender read it.

    Attributes:
        other_lang: the language of ``other``, for those who hear the page.
    """

    number: str
    text: str
    other: str = ""
    other_lang: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file sent with a message: its name and how much of it has arrived, in words."""

    name: str
    note: str = ""
    url: str = ""
    icon: str = "paperclip"


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """Words of another message.

    Attributes:
        who: whose they are: "A. Toktosunov, Bor-Dobo".
        url: where they stand.
        is_unproved: whether the reader has not what they are said to be from, or it does not say so.
    """

    text: str
    who: str = ""
    at: datetime | None = None
    url: str = ""
    is_unproved: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message.

    Attributes:
        author: "G. Saparalieva".
        role: "Dostuk, customs, duty officer".
        text: free text; line breaks are kept.
        text_lang: its language where it is not the page's.
        steps: the short receipts of one's own message.
    """

    author: str
    role: str
    at: datetime
    phrases: tuple[PhraseLine, ...] = ()
    text: str = ""
    text_lang: str = ""
    attachments: tuple[Attachment, ...] = ()
    steps: tuple[Step, ...] = ()
    marks: Marks | None = None
    is_own: bool = False
    is_unread: bool = False
    anchor: str = ""
    quotes: tuple[QuoteLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach an office: telephone, radio, or whether a woman officer is on duty."""

    text: str
    icon: str = "phone"
    url: str = ""


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Who answers at an office now, in which languages, and how.

    Attributes:
        verified: "verified 09:10 today".
    """

    name: str
    role: str
    languages: str = ""
    contacts: tuple[Contact, ...] = ()
    verified: str = ""


def initials(name: str) -> str:
    """Return at most two initials of a name, ranks left out: "Capt. G. Saparalieva" gives GS."""
    words = [word for word in name.replace(".", ". ").split() if word[:1].isalpha()]
    kept = [word for word in words if not (word.endswith(".") and len(word) > 2)]
    return "".join(word[0].upper() for word in (kept or words)[:2])
