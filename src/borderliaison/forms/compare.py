"""What a correction changes: the fields whose values differ, and how they read before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from borderliaison.forms.check import is_empty
from borderliaison.forms.context import EMPTY_DIRECTORY, Directory
from borderliaison.forms.schema import Form
from borderliaison.forms.show import plain, show_field


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

    return tuple(
        ShownChange(
            one.name,
            fields[one.name].label.text(lang) if one.name in fields else one.name,
            text(one.name, one.old),
            text(one.name, one.new),
        )
        for one in changes
    )
