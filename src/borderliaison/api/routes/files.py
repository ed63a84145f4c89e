"""Files: added to a draft, listed, asked for, and looked at as pictures drawn anew, as on a page."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from borderliaison.api import writing
from borderliaison.api.beforehand import Beforehand
from borderliaison.api.bodies import body_of
from borderliaison.api.errors import NotThere
from borderliaison.api.reading import readable
from borderliaison.api.shapes import Key
from borderliaison.audit.services import record
from borderliaison.correspondence.at_work import acting_of
from borderliaison.files import looking
from borderliaison.files.adding import Prepared, Upload, keep, prepare
from borderliaison.files.at_work import found_file, looking_of
from borderliaison.files.limits import MAX_FILE_BYTES, MAX_PAGES
from borderliaison.files.looking import Picture
from borderliaison.files.models import Attachment, Blob, Mark
from borderliaison.files.owners import DRAFT, ITEM, check_number, put_back, take_out, want
from borderliaison.files.sealing import sealed_size
from borderliaison.kernel.policy import Reader
from borderliaison.reports.attaching import draft_owner
from borderliaison.reports.models import Draft

router = Router()
FileName = Annotated[str, StringConstraints(max_length=255)]
PageNumber = Annotated[int, Field(ge=1, le=MAX_PAGES)]
_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}
_TAKEN: Final = {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}
_GIVEN: Final = {
    "responses": {
        200: {"description": "OK", "content": {"image/jpeg": _BYTES, "image/png": _BYTES}}
    }
}


class MarkShape(Schema):
    """A mark over a page; corners in ten-thousandths of the page, ``x1 y1 x2 y2``."""

    number: int
    page: int
    kind: str
    corners: list[int]
    text: str
    officer: str
    name: str
    office: str
    at: datetime


class BlobShape(Schema):
    """A preview or a whole picture: its bytes, how many of them have come, and why no more do."""

    here: bool
    wanted: bool
    size: int
    come: int
    trouble: str


class FileShape(Schema):
    """A file: what is shared of it, and the seal of the original in the office that added it.

    ``removed``: taken out of its draft; it is not sent.
    """

    key: str
    name: str
    kind: str
    pages: int
    width: int
    height: int
    preview: BlobShape
    full: BlobShape
    original_hash: str
    original_size: int
    office: str
    officer: str
    added_at: datetime
    removed: bool
    marks: list[MarkShape]


class Files(Schema):
    """The files of an item or a draft, in their order."""

    files: list[FileShape]


class FileDone(Schema):
    """A file with which something was done."""

    file: str


class Fetched(FileDone):
    """A file that was asked for; ``waits`` while not all of it is here."""

    waits: bool


@router.get("/items/{key}/files", response=Files, summary="The files of an item")
def item_files(request: HttpRequest, key: Key) -> dict[str, Any]:
    """List the files of an item that the officer may read."""
    officer = acting_of(request)
    item = readable(officer).get(key=key)
    return {"files": _files(officer.reader, ITEM, item.key)}


@router.get(
    "/drafts/{key}/files", response=Files, summary="The files of a draft", url_name="draft_files"
)
def draft_files(request: HttpRequest, key: Key) -> dict[str, Any]:
    """List the files of a draft, those that were taken out of it as well."""
    desk = writing.desk_of(request)
    draft = writing.found_draft(desk, key)
    return {"files": _files(desk.acting.reader, DRAFT, draft.key)}


@router.post(
    "/drafts/{key}/files/add", response={201: FileDone}, summary="Add a file to a draft",
    openapi_extra=_TAKEN,
)  # fmt: skip
def add_file(
    request: HttpRequest, key: Key, name: Annotated[FileName, Query()] = ""
) -> dict[str, Any]:
    """Add a picture (JPEG, PNG, HEIC) or a PDF of at most 30 MB, as it is, with its name.

    It is opened and drawn anew; the original is sealed and stays in this office.
    """
    desk = writing.desk_of(request)
    draft = writing.found_draft(desk, key)
    prepared: Prepared = getattr(request, _OPENED, None) or prepare(Upload(name, body_of(request)))
    return {"file": keep(prepared, draft_owner(desk.acting, draft)).key}


@router.post("/drafts/{key}/files/{file}/remove", response=FileDone, summary="Take a file out")
def remove_file(request: HttpRequest, key: Key, file: Key) -> dict[str, Any]:
    """Take a file out of a draft; it can be put back until the draft is sent."""
    desk = writing.desk_of(request)
    take_out(draft_owner(desk.acting, writing.found_draft(desk, key)), file)
    return {"file": file}


@router.post("/drafts/{key}/files/{file}/restore", response=FileDone, summary="Put a file back")
def restore_file(request: HttpRequest, key: Key, file: Key) -> dict[str, Any]:
    """Put a file back that was taken out of a draft."""
    desk = writing.desk_of(request)
    put_back(draft_owner(desk.acting, writing.found_draft(desk, key)), file)
    return {"file": file}


@router.get("/files/{key}", response=FileShape, summary="One file")
def one_file(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return what is known of a file."""
    found = found_file(looking_of(request), key)
    return _files(acting_of(request).reader, found.owner_kind, found.owner, found.pk)[0]


