"""What a template needs to draw a form: parts, fields, inputs, options. No HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.conditions import Conditions
from borderliaison.forms.context import EMPTY_DIRECTORY, Context, Directory
from borderliaison.forms.schema import Choice, Form, FormField, Part
from borderliaison.forms.times import zone_of
from borderliaison.forms.words import Words


@dataclass(frozen=True, slots=True)
class FieldWidget:
    """What a template needs to draw one field.

    Attributes:
        name: the field's name; the names of its inputs are in ``inputs``.
        type: the field type's name.
        label: what stands above it.
        hint: what stands below it; may be empty.
        required: whether it is always needed.
        required_when: when else it is needed.
        options: what can be chosen; empty where one types.
        choose_as: ``radio``, ``select``, ``search``, ``checkboxes``, ``search_many``; empty where
            one types.
        inputs: names of its inputs: ``("window.from", "window.until")``; one for most.
        unit: the unit or zone that stands inside the field, where there is only one.
        maxlength: the most characters; 0 without limit.
        rows: how many lines the field shows; 1 for one line.
        columns: how many of 12 columns it takes.
        depends_on: when the field belongs to the form at all.
        point_kinds: the kinds of crossing point at which it is offered openly.
        derived: whether the system fills it.
        given: the name of what the program gives it to begin with; empty where it gives nothing.
        rows_of: of a field that repeats: what is needed to draw its rows.
        found_in: name and version of the code list in which one finds by typing; else None.
    """

    name: str
    type: str
    label: str
    hint: str = ""
    required: bool = False
    required_when: Conditions = ()
    options: tuple[Choice, ...] = ()
    choose_as: str = ""
    inputs: tuple[str, ...] = ()
    unit: str = ""
    maxlength: int = 0
    rows: int = 1
    columns: int = 12
    depends_on: Conditions = ()
    point_kinds: tuple[str, ...] = ()
    derived: bool = False
    given: str = ""
    rows_of: "RowsWidget | None" = None
    found_in: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class RowsWidget:
    """What a template needs to draw rows.

    Attributes:
        fields: the fields of one row, named without their row.
        row: what one row is called.
        add: the words of the button that adds one.
        least: how many rows an empty form shows.
        most: how many there can be.
    """

    fields: tuple[FieldWidget, ...]
    row: str
    add: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class PartWidget:
    """What a template needs to draw one part."""

    name: str
    label: str
    hint: str
    fields: tuple[FieldWidget, ...]


_PLACE: Final = re.compile(r"0|[1-9][0-9]{0,2}")
_LINES = {"lines": 3, "case_numbers": 2}


def describe(form: Form, lang: str, directory: Directory = EMPTY_DIRECTORY) -> list[PartWidget]:
    """Return the form as a template draws it.

    Args:
        form: the form.
        lang: the officer's language.
        directory: what office, crossing and agency fields offer.
    """
    return [
        PartWidget(
            part.name,
            part.label.text(lang),
            part.hint.text(lang),
            tuple(_widget(one, lang, directory) for one in part.fields),
        )
        for part in form.parts
    ]


def _widget(field: FormField, lang: str, directory: Directory) -> FieldWidget:
    options = field.type.choices(field, lang, directory)
    limit = field.options.get("max_length", 0)
    return FieldWidget(
        name=field.name,
        type=field.type.name,
        label=field.label.text(lang),
        hint=field.hint.text(lang),
        required=field.required,
        required_when=field.required_when,
        options=options,
        choose_as=_choose_as(field),
        inputs=input_names(field),
        unit=options[0].label if field.type.name == "decimal" and len(options) == 1 else "",
        maxlength=limit if field.type.name in ("text", "long_text") else 0,
        rows=field.options.get("rows", _LINES.get(field.type.name, 1)),
        columns=field.columns,
        depends_on=field.when,
        point_kinds=field.point_kinds,
        derived=bool(field.derived),
        given=field.default.get("given", ""),
        rows_of=_rows(field, lang, directory) if field.fields else None,
        found_in=_found_in(field),
    )


def _found_in(field: FormField) -> tuple[str, int] | None:
    if field.codes is None or field.options.get("as") != "search":
        return None
    return field.codes.name, field.codes.version


def _rows(field: FormField, lang: str, directory: Directory) -> RowsWidget:
    return RowsWidget(
        fields=tuple(_widget(one, lang, directory) for one in field.fields),
        row=Words.read(field.options["row"]).text(lang),
        add=Words.read(field.options["add"]).text(lang),
        least=field.options.get("min", 0),
        most=field.options["max"],
    )


def _choose_as(field: FormField) -> str:
    match field.type.name:
        case "codes":
            return "search_many" if field.options.get("as") == "search" else "checkboxes"
        case "agencies":
            return "checkboxes"
        case "boolean":
            return "radio"
        case "code" | "office" | "crossing":
            return str(field.options.get("as", "select"))
        case "rows":
            return "rows"
        case _:
            return ""


def input_names(field: FormField) -> tuple[str, ...]:
    """Return the names of a field's inputs: ``window.from``."""
    return tuple(f"{field.name}.{part}" if part else field.name for part in field.type.inputs)


