"""Rows of a field that repeats, as the page of a draft shows them, and adding and taking them away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.describe import FieldWidget
from borderliaison.forms.schema import Form
from borderliaison.forms.totals import ShownTotal, totals_in_words
from borderliaison.reports.inputs import Typed, inputs_of, notice_of, when_of
from borderliaison.ui.parts.fields import FieldView, Widget

ADD: Final = "rows.add"
REMOVE: Final = "rows.remove"
_PLACE: Final = re.compile(r"([a-z][a-z0-9_]*)\.(0|[1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class RowView:
    """One row.

    Attributes:
        place: counted from 0, as in the names of its inputs.
        label: what it is called: "Substance 1".
    """

    place: int
    label: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class RowsView:
    """A field that repeats.

    Attributes:
        field: the group as a whole, for its label, hint and error.
        fewest: how many rows it keeps.
        focus: the place of the row that has just been added; -1 where none was.
    """

    name: str
    field: FieldView
    rows: tuple[RowView, ...]
    row: str
    add: str
    fewest: int
    most: int
    totals: tuple[ShownTotal, ...] = ()
    focus: int = -1

    is_rows = True

    @property
    def is_full(self) -> bool:
        """Whether no row can be added."""
        return len(self.rows) >= self.most

    @property
    def can_remove(self) -> bool:
        """Whether a row can be taken away."""
        return len(self.rows) > self.fewest

    @property
    def fields(self) -> tuple[FieldView, ...]:
        """The group and every field of its rows, for the summary of errors."""
        return (self.field, *(one for row in self.rows for one in row.fields))


def rows_of(widget: FieldWidget, typed: Typed, raw: Any, values: Any, focus: int = -1) -> RowsView:
    """Return the rows of a field.

    Args:
        widget: the field.
        typed: what was typed in the form.
        raw: what was typed in this field.
        values: what of it is right, for the totals.
        focus: the row that has just been added.
    """
    group = widget.rows_of
    if group is None:
        raise TypeError(f"{widget.name} does not repeat")
    count = max(len(raw) if isinstance(raw, list) else 0, group.least)
    error = typed.shown.get(widget.name)
    rows = tuple(
        RowView(
            place,
            f"{group.row} {place + 1}",
            tuple(
                view
                for one in group.fields
                for view in inputs_of(one, typed, f"{widget.name}.{place}.")
            ),
        )
        for place in range(count)
    )
    return RowsView(
        name=widget.name,
        field=FieldView(
            name=widget.name,
            label=widget.label,
            widget=Widget.CHECKBOXES,
            hint=widget.hint,
            error=error.text(typed.desk.lang) if error is not None else "",
            is_required=widget.required,
            when=when_of(widget, typed),
            notice=notice_of(widget, typed),
        ),
        rows=rows,
        row=group.row,
        add=group.add,
        fewest=group.least,
        most=group.most,
        totals=totals_in_words(typed.form.field(widget.name), values or (), typed.desk.lang),
        focus=focus,
    )


@dataclass(frozen=True, slots=True)
class RowMove:
    """A row that is added or taken away.

    Attributes:
        place: which row; where one is added, the place that it gets.
    """

    name: str
    place: int
    is_new: bool


def move_asked(form: Form, values: Mapping[str, Any], post: Mapping[str, str]) -> RowMove | None:
    """Return which row is to be added or taken away; None where nothing that can be is asked."""
    repeated = {one.name: one for one in form.fields() if one.fields}
    name = post.get(ADD, "")
    if name in repeated:
        count = _count(values, name, repeated[name].options.get("min", 0))
        return RowMove(name, count, True) if count < repeated[name].options["max"] else None
    match = _PLACE.fullmatch(post.get(REMOVE, ""))
    if match is None or match[1] not in repeated:
        return None
    name, place = match[1], int(match[2])
    fewest = repeated[name].options.get("min", 0)
    count = _count(values, name, fewest)
    return RowMove(name, place, False) if place < count and count > fewest else None


def moved(values: Mapping[str, Any], move: RowMove) -> dict[str, Any]:
    """Return what was typed with a row more or less; the other rows keep what stands in them."""
    rows = list(values.get(move.name, ()))
    if move.is_new:
        rows += [{} for _ in range(move.place - len(rows) + 1)]
    else:
        rows = rows[: move.place] + rows[move.place + 1 :]
    return {**values, move.name: rows}


def _count(values: Mapping[str, Any], name: str, fewest: int) -> int:
    rows = values.get(name, ())
    return max(len(rows) if isinstance(rows, list) else 0, fewest)
