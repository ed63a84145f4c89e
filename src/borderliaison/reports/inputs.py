"""The inputs of a field as the page of a draft shows them, with what was typed and what is wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from borderliaison.forms.check import FieldError
from borderliaison.forms.conditions import Condition
from borderliaison.forms.context import Context
from borderliaison.forms.describe import FieldWidget
from borderliaison.forms.equivalents import equivalent_in_words
from borderliaison.forms.schema import Choice as FormChoice
from borderliaison.forms.schema import Form, FormField, Refused
from borderliaison.reports.drafting import Desk
from borderliaison.ui.parts.fields import Choice, FieldView, Widget
from borderliaison.ui.shell import ClockKind, ClockZone

_WIDGETS = {
    "radio": Widget.RADIOS,
    "select": Widget.SELECT,
    "search": Widget.COMBOBOX,
    "checkboxes": Widget.CHECKBOXES,
    "search_many": Widget.PICKS,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, with what is wrong in it.

    Attributes:
        shown: the errors to show.
        all: these, and what is still missing.
        context: what the check was told.
        left_out: what is filled and does not belong to the report, by field.
    """

    form: Form
    texts: Mapping[str, list[str]]
    shown: Mapping[str, Any]
    all: Mapping[str, Any]
    desk: Desk
    context: Context
    left_out: Mapping[str, FieldError] = field(default_factory=dict)

    @property
    def given(self) -> Mapping[str, Any]:
        """What the program has given the form to begin with."""
        return self.context.given

    def field(self, name: str, row: str) -> FormField:
        """Return a field of the form, or of the row ``seized.0.``."""
        if not row:
            return self.form.field(name)
        cells = self.form.field(row.partition(".")[0]).fields
        return next(one for one in cells if one.name == name)


def inputs_of(widget: FieldWidget, typed: Typed, row: str = "") -> list[FieldView]:
    """Return the inputs of a field.

    Args:
        widget: the field, named without its row.
        typed: what was typed.
        row: of a field in a row: ``seized.0.``; else empty.
    """
    if widget.type == "decimal":
        return [_quantity(widget, typed, row)]
    if widget.type == "identifier":
        return [_identifier(widget, typed, row)]
    return [_input(widget, typed, row, name) for name in widget.inputs]


def _input(widget: FieldWidget, typed: Typed, row: str, name: str) -> FieldView:
    kind = _widget_of(widget)
    many = kind in (Widget.CHECKBOXES, Widget.PICKS)
    said = tuple(typed.texts.get(row + name, []))
    is_moment = kind is Widget.DATETIME
    return FieldView(
        name=row + name,
        label=_input_label(widget, name),
        widget=kind,
        value=said if many else next(iter(said), ""),
        choices=() if is_moment else _choices(widget),
        words_url=reverse("reports:words", args=widget.found_in) if widget.found_in else "",
        hint=widget.hint if name == widget.inputs[0] else "",
        aside=_counted(widget, typed),
        unit=_offset(typed.desk.around.zone()) if is_moment else widget.unit,
        error=_error(widget, typed, row, (row + name,)),
        is_required=widget.required,
        columns=_columns(widget, kind),
        rows=widget.rows,
        maxlength=widget.maxlength,
        attributes=_quick(typed, widget, name) if is_moment and not row else (),
        when=when_of(widget, typed, row),
        notice=notice_of(widget, typed, row) if name == widget.inputs[0] else "",
    )


