"""Import specifications: which columns of a table make which records."""

from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import StringConstraints

from borderliaison.accounts.services import account_of
from borderliaison.api.errors import NotThere, NotUnderstood, Wrong
from borderliaison.api.shapes import Name, Strict, Words
from borderliaison.records.interchange.errors import BadSpec, UnknownSpec
from borderliaison.records.interchange.imports.saved import drop_spec, save_spec, specs, texts
from borderliaison.records.interchange.imports.specs.spec import Spec
from borderliaison.records.interchange.whose import check_task

router = Router()
MAX_TEXT: Final = 64 * 1024


class SpecLine(Schema):
    """A specification in a list, with the columns that it reads."""

    name: str
    label: Words
    columns: list[str]


class Specs(Schema):
    """All specifications of this office: those that come along, and those that were saved."""

    specs: list[SpecLine]


class SpecShape(SpecLine):
    """One specification with its text, YAML."""

    text: str


class SpecIn(Strict):
    """A specification as YAML, in one text; its name stands in it."""

    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)]


class SpecDone(Schema):
    """A specification with which something was done."""

    name: str


@router.get("/specs", response=Specs, summary="Import specifications", url_name="specs")
def list_specs(request: HttpRequest) -> dict[str, Any]:
    """List the specifications by which tables are read."""
    return {"specs": [_line(one) for one in specs()]}


@router.get("/specs/{name}", response=SpecShape, summary="One specification")
def one_spec(request: HttpRequest, name: Name) -> dict[str, Any]:
    """Return one specification."""
    found = next((one for one in specs() if one.name == name), None)
    if found is None:
        raise NotThere(name)
    return {**_line(found), "text": texts()[name]}


@router.post("/specs", response={201: SpecDone}, summary="Save a specification", url_name="specs")
def save_one(request: HttpRequest, said: SpecIn) -> dict[str, Any]:
    """Check a specification and save it under its name, in the place of one that was there."""
    check_task(account_of(request))
    try:
        saved = save_spec(said.text, "text", account_of(request).officer_id)
    except BadSpec as error:
        lines = str(error).splitlines()
        raise NotUnderstood(wrong=[Wrong("text", one, error.code) for one in lines]) from error
    return {"name": saved.name}


@router.post("/specs/{name}/remove", response=SpecDone, summary="Remove a specification")
def remove_spec(request: HttpRequest, name: Name) -> dict[str, Any]:
    """Remove a specification that was saved; what it read stays, and one that came along returns."""
    check_task(account_of(request))
    try:
        drop_spec(name, account_of(request).officer_id)
    except UnknownSpec as error:
        raise NotThere(name) from error
    return {"name": name}


def _line(one: Spec) -> dict[str, Any]:
    return {"name": one.name, "label": dict(one.label.texts), "columns": sorted(one.columns())}
