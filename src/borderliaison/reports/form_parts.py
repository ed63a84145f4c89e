"""The parts of a form as the page of a draft shows them: fields with what was typed and what is wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borderliaison.forms.describe import FieldWidget, PartWidget
from borderliaison.forms.schema import Form
from borderliaison.reports.drafting import Desk
from borderliaison.ui.parts.fields import Choice, FieldView, Widget
from borderliaison.ui.shell import ClockKind, ClockZone

_WIDGETS = {
    "radio": Widget.RADIOS,
    "select": Widget.SELECT,
    "checkboxes": Widget.CHECKBOXES,
}


class PartState(StrEnum):
    """How far a part of the form is filled in."""

    EMPTY = "empty"
    BEGUN = "begun"
    DONE = "done"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the form as the page shows it.

    Attributes:
        note: beside its name in the list of parts: "1 error", "2 to fill in".
    """

    name: str
    number: int
    label: str
    hint: str = ""
    fields: tuple[FieldView, ...] = ()
    state: PartState = PartState.EMPTY
    note: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, with what is wrong in it.

    Attributes:
        shown: the errors to show.
        all: these, and what is still missing.
    """

    form: Form
    texts: Mapping[str, list[str]]
    shown: Mapping[str, Any]
    all: Mapping[str, Any]
    desk: Desk


def part_of(place: int, part: PartWidget, typed: Typed) -> PartView:
    """Return a part with its fields, and how far it is filled in."""
    typed_fields = [one for one in part.fields if not one.derived]
    views = tuple(view for one in typed_fields for view in _fields(one, typed))
    wrong = sum(one.name in typed.shown for one in typed_fields)
    left = sum(one.name in typed.all for one in typed_fields)
    filled = any(one.values for one in views)
    if wrong:
        state = PartState.WRONG
        note = ngettext("%(n)d error", "%(n)d errors", wrong) % {"n": wrong}
    elif not left:
        state, note = (PartState.DONE if filled else PartState.EMPTY), ""
    else:
        state = PartState.BEGUN if filled else PartState.EMPTY
        note = ngettext("%(n)d to fill in", "%(n)d to fill in", left) % {"n": left}
    return PartView(part.name, place, part.label, part.hint, views, state, note)


def _fields(widget: FieldWidget, typed: Typed) -> list[FieldView]:
    lang = typed.desk.lang
    error = typed.shown.get(widget.name)
    kind = _widget_of(widget)
    many = kind is Widget.CHECKBOXES
    columns = 12 if many else max(3, widget.columns // len(widget.inputs))
    choices = tuple(Choice(one.value, one.label, one.note, one.icon) for one in widget.options)
    views: list[FieldView] = []
    for name in widget.inputs:
        said = tuple(typed.texts.get(name, []))
        at_this = error is not None and error.input == name
        at_first = error is not None and error.input not in widget.inputs and not views
        views.append(
            FieldView(
                name=name,
                label=_input_label(widget, name),
                widget=kind,
                value=said if many else next(iter(said), ""),
                choices=choices if kind is not Widget.DATETIME else (),
                hint=widget.hint if name == widget.inputs[0] else "",
                unit=_offset(typed.desk.around.zone()) if kind is Widget.DATETIME else widget.unit,
                error=error.text(lang) if error is not None and (at_this or at_first) else "",
                is_required=widget.required,
                columns=columns,
                rows=widget.rows,
                maxlength=widget.maxlength,
                attributes=_quick(typed.form, widget, name) if kind is Widget.DATETIME else (),
            )
        )
    return views


def _quick(form: Form, widget: FieldWidget, name: str) -> tuple[tuple[str, str | bool], ...]:
    """Return the moments that one click puts into a field: its words and where to count from."""
    options = form.field(widget.name).options
    after = options.get("not_before", "")
    offered: list[tuple[str, str]] = []
    follows = ""
    if name.endswith(".until"):
        start = f"{widget.name}.from"
        offered = [
            (_("+6 h"), f"{start}+6"),
            (_("+24 h"), f"{start}+24"),
            (_("+3 days"), f"{start}+72"),
            (_("+7 days"), f"{start}+168"),
        ]
    elif name.endswith(".from") or options.get("not_future"):
        offered = [(_("now"), "now+0")]
    elif after:
        offered = [(_("with the window"), f"{after}+0"), (_("a day later"), f"{after}+24")]
        follows = str(after)
    quick = [("data-quick", json.dumps(offered, ensure_ascii=False))] if offered else []
    return (*quick, *([("data-follows", follows)] if follows else []))


def _offset(zone: str) -> str:
    return ClockZone(ClockKind.LOCAL, "", zone).offset(datetime.now(UTC))


def _widget_of(widget: FieldWidget) -> Widget:
    if widget.choose_as:
        return _WIDGETS[widget.choose_as]
    match widget.type:
        case "datetime_local" | "window":
            return Widget.DATETIME
        case "plate":
            return Widget.CODE
        case _:
            return Widget.TEXTAREA if widget.rows > 1 else Widget.TEXT


def _input_label(widget: FieldWidget, name: str) -> str:
    match name.rpartition(".")[2]:
        case "from":
            return _("%(label)s, from") % {"label": widget.label}
        case "until":
            return _("%(label)s, until") % {"label": widget.label}
        case _:
            return widget.label
