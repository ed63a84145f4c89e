"""Marks over a picture: boxes, arrows, notes. They are data beside the picture, which stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from borderliaison.audit.services import record
from borderliaison.files.errors import BadMark, TooManyMarks
from borderliaison.files.models import Attachment, Mark
from borderliaison.files.owners import DRAFT
from borderliaison.kernel.ids import OfficeCode

SCALE: Final = 10_000
"""A page is as wide, and as high, as this."""
MAX_MARKS: Final = 100
MAX_TEXT: Final = 300
BOX: Final = "box"
ARROW: Final = "arrow"
NOTE: Final = "note"
MARKS: Final = (BOX, ARROW, NOTE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mark as an officer draws it; corners in ten-thousandths of the page."""

    kind: str
    page: int
    corners: tuple[int, int, int, int]
    text: str

    @classmethod
    def read(cls, typed: Mapping[str, str], pages: int) -> Self:
        """Read a mark from what a page posts.

        Raises:
            BadMark: it lies outside, is nothing, or says nothing where a note must.
        """
        kind, text = typed.get("kind", ""), " ".join(typed.get("text", "").split())
        try:
            page, *corners = (int(typed.get(x) or 0) for x in ("page", "x1", "y1", "x2", "y2"))
        except ValueError as error:
            raise BadMark("not a number") from error
        x1, y1, x2, y2 = corners
        inside = all(0 <= one <= SCALE for one in corners) and 1 <= page <= pages
        if kind not in MARKS or not inside or len(text) > MAX_TEXT or not text.isprintable():
            raise BadMark(kind[:10])
        if kind == NOTE and not text:
            raise BadMark("an empty note")
        if kind != NOTE and abs(x1 - x2) + abs(y1 - y2) < SCALE // 200:
            raise BadMark("too small to see")
        if kind == BOX:
            x1, x2, y1, y2 = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        return cls(kind, page, (x1, y1, x2, y2), text)


@dataclass(frozen=True, slots=True)
class Marker:
    """Who draws."""

    officer: str
    name: str
    office: OfficeCode
    realm: str


def draw(file: Attachment, drawn: Drawn, who: Marker) -> Mark:
    """Keep a mark. Until its draft is sent it goes with the letter; later it stays in this office.

    Raises:
        TooManyMarks: there are as many as there may be.
    """
    there = Mark.objects.as_system("how many marks there are").filter(attachment=file.pk)
    if there.count() >= MAX_MARKS:
        raise TooManyMarks(file.key)
    x1, y1, x2, y2 = drawn.corners
    made = Mark.objects.create(
        marking_id=file.marking_id,
        attachment=file,
        page=drawn.page,
        kind=drawn.kind,
        x1=x1, y1=y1, x2=x2, y2=y2,
        text=drawn.text,
        office=who.office,
        officer=who.officer,
        officer_name=who.name,
        at=datetime.now(UTC),
        travels=file.owner_kind == DRAFT,
    )  # fmt: skip
    record("file.marked", actor=who.officer, subject=file.key, realm=who.realm, mark=str(made.pk))
    return made


def erase(file: Attachment, number: int, who: Marker) -> None:
    """Take a mark away that this officer has drawn and that has not been sent.

    Raises:
        Mark.DoesNotExist: there is none of his.
    """
    own = Mark.objects.as_system("the file is readable, the mark his own").filter(
        attachment=file.pk, officer=who.officer, office=who.office
    )
    if file.owner_kind != DRAFT:
        own = own.filter(travels=False)
    own.get(pk=number).delete()
    record("file.unmarked", actor=who.officer, subject=file.key, realm=who.realm, mark=str(number))