def _columns(widget: FieldWidget, kind: Widget) -> int:
    """Return how many of 12 columns an input takes; some have need of more than their form gives them."""
    if kind in (Widget.CHECKBOXES, Widget.PICKS):
        return 12
    least = 6 if kind is Widget.POSITION else 2
    return max(least, widget.columns // len(widget.inputs))


def _identifier(widget: FieldWidget, typed: Typed, row: str) -> FieldView:
    """Return a number; once it does not fit its scheme, with the box that keeps it as it is."""
    number, mark = widget.inputs
    view = _input(replace(widget, inputs=(number,)), typed, row, number)
    is_marked = bool(typed.texts.get(row + mark))
    if not is_marked and not view.error:
        return view
    label = _("So written on the thing: keep it")
    tick = FieldView(row + mark, label, Widget.CHECKBOX, "yes" if is_marked else "")
    return replace(view, tick=tick)


def notice_of(widget: FieldWidget, typed: Typed, row: str = "") -> str:
    """Return what is said of a field that is left out; empty for any other."""
    notice = typed.left_out.get(row + widget.name)
    if notice is None:
        return ""
    return _("Left out of the report. %(why)s.") % {"why": notice.text(typed.desk.lang)}


def _quantity(widget: FieldWidget, typed: Typed, row: str) -> FieldView:
    """Return an amount with its unit inside: a list where there are several, else in words."""
    amount, unit = (row + name for name in widget.inputs)
    view = replace(
        _input(replace(widget, inputs=(widget.inputs[0],), unit=""), typed, row, widget.inputs[0]),
        choices=(),
        error=_error(widget, typed, row, (amount, unit)),
        aside=_equivalent(widget, typed, row),
        is_live=bool(typed.field(widget.name, row).options.get("shown_in")),
    )
    beside = FieldView(
        name=unit,
        label=_("%(label)s, unit") % {"label": widget.label},
        widget=Widget.SELECT,
        value=next(iter(typed.texts.get(unit, [])), ""),
        choices=tuple(_choice(one) for one in widget.options),
        is_required=widget.required,
    )
    if len(widget.options) == 1:
        only = widget.options[0]
        beside = replace(beside, widget=Widget.HIDDEN, value=only.value, choices=())
        view = replace(view, unit=only.label)
    return replace(view, beside=beside)


def _equivalent(widget: FieldWidget, typed: Typed, row: str) -> str:
    """Return what the quantity that is typed now is in the unit that its field wants to see."""
    quantity = typed.field(widget.name, row)
    parts = {
        part: typed.texts.get(f"{row}{widget.name}.{part}", [""]) for part in ("amount", "unit")
    }
    try:
        value = quantity.type.read(quantity.type.collect(parts), quantity, typed.context)
    except Refused:
        return ""
    by = quantity.options.get("by", "")
    codes = typed.texts.get(row + by) or typed.texts.get(by) or [""]
    beside = {by: codes[0]}
    return equivalent_in_words(quantity, value, beside, typed.desk.lang)


def _choices(widget: FieldWidget) -> tuple[Choice, ...]:
    """Return what can be chosen; the spellings of a code list come from an address of their own."""
    choices = tuple(_choice(one) for one in widget.options)
    return tuple(replace(one, words="") for one in choices) if widget.found_in else choices


def _choice(one: FormChoice) -> Choice:
    return Choice(one.value, one.label, one.note, one.icon, one.group, one.words)


def _error(widget: FieldWidget, typed: Typed, row: str, names: tuple[str, ...]) -> str:
    """Return the error that stands at these inputs; at the first where it names none of the field's."""
    error = typed.shown.get(row + widget.name)
    if error is None:
        return ""
    known = {row + name for name in widget.inputs}
    at_first = error.input not in known and names[0] == row + widget.inputs[0]
    return str(error.text(typed.desk.lang)) if error.input in names or at_first else ""


def _counted(widget: FieldWidget, typed: Typed) -> str:
    """Return what the program has counted, beside what the officer may change."""
    counted = typed.given.get(widget.given) if widget.type == "integer" else None
    return _("from the reports: %(n)s") % {"n": counted} if counted else ""


def when_of(widget: FieldWidget, typed: Typed, row: str = "") -> str:
    """Return the conditions of a field for the page: input, kind and values of each."""
    if not widget.depends_on:
        return ""
    group = typed.form.field(row.partition(".")[0]).fields if row else ()
    within = {one.name for one in group}
    said = [_condition(one, row if one.field in within else "") for one in widget.depends_on]
    return json.dumps(said, ensure_ascii=False)


def _condition(one: Condition, row: str) -> list[str]:
    kind = "is" if one.among else "not" if one.excluded else "filled"
    return [row + one.field, kind, *one.among, *one.excluded]


def _quick(typed: Typed, widget: FieldWidget, name: str) -> tuple[tuple[str, str | bool], ...]:
    """Return the moments that one click puts into a field: its words and where to count from."""
    options = typed.form.field(widget.name).options
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
    elif name == "answer_by":
        offered = [(words, f"now+{hours}") for words, hours in typed.given.get("answer_within", ())]
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
        case "plate" | "identifier":
            return Widget.CODE
        case "integer" | "decimal":
            return Widget.NUMBER
        case "position":
            return Widget.POSITION
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