@router.get("/files/{key}/preview", summary="The preview", openapi_extra=_GIVEN)
def preview(request: HttpRequest, key: Key) -> HttpResponse:
    """Return the first page as a picture of at most 150 kB."""
    found = found_file(looking_of(request), key)
    return _picture(request, found, looking.preview(found))


@router.get("/files/{key}/pages/{number}", summary="A page", openapi_extra=_GIVEN)
def file_page(request: HttpRequest, key: Key, number: PageNumber) -> HttpResponse:
    """Return a page as a picture. Where it has not come yet: see ``fetch``."""
    found = found_file(looking_of(request), key)
    if number > found.pages:
        raise NotThere(str(number))
    return _picture(request, found, looking.page(found, number))


@router.post("/files/{key}/fetch", response=Fetched, summary="Ask for the whole")
def fetch_file(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Ask the office that sent a file for all of it. Ask for the file again to see how far it is."""
    officer = looking_of(request)
    found = found_file(officer, key)
    waits = [want(blob) for blob in (found.full, found.preview)]
    if any(waits):
        _note("file.asked_for", request, found)
    return {"file": found.key, "waits": any(waits)}


_OPENED: Final = "opened_file"


def _open(request: HttpRequest, key: str) -> None:
    """Open what is to be added to a draft, before any transaction waits for it."""
    desk = writing.desk_of(request)
    try:
        draft = writing.found_draft(desk, key)
    except Draft.DoesNotExist as error:
        raise NotThere(key) from error
    check_number(draft_owner(desk.acting, draft))
    name = request.GET.get("name", "")[:255]
    setattr(request, _OPENED, prepare(Upload(name, body_of(request))))


OPENING: Final = Beforehand(MAX_FILE_BYTES, _open)


def _picture(request: HttpRequest, found: Attachment, picture: Picture) -> HttpResponse:
    _note("file.looked_at", request, found)
    response = HttpResponse(picture.data, content_type=picture.media)
    response.headers["Content-Disposition"] = "inline"
    return response


def _note(action: str, request: HttpRequest, found: Attachment) -> None:
    marker = looking_of(request).marker
    record(action, actor=marker.officer, subject=found.key, realm=marker.realm)


def _files(
    reader: Reader, kind: str, owner: str, number: int | None = None
) -> list[dict[str, Any]]:
    """Return the files of an owner whom the caller may read, or the one with this number."""
    rows = Attachment.objects.readable_by(reader).filter(owner_kind=kind, owner=owner)
    if number is not None:
        rows = rows.filter(pk=number)
    found = list(rows.select_related("preview", "full"))
    marks = Mark.objects.readable_by(reader).filter(attachment__in=[one.pk for one in found])
    return [_file(one, [mark for mark in marks if mark.attachment_id == one.pk]) for one in found]


def _file(one: Attachment, marks: list[Mark]) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "kind": one.kind,
        "pages": one.pages,
        "width": one.width,
        "height": one.height,
        "preview": _blob(one.preview),
        "full": _blob(one.full),
        "original_hash": one.original_hash,
        "original_size": one.original_size,
        "office": one.office,
        "officer": one.officer,
        "added_at": one.added_at,
        "removed": one.removed_at is not None,
        "marks": [mark_data(x) for x in marks],
    }


def mark_data(one: Mark) -> dict[str, Any]:
    """Return a mark as plain data."""
    return {
        "number": one.pk,
        "page": one.page,
        "kind": one.kind,
        "corners": [one.x1, one.y1, one.x2, one.y2],
        "text": one.text,
        "officer": one.officer,
        "name": one.officer_name,
        "office": one.office,
        "at": one.at,
    }


def _blob(blob: Blob) -> dict[str, Any]:
    return {
        "here": blob.is_here,
        "wanted": blob.wanted_at is not None and not blob.is_here,
        "size": sealed_size(blob.size),
        "come": blob.come,
        "trouble": "" if blob.is_here else blob.trouble,
    }
