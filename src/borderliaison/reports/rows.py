"""Rows of a field that repeats, as the page of a draft shows them."""

from dataclasses import dataclass
from typing import Any

from borderliaison.forms.describe import FieldWidget
from borderliaison.forms.totals import ShownTotal, totals_in_words
from borderliaison.reports.inputs import Typed, inputs_of, notice_of, when_of
from borderliaison.reports.row_moves import PastedTable, RowMove
from borderliaison.ui.parts.fields import FieldView, Widget


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
        focus: the place of the row that has just been added or moved; -1 where none was.
        pasted: what became of a table that has just been pasted.
        columns: what the fields of a row are called, in order.
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
    pasted: PastedTable | None = None
    columns: str = ""

    is_rows = True

    @property
    def is_full(self) -> bool:
        """Whether no row can be added."""
        return len(self.rows) >= self.most

    @property
    def wrong(self) -> int:
        """How many fields of the rows of a table that has just been pasted are wrong."""
        if self.pasted is None:
            return 0
        come = self.rows[self.pasted.first : self.pasted.first + self.pasted.count]
        return sum(bool(one.error) for row in come for one in row.fields)

    @property
    def can_remove(self) -> bool:
        """Whether a row can be taken away."""
        return len(self.rows) > self.fewest

    @property
    def fields(self) -> tuple[FieldView, ...]:
        """The group and every field of its rows, for the summary of errors."""
        return (self.field, *(one for row in self.rows for one in row.fields))


def rows_of(
    widget: FieldWidget, typed: Typed, raw: Any, values: Any, move: RowMove | None = None
) -> RowsView:
    """Return the rows of a field.

    Args:
        widget: the field.
        typed: what was typed in the form.
        raw: what was typed in this field.
        values: what of it is right, for the totals.
        move: what was done to its rows just now; None where nothing was.
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
        columns=", ".join(one.label for one in group.fields),
        focus=move.focus if move is not None else -1,
        pasted=move.pasted if move is not None else None,
    )
