"""Taking records in: a file is sent, looked into, taken in beside the calls, or let go; as on a page."""

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.beforehand import Beforehand
from borderliaison.api.bodies import body_of
from borderliaison.api.calls import caller_of
from borderliaison.api.errors import NotThere, NotUnderstood, Wrong
from borderliaison.api.shapes import Agency, Key, Name, Strict
from borderliaison.files.limits import MAX_FILE_BYTES
from borderliaison.offices.errors import UnknownOffice
from borderliaison.offices.services import agencies_in, is_office
from borderliaison.records.interchange.errors import AlreadyTaken
from borderliaison.records.interchange.findings import SENTENCES
from borderliaison.records.interchange.imports.naming import key_for
from borderliaison.records.interchange.imports.reading import check_readable, is_table, spec_for
from borderliaison.records.interchange.imports.saved import spec_named, specs
from borderliaison.records.interchange.imports.set_form import MAX_TITLE, SetForm, as_title
from borderliaison.records.interchange.imports.set_marking import MAX_HANDLING_TEXT
from borderliaison.records.interchange.imports.taking import (
    TRIED,
    Asked,
    begin,
    columns_of,
    looked_into,
)
from borderliaison.records.interchange.imports.waiting import SHELF, Taking, Waiting
from borderliaison.records.interchange.whose import Sender, check_task

router = Router()
MAX_NAME: Final = 255
HandlingCode = Annotated[str, StringConstraints(pattern="^H[0-3]$")]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME)]
_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}
_TAKEN: Final = {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}


class Taken(Strict):
    """What a set is to be: its name, who of the office reads it, how it is graded, how a table is read.

    ``handling_text`` is what H3 asks for, ``given_by`` the office that gave it and keeps control of it.
    ``spec`` names a specification; without one, a table is read by the one that fits best.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TITLE)]
    level: Annotated[int, Field(ge=0, le=1, description="0 open, 1 for official use.")] = 1
    source: Annotated[str, StringConstraints(pattern="^[A-Z]?$")] = ""
    information: Annotated[str, StringConstraints(pattern="^[0-9]?$")] = ""
    agency: list[Agency] = Field(default_factory=list, max_length=20)
    handling: list[HandlingCode] = Field(
        default_factory=list,
        max_length=4,
        description="Without any, H2 holds for what another office gave; H0 says that nothing does.",
    )
    handling_text: Annotated[str, StringConstraints(max_length=MAX_HANDLING_TEXT)] = ""
    given_by: Annotated[str, StringConstraints(max_length=16)] = ""
    spec: Name | None = None


class Looking(Taken, strict=False):
    """The same, as it stands in an address."""


class ImportDone(Schema):
    """A file that was sent to be taken in."""

    key: str


class Begun(ImportDone):
    """A file that is taken in from now on, the set that it becomes, and where to ask how far it is."""

    set_key: str
    progress: str


class FlawShape(Schema):
    """What cannot be taken in: in which line, of which columns or kind, and why."""

    line: int
    flaw: str
    about: str
    columns: list[str]
    sentence: str


class LookShape(ImportDone):
    """What a file would bring; ``flaws`` counts all of them, ``first`` names the first 200.

    Of a large file its first 20,000 things and links are looked at: ``whole`` is false.
    """

    format: str
    set_key: str
    things: int
    links: int
    flaws: int
    whole: bool
    first: list[FlawShape]


class Progress(ImportDone):
    """How far a file is: it waits, is read, is written. What failed may be taken in again.

    ``set_key`` and ``title`` are those under which it is taken in, empty while it waits. ``changed``:
    whether anything was written; the same file again writes nothing. ``code`` says why it failed.
    """

    name: str
    set_key: str
    title: str
    state: Literal["waits", "reads", "writes", "done", "failed"]
    done: int
    total: int
    things: int
    links: int
    flaws: int
    changed: bool
    code: str


@router.post(
    "/imports", response={201: ImportDone}, summary="Send a file of records",
    openapi_extra=_TAKEN,
)  # fmt: skip
def send_import(request: HttpRequest, name: Annotated[FileName, Query()]) -> dict[str, Any]:
    """Send a file of at most 30 MB, as it is, with its name; nothing is written to the records yet.

    It waits for a day, also over a restart of the server: one of each token, in the place of what the token
    sent before, and four of an officer, the one that waits longest let go. Nobody takes another's place.
    """
    waiting: Waiting = getattr(request, _SENT)
    return {"key": waiting.key}


@router.get("/imports/{key}", response=Progress, summary="How far a file is", url_name="one_import")
def one_import(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return whether a file waits, is being taken in, or is in the records."""
    one = _found(request, key)
    taking = one.taking or Taking()
    if one.taking is None:
        state = "waits"
    elif taking.is_running:
        state = "writes" if taking.is_read else "reads"
    else:
        state = "done" if taking.problem is None else "failed"
    return {
        "key": one.key,
        "name": one.name,
        "set_key": taking.set_key,
        "title": taking.title,
        "state": state,
        "done": taking.done,
        "total": taking.total,
        "things": taking.things,
        "links": taking.links,
        "flaws": taking.flaws,
        "changed": taking.is_new,
        "code": taking.problem.code if taking.problem else "",
    }


