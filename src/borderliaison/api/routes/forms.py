"""The forms and code lists of this office, with their words in every language that they have."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from borderliaison.api.errors import NotThere
from borderliaison.api.shapes import Name, Words
from borderliaison.forms.catalogue import load_catalogue
from borderliaison.forms.codes import CodeList, load_codes
from borderliaison.forms.conditions import Conditions
from borderliaison.forms.errors import UnknownForm
from borderliaison.forms.languages import languages_of
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.schema import Form, FormField
from borderliaison.forms.store import versions

router = Router()
Version = Annotated[int, Field(ge=1, le=9999)]


class FormLine(Schema):
    """A form in a list; ``begins`` where it may begin a thread, else it answers another report."""

    id: str
    version: int
    versions: list[int]
    languages: list[str]
    label: Words
    about: Words
    icon: str
    begins: bool


class Forms(Schema):
    """All forms of this office."""

    forms: list[FormLine]


class ConditionShape(Schema):
    """A condition on another field: filled, one of some codes, or none of some."""

    field: str
    among: list[str]
    excluded: list[str]


class FieldShape(Schema):
    """A field. What its type takes stands in docs/reference/forms.md."""

    name: str
    type: str
    label: Words
    hint: Words
    required: bool
    required_when: list[ConditionShape]
    when: list[ConditionShape]
    point_kinds: list[str]
    codes: str
    codes_version: int
    several: bool
    derived: bool
    options: dict[str, Any]
    default: dict[str, Any]
    fields: list["FieldShape"]


class PartShape(Schema):
    """A part of a form."""

    name: str
    label: Words
    hint: Words
    fields: list[FieldShape]


class FormShape(Schema):
    """One form in one version, which never changes."""

    id: str
    version: int
    languages: list[str]
    unreviewed: list[str]
    label: Words
    icon: str
    parts: list[PartShape]


class CodeListLine(Schema):
    """A code list in a list."""

    name: str
    version: int
    versions: list[int]
    label: Words


class CodeLists(Schema):
    """All code lists of this office."""

    codes: list[CodeListLine]


class CodeShape(Schema):
    """One code with its words."""

    code: str
    label: Words
    short: Words
    note: Words
    group: str
    aliases: list[str]


class CodeListShape(Schema):
    """One code list in one version, which never changes."""

    name: str
    version: int
    label: Words
    source: str
    groups: dict[str, Words]
    codes: list[CodeShape]


@router.get("/forms", response=Forms, summary="All forms")
def list_forms(request: HttpRequest) -> dict[str, Any]:
    """List the forms of this office in their newest versions."""
    catalogue = load_catalogue()
    begins = {one.form for group in catalogue.groups for one in group.forms}
    lines = []
    for name, numbers in known_forms().items():
        form, entry = load_form(name), catalogue.entry(name)
        lines.append(
            {
                "id": name,
                "version": form.version,
                "versions": list(numbers),
                "languages": list(languages_of(form)),
                "label": dict(form.label.texts),
                "about": dict(entry.about.texts) if entry is not None else {},
                "icon": form.icon,
                "begins": name in begins,
            }
        )
    return {"forms": lines}


@router.get("/forms/{form}", response=FormShape, summary="One form")
def one_form(request: HttpRequest, form: Name, version: Version | None = None) -> dict[str, Any]:
    """Return a form with its fields, in its newest version unless told."""
    try:
        found = load_form(form, version)
    except UnknownForm as error:
        raise NotThere(form) from error
    return _form(found)


@router.get("/codes", response=CodeLists, summary="All code lists")
def list_codes(request: HttpRequest) -> dict[str, Any]:
    """List the code lists of this office in their newest versions."""
    listed = versions("codes")
    return {
        "codes": [
            {
                "name": name,
                "version": max(numbers),
                "versions": list(numbers),
                "label": dict(load_codes(name).label.texts),
            }
            for name, numbers in listed.items()
        ]
    }


@router.get("/codes/{name}", response=CodeListShape, summary="One code list")
def one_code_list(
    request: HttpRequest, name: Name, version: Version | None = None
) -> dict[str, Any]:
    """Return a code list with its words, in its newest version unless told."""
    try:
        return _codes(load_codes(name, version))
    except UnknownForm as error:
        raise NotThere(name) from error


def _form(form: Form) -> dict[str, Any]:
    return {
        "id": form.form_id,
        "version": form.version,
        "languages": list(languages_of(form)),
        "unreviewed": sorted(form.unreviewed),
        "label": dict(form.label.texts),
        "icon": form.icon,
        "parts": [
            {
                "name": part.name,
                "label": dict(part.label.texts),
                "hint": dict(part.hint.texts),
                "fields": [_field(one) for one in part.fields],
            }
            for part in form.parts
        ],
    }


def _field(field: FormField) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type.name,
        "label": dict(field.label.texts),
        "hint": dict(field.hint.texts),
        "required": field.required,
        "required_when": _conditions(field.required_when),
        "when": _conditions(field.when),
        "point_kinds": list(field.point_kinds),
        "codes": field.codes.name if field.codes is not None else "",
        "codes_version": field.codes.version if field.codes is not None else 0,
        "several": field.type.several,
        "derived": bool(field.derived),
        "options": dict(field.options),
        "default": dict(field.default),
        "fields": [_field(one) for one in field.fields],
    }


def _conditions(conditions: Conditions) -> list[dict[str, Any]]:
    return [
        {"field": one.field, "among": list(one.among), "excluded": list(one.excluded)}
        for one in conditions
    ]


def _codes(listed: CodeList) -> dict[str, Any]:
    return {
        "name": listed.name,
        "version": listed.version,
        "label": dict(listed.label.texts),
        "source": listed.source,
        "groups": {name: dict(one.texts) for name, one in listed.groups.items()},
        "codes": [
            {
                "code": one.code,
                "label": dict(one.label.texts),
                "short": dict(one.short.texts),
                "note": dict(one.note.texts),
                "group": one.group,
                "aliases": list(one.aliases),
            }
            for one in listed.codes.values()
        ],
    }
