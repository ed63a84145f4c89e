"""Marks over the pages of files: boxes, arrows and notes, drawn and taken away as in the viewer."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from borderliaison.api.routes.files import MarkShape, mark_data
from borderliaison.api.shapes import Key, Strict
from borderliaison.correspondence.errors import ObserverOnly
from borderliaison.files.at_work import Looking, found_file, looking_of
from borderliaison.files.limits import MAX_PAGES
from borderliaison.files.marking import MAX_TEXT, SCALE, Drawn, draw, erase
from borderliaison.files.models import Mark

router = Router()
Corner = Annotated[int, Field(ge=0, le=SCALE)]
Number = Annotated[int, Field(ge=1, le=10**12)]


class Marks(Schema):
    """The marks of a file, page by page."""

    marks: list[MarkShape]


class MarkIn(Strict):
    """A mark: a box or an arrow between two corners, or a note; corners as in ``MarkShape``."""

    kind: Literal["box", "arrow", "note"]
    page: Annotated[int, Field(ge=1, le=MAX_PAGES)] = 1
    corners: Annotated[list[Corner], Field(min_length=4, max_length=4)]
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)] = ""


class MarkDone(Schema):
    """A mark with which something was done, and its file."""

    file: str
    number: int


@router.get("/files/{key}/marks", response=Marks, summary="The marks of a file", url_name="marks")
def list_marks(request: HttpRequest, key: Key) -> dict[str, Any]:
    """List what is drawn over a file."""
    officer = looking_of(request)
    found = found_file(officer, key)
    rows = Mark.objects.readable_by(officer.reader).filter(attachment=found.pk)
    return {"marks": [mark_data(one) for one in rows]}


@router.post(
    "/files/{key}/marks", response={201: MarkDone}, summary="Draw a mark", url_name="marks"
)
def draw_mark(request: HttpRequest, key: Key, said: MarkIn) -> dict[str, Any]:
    """Draw over a page. Until its draft is sent a mark goes with it; later it stays in this office."""
    officer = _writing(request)
    found = found_file(officer, key)
    corners = dict(zip(("x1", "y1", "x2", "y2"), map(str, said.corners), strict=True))
    typed = {"kind": said.kind, "page": str(said.page), "text": said.text, **corners}
    return {"file": key, "number": draw(found, Drawn.read(typed, found.pages), officer.marker).pk}


@router.post("/files/{key}/marks/{number}/remove", response=MarkDone, summary="Take a mark away")
def remove_mark(request: HttpRequest, key: Key, number: Number) -> dict[str, Any]:
    """Take a mark of one's own away that has not been sent."""
    officer = _writing(request)
    erase(found_file(officer, key), number, officer.marker)
    return {"file": key, "number": number}


def _writing(request: HttpRequest) -> Looking:
    """Return the officer at a file.

    Raises:
        ObserverOnly: his role does not write.
    """
    officer = looking_of(request)
    if not officer.writes:
        raise ObserverOnly("role")
    return officer
