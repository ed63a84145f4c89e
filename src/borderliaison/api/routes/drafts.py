"""Writing reports: a draft is begun, filled, checked and filed."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AfterValidator, Field, StringConstraints

from borderliaison.api import writing
from borderliaison.api.bodies import whole_numbers
from borderliaison.api.shapes import CoverIn, Done, FieldProblem, Key, Name, Strict
from borderliaison.correspondence.cover import Cover
from borderliaison.reports import drafting
from borderliaison.reports.covering import cover_errors
from borderliaison.reports.models import Draft

router = Router()
Values = Annotated[
    dict[str, Any], Field(max_length=writing.MAX_VALUES), AfterValidator(whole_numbers)
]
FieldName = Annotated[str, StringConstraints(max_length=120)]


class NewDraft(Strict):
    """A new report: of a form, or about an item that it passes on, corrects or answers."""

    form: Name | None = None
    about: Key | None = None
    purpose: Literal["pass_on", "correct", "result", "answer", "refuse", "extend"] | None = None
    values: Values = Field(default_factory=dict)
    cover: CoverIn | None = None


class Filling(Strict):
    """What to change in a draft; ``revision`` refuses where somebody saved since it was read."""

    values: Values = Field(default_factory=dict)
    cover: CoverIn | None = None
    revision: Annotated[int, Field(ge=0, le=10**9)] | None = None


class Filing(Strict):
    """Which fields may be left out of the report, because they do not belong to it."""

    left_out: list[FieldName] = Field(default_factory=list, max_length=writing.MAX_VALUES)


class Saved(Schema):
    """A draft that was written."""

    draft: str
    revision: int


class Filed(Done):
    """A report that was sent, with its number."""

    number: str
    revision: int


class DraftLine(Schema):
    """A draft in a list."""

    key: str
    form: str
    version: int
    purpose: str
    about: str
    revision: int
    saved_at: datetime


class Drafts(Schema):
    """The officer's own drafts, the latest saved first."""

    drafts: list[DraftLine]


class DraftShape(DraftLine):
    """A draft as it was typed; the values are what ``POST`` takes again."""

    values: dict[str, Any]
    cover: dict[str, Any]


class CheckShape(Schema):
    """Whether a draft can be filed: what is wrong, and what would be left out of the report."""

    ready: bool
    errors: list[FieldProblem]
    left_out: list[FieldProblem]


@router.get("/drafts", response=Drafts, summary="Own drafts", url_name="drafts")
def list_drafts(request: HttpRequest) -> dict[str, Any]:
    """List the officer's latest 50 drafts, whether they were begun here or on a page."""
    drafts = drafting.own_drafts(writing.desk_of(request).acting)
    return {"drafts": [_line(one) for one in drafts]}


@router.post("/drafts", response={201: Saved}, summary="Begin a draft", url_name="drafts")
def begin_draft(request: HttpRequest, new: NewDraft) -> dict[str, Any]:
    """Begin a report: ``form``, or ``about`` and ``purpose``. Nothing is sent."""
    desk = writing.desk_of(request)
    if new.about is not None and new.purpose is not None and new.form is None:
        draft = writing.begin_about(desk, new.about, new.purpose)
    elif new.form is not None and new.about is None and new.purpose is None:
        draft = writing.begin_new(desk, new.form)
    else:
        raise writing.form_or_about()
    return _saved(writing.fill(desk, draft, new.values, new.cover, None))


@router.get("/drafts/{key}", response=DraftShape, summary="One draft", url_name="draft")
def one_draft(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return a draft as it was typed."""
    draft = drafting.own_draft(writing.desk_of(request).acting, key)
    return {**_line(draft), "values": draft.values, "cover": draft.cover}


@router.post("/drafts/{key}", response=Saved, summary="Fill a draft", url_name="draft")
def fill_draft(request: HttpRequest, key: Key, filling: Filling) -> dict[str, Any]:
    """Save fields of a draft; what is not named stays, ``null`` empties a field."""
    desk = writing.desk_of(request)
    draft = writing.found_draft(desk, key)
    return _saved(writing.fill(desk, draft, filling.values, filling.cover, filling.revision))


@router.get("/drafts/{key}/check", response=CheckShape, summary="Check a draft")
def check_draft(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Say what is wrong with a draft, field by field, in the language that was asked for."""
    desk = writing.desk_of(request)
    draft = writing.found_draft(desk, key)
    checked = drafting.check_draft(desk, draft)
    missing = cover_errors(Cover.from_data(draft.cover))
    errors = [*writing.wrong_in(checked, desk.lang), *writing.wrong_in_cover(missing)]
    left_out = writing.left_out_of(checked, desk.lang)
    return {"ready": not errors, "errors": errors, "left_out": left_out}


@router.post("/drafts/{key}/file", response={201: Filed}, summary="File a draft")
def file_draft(request: HttpRequest, key: Key, filing: Filing) -> dict[str, Any]:
    """Send a draft: numbered, and held for a second officer where it crosses a border."""
    return writing.file_draft(writing.desk_of(request), key, frozenset(filing.left_out))


@router.post("/drafts/{key}/discard", response=Saved, summary="Throw a draft away")
def discard_draft(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Throw a draft away."""
    desk = writing.desk_of(request)
    saved = _saved(drafting.own_draft(desk.acting, key))
    drafting.discard(desk.acting, key)
    return saved


def _saved(draft: Draft) -> dict[str, Any]:
    return {"draft": draft.key, "revision": draft.revision}


def _line(draft: Draft) -> dict[str, Any]:
    return {
        "key": draft.key,
        "form": draft.form,
        "version": draft.version,
        "purpose": draft.purpose,
        "about": draft.source,
        "revision": draft.revision,
        "saved_at": draft.saved_at,
    }
