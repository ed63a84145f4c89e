"""The shapes that several routes take or answer."""

from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

KEY: Final = r"^[0-9a-f]{32}$"
Key = Annotated[str, StringConstraints(pattern=KEY)]
"""Names an item, a thread or a draft: 32 hexadecimal digits, the same in every office for items."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
"""Names a form, a code list or a field."""
Line = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{2,4}(:[A-Z]{2}-[A-Z0-9]{2,4})?$")
]
"""An office, or one agency in it: ``KG-DST``, ``KG-DST:KG-CUS``."""
Agency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{2,4}$")]
Words = dict[str, str]
"""The same words by language: ``{"en": …, "ru": …}``."""
MAX_PAGE: Final = 100
PAGE: Final = 50
Limit = Annotated[int, Field(ge=1, le=MAX_PAGE)]
Page = Annotated[int, Field(ge=1, le=1_000_000)]
MAX_LINES: Final = 100


class Strict(Schema):
    """What a program sends: a name that is not asked for is refused, not passed over."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CoverIn(Strict):
    """Classification, handling, grading and who is addressed; what is not said stays as it was begun."""

    level: Annotated[int, Field(ge=0, le=1)] | None = None
    handling: list[Annotated[str, StringConstraints(pattern="^H[0-3]$")]] | None = Field(
        None, max_length=4
    )
    handling_text: Annotated[str, StringConstraints(max_length=200)] | None = None
    grading: list[Annotated[str, StringConstraints(max_length=20)]] | None = Field(
        None, min_length=3, max_length=3, description="Scheme, version and value: 4x4, 2016, B2."
    )
    own: list[Agency] | None = Field(None, max_length=MAX_LINES)
    to: list[Line] | None = Field(None, max_length=MAX_LINES)


class Marking(Schema):
    """The marking under which something is read."""

    realm: str
    level: int
    countries: list[str]
    handling: list[str]
    handling_text: str
    audience: list[list[str]]
    originator: str
    grading: list[str]


class Written(Schema):
    """Who wrote something, as his office asserts him."""

    officer: str
    name: str
    role: str
    office: str
    agency: str


class Item(Schema):
    """One thing said in a thread.

    ``content`` of a report: form, version, number, revision, source and values by field; of a message:
    phrases, text, language and what it is about.
    """

    key: str
    thread: str
    kind: str
    title: str
    urgent: bool
    own: bool
    opened: bool
    author: Written
    created_at: datetime
    arrived_at: datetime | None
    acknowledge_by: datetime | None
    corrects: str
    held_by: list[str]
    marking: Marking
    content: dict[str, Any]


class Items(Schema):
    """Items in the order in which they came here; ``next`` is what to ask after, empty at the end."""

    items: list[Item]
    next: str


class Done(Schema):
    """What was written: an item in a thread, and the offices for which a second officer must decide."""

    item: str
    thread: str
    held: list[str]


class Touched(Schema):
    """What something was done with."""

    item: str
    thread: str


class FieldProblem(Schema):
    """What is wrong with a field, or left out of it, in a sentence."""

    at: str
    code: str
    sentence: str
