"""What a correction changes: the fields whose values differ, and how they read before and after."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from borderliaison.forms.check import is_empty
from borderliaison.forms.context import EMPTY_DIRECTORY, Directory
from borderliaison.forms.foreign import said_name
from borderliaison.forms.schema import Form, FormField, Part
from borderliaison.forms.show import plain, show_field
from borderliaison.forms.words import Words


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose value differs. ``old`` or ``new`` is None where it is empty."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in words. The text of an empty value is empty."""

    name: str
    label: str
    old: str
    new: str


def diff(form: Form, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the fields that differ, in the form's order; unknown ones last, by name."""
    known = [one.name for one in form.fields()]
    others = sorted((set(old) | set(new)) - set(known))
    found = []
    for name in [*known, *others]:
        before, after = (None if is_empty(one.get(name)) else one[name] for one in (old, new))
        if before != after or type(before) is not type(after):
            found.append(Change(name, before, after))
    return tuple(found)


def show_diff(
    form: Form, changes: tuple[Change, ...], lang: str, directory: Directory = EMPTY_DIRECTORY
) -> tuple[ShownChange, ...]:
    """Return changes in words."""
    fields = {one.name: one for one in form.fields()}

    def text(name: str, value: Any) -> str:
        if value is None:
            return ""
        return (
            show_field(fields[name], value, lang, directory).text
            if name in fields
            else plain(value)
        )

    shown: list[ShownChange] = []
    for one in changes:
        field = fields.get(one.name)
        if field is not None and field.fields and _are_rows(field, one):
            shown += _show_rows(field, one, lang, directory)
            continue
        label = field.label.text(lang) if field is not None else said_name(one.name)
        shown.append(ShownChange(one.name, label, text(one.name, one.old), text(one.name, one.new)))
    return tuple(shown)


def _are_rows(field: FormField, change: Change) -> bool:
    sides = (change.old, change.new)
    return all(side is None or field.type.is_value(side, field) for side in sides)


def _show_rows(
    field: FormField, change: Change, lang: str, directory: Directory
) -> Iterator[ShownChange]:
    """Say which rows came, went, or changed in which of their fields; rows that stayed are left out."""
    old, new = change.old or [], change.new or []
    keys = [[json.dumps(row, sort_keys=True) for row in rows] for rows in (old, new)]
    called = Words.read(field.options["row"]).text(lang)
    steps = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    for kind, i1, i2, j1, j2 in steps:
        if kind == "equal":
            continue
        for before, after in zip_longest(range(i1, i2), range(j1, j2)):
            place = (after if after is not None else before) or 0
            label = f"{called} {place + 1}"
            if before is not None and after is not None:
                yield from _show_row(field, (old[before], new[after]), label, lang, directory)
                continue
            row = old[before] if before is not None else new[after]
            said = _row_in_words(field, row, lang, directory)
            gone = before is not None
            yield ShownChange(field.name, label, said if gone else "", "" if gone else said)


def _show_row(
    field: FormField,
    rows: tuple[Mapping[str, Any], Mapping[str, Any]],
    label: str,
    lang: str,
    directory: Directory,
) -> Iterator[ShownChange]:
    cells = Form("", 0, field.label, (Part("", field.label, field.fields),))
    for one in show_diff(cells, diff(cells, *rows), lang, directory):
        yield ShownChange(f"{field.name}.{one.name}", f"{label} · {one.label}", one.old, one.new)


def _row_in_words(field: FormField, row: Mapping[str, Any], lang: str, directory: Directory) -> str:
    rows = show_field(field, [row], lang, directory).rows
    return "; ".join(f"{one.label}: {one.text}" for one in rows[0])