@router.get("/imports/{key}/look", response=LookShape, summary="What a file would bring")
def look_into(request: HttpRequest, key: Key, said: Query[Looking]) -> dict[str, Any]:
    """Say what of a file would come in and what cannot, line by line. Nothing is written."""
    one = _found(request, key)
    asked = _asked(request, one, said)
    with looked_into(one, asked, _folder(), most=TRIED) as looked:
        return {
            "key": one.key,
            "format": looked.wanted.format,
            "set_key": looked.wanted.key,
            "things": looked.things,
            "links": looked.links,
            "flaws": looked.findings.total,
            "whole": looked.is_whole,
            "first": [
                {
                    "line": found.line,
                    "flaw": found.flaw,
                    "about": found.field,
                    "columns": columns_of(asked.spec, found.flaw, found.field),
                    "sentence": _(SENTENCES[found.flaw]),
                }
                for found in looked.findings.first
            ],
        }


@router.post("/imports/{key}/take", response={202: Begun}, summary="Take a file in")
def take_import(request: HttpRequest, key: Key, said: Taken) -> dict[str, Any]:
    """Begin to take a file in, beside the calls; refused where it is being taken in, or was.

    A set is the whole of its file: the same title again changes what differs, and deletes what the
    file has no more.
    """
    one = _found(request, key)
    if one.is_held or one.is_taken:
        raise AlreadyTaken(one.key)
    asked = _asked(request, one, said)
    transaction.on_commit(partial(begin, one, asked, _folder()))
    return {"key": one.key, "set_key": asked.key, "progress": reverse("api:one_import", args=[key])}


@router.post("/imports/{key}/drop", response=ImportDone, summary="Let a file go")
def drop_import(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Let a file go; refused while it is being taken in, which goes to its end."""
    one = _found(request, key)
    if one.is_held:
        raise AlreadyTaken(one.key)
    SHELF.drop(one)
    return {"key": one.key}


_SENT: Final = "sent_file"


def _receive(request: HttpRequest) -> None:
    """Let a file wait that is one of those read here, before any transaction waits for the disk."""
    check_task(account_of(request))
    data, name = body_of(request, MAX_FILE_BYTES), request.GET.get("name", "")
    if 0 < len(name) <= MAX_NAME:
        check_readable(BytesIO(data), name)
        setattr(request, _SENT, SHELF.put(_sender(request), name, data))


SENDING: Final = Beforehand(MAX_FILE_BYTES, _receive)


def _found(request: HttpRequest, key: str) -> Waiting:
    one = SHELF.find(_sender(request), key)
    if one is None:
        raise NotThere(key)
    return one


def _sender(request: HttpRequest) -> Sender:
    """Return whose file it is: of one token, so that a program does not take a page's place."""
    call = caller_of(request)
    return Sender(call.officer.officer_id, call.token.realm, call.token.key)


def _asked(request: HttpRequest, one: Waiting, said: Taken) -> Asked:
    """Return how a file is to be taken in.

    Raises:
        NotUnderstood: an agency is none of this office, or no office of the network gave it.
        NotYourTask, HalfGraded, HandlingUnsaid, UnknownGrading, UnknownSpec: as they say.
    """
    account, office = account_of(request), settings.NODE.office
    check_task(account)
    strange = sorted({*said.agency} - {*agencies_in(office)})
    sentence = _("There is no such agency in this office.")
    wrong = [Wrong(f"agency.{one}", sentence) for one in strange]
    if said.given_by and not is_office(said.given_by):
        wrong.append(Wrong("given_by", _(UnknownOffice.sentence())))
    if wrong:
        raise NotUnderstood(wrong=wrong)
    form = SetForm(
        as_title(said.title) or as_title(one.name),
        str(said.level),
        said.source,
        said.information,
        tuple(said.agency),
        tuple(said.handling),
        said.handling_text,
        said.given_by,
    )
    marking = form.marking(office, reader_of(request).realm)
    spec = spec_named(said.spec) if said.spec else None
    if spec is None and is_table(one.name):
        spec = spec_for(SHELF.open(one), specs())
    key = key_for(reader_of(request), form.title)
    return Asked(key, form.title, marking, account.officer_id, spec)


def _folder() -> Path:
    return Path(settings.NODE.run_directory)
