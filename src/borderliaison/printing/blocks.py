"""What a document is made of. Each block is plain data; ``template.typ`` says how it looks."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Words on paper.

    Attributes:
        text: in the reader's language, or as its author wrote it; line breaks are kept.
        also: the same in the second language; empty where there is none, or where it reads the same.
        note: what stands beside it, smaller: a time in UTC, a total in kilograms.
        code: whether it is set in the code face: plates, numbers, hashes.
        lang: the language of ``text``, where it is not the document's.
    """

    text: str
    also: str = ""
    note: str = ""
    code: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 for a document's part, 2 for a part of that.
        tags: short words in frames beside it: urgency, "Correction, state 2".
    """

    said: Said
    level: int = 1
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """The markings of what follows: grading cells, then classification, handling, audience."""

    marking: "Marking"
    grading: tuple[str, ...] = ()
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what it says."""

    label: Said
    values: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts, one below the other; with ``columns`` two of them, side by side where they are short."""

    facts: tuple[Fact, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        share: of the width, beside the others' shares.
    """

    label: Said
    share: int = 1
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head stands on every page that it goes over."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Said, ...], ...]
    label: Said = field(default_factory=lambda: Said(""))


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; framed where it is a notice."""

    said: Said
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture with what is known of it.

    Attributes:
        media: ``image/jpeg`` or ``image/png``; empty where there is nothing to show.
        facts: lines below its name: kind and size, hash.
    """

    name: str
    facts: tuple[Said, ...]
    media: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is attached."""

    label: Said
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign of a drawing means.

    Attributes:
        form: ``solid``, ``dashed``, ``dotted``, ``dashdot``, ``thick``, ``fill``, ``ring`` or ``letter``.
        ink: its colour, ``#rrggbb``.
        letter: what stands there, of a ``letter``.
    """

    form: str
    ink: str
    said: Said
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as large as the rest of the sheet, with what its signs mean beneath.

    Attributes:
        name: for those who hear the page.
        data: a PNG.
        under: how much it shows, and why not more.
    """

    name: str
    signs: tuple[Sign, ...]
    under: Said
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a ladder: ``done``, ``waiting``, ``held``, ``not_yet``, ``refused``, and when."""

    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rungs:
    """How far something has come with one office.

    Attributes:
        elsewhere: said in place of the steps where they are not known here.
        why: why it has not come further.
    """

    name: str
    note: str
    steps: tuple[Step, ...]
    elsewhere: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The receipts of something, office by office."""

    label: Said
    steps: tuple[str, ...]
    rows: tuple[Rungs, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, two beside each other, each with what it is for."""

    roles: tuple[Said, ...]
    name: Said
    day: Said


Block = Heading | Marked | Facts | Table | Text | Pictures | Drawing | Ladder | Signatures


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking in words.

    Attributes:
        classification: the national word, its strictest first; empty where nothing is marked.
        is_open: drawn as an outline.
        handling: codes.
        audience: who is addressed.
    """

    classification: str = ""
    is_open: bool = True
    handling: tuple[str, ...] = ()
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page.

    Attributes:
        marking: the strictest of all that the document shows.
        office: whose paper it is.
        number: the register number; empty without one.
        printed: who printed it, and when, in both times.
        page: "Page {page} of {pages}", in the reader's language.
        exercise: the name of the exercise; empty in live work.
        exercise_note: that nothing here is real.
    """

    marking: Marking
    office: str
    printed: str
    page: str
    number: str = ""
    exercise: str = ""
    exercise_note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        title: on the first page, and in the file's own description.
        lang: of its words: ``ru``.
        made_at: of what it shows: the file's own date, so that the same gives the same.
        under: what stands below the title.
        is_wide: on sheets that lie: a register.
        second: the second language, in which each ``also`` is; empty without one.
        paper: ``a4`` or ``a3``.
    """

    title: Said
    lang: str
    made_at: datetime
    sheet: Sheet
    body: tuple[Block, ...]
    under: str = ""
    is_wide: bool = False
    second: str = ""
    paper: str = "a4"