def collect(form: Form, given: Mapping[str, list[str]]) -> dict[str, Any]:
    """Make what ``check`` takes from the texts of the inputs, as a browser sends them.

    Inputs that the form does not have are passed on, so that ``check`` can name them.

    Args:
        form: the form.
        given: input name -> texts (``dict(request.POST.lists())``, without the page's own inputs).
    """
    raw: dict[str, Any] = {}
    taken: set[str] = set()
    for field in form.fields():
        if field.fields:
            rows, names_of_rows = _collect_rows(field, given)
            taken |= names_of_rows
            if rows:
                raw[field.name] = rows
            continue
        names = input_names(field)
        here = {
            part: given[name]
            for part, name in zip(field.type.inputs, names, strict=True)
            if name in given
        }
        taken.update(names)
        if here:
            raw[field.name] = field.type.collect(here)
    for name, texts in given.items():
        if name not in taken and name not in raw:
            raw[name] = texts
    return raw


def _collect_rows(
    field: FormField, given: Mapping[str, list[str]]
) -> tuple[list[dict[str, Any]], set[str]]:
    """Make the rows of a field, in the order of their numbers, and name the inputs that they took."""
    rows: dict[int, dict[str, list[str]]] = {}
    taken = set()
    for name, texts in given.items():
        place, _, rest = name.removeprefix(f"{field.name}.").partition(".")
        if name.startswith(f"{field.name}.") and rest and _PLACE.fullmatch(place):
            rows.setdefault(int(place), {})[rest] = texts
            taken.add(name)
    cells = Part("", field.label, field.fields)
    form = Form("", 0, field.label, (cells,))
    return [collect(form, rows[place]) for place in sorted(rows)], taken


def spread(form: Form, raw: Any, zone: str = "") -> dict[str, list[str]]:
    """Return the texts of the inputs for what was typed, or for checked values: ``collect`` undone.

    Args:
        form: the form.
        raw: what was typed (a draft), or checked values (a correction).
        zone: the zone in which times will be typed; empty for each time's own.
    """
    texts: dict[str, list[str]] = {}
    if not isinstance(raw, Mapping):
        return texts
    for field in form.fields():
        if field.name not in raw:
            continue
        for part, said in field.type.spread(raw[field.name], field, zone).items():
            texts[f"{field.name}.{part}" if part else field.name] = said
    return texts


def begin(form: Form, context: Context) -> dict[str, Any]:
    """Return what an empty form begins with, as ``raw``: its defaults, and what the context gives.

    Raises:
        Refused: the context names a time zone that does not exist.
    """
    raw: dict[str, Any] = {}
    local = context.now.astimezone(zone_of(context.zone))
    given = {"now": f"{local:%Y-%m-%d %H:%M}", **context.given}
    for field in form.fields():
        if field.default.get("given") in given:
            raw[field.name] = given[field.default["given"]]
        elif "value" in field.default:
            listed = list(field.default["value"])
            raw[field.name] = listed if field.type.several else listed[0]
        if not field.applies(raw):
            raw.pop(field.name, None)
    return raw
