"""The parts of a form as the page of a draft shows them, and how far each is filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import ngettext

from borderliaison.forms.describe import FieldWidget, PartWidget
from borderliaison.reports.inputs import Typed, inputs_of
from borderliaison.reports.row_moves import RowMove, is_blank
from borderliaison.reports.rows import RowsView, rows_of
from borderliaison.ui.parts.fields import FieldView


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
        folded: fields for other kinds of crossing point than the office's.
    """

    name: str
    number: int
    label: str
    hint: str = ""
    fields: tuple[FieldView | RowsView, ...] = ()
    state: PartState = PartState.EMPTY
    note: str = ""
    folded: tuple[FieldView | RowsView, ...] = ()

    @property
    def inputs(self) -> tuple[FieldView, ...]:
        """Every field of the part, those of rows among them."""
        return tuple(
            view
            for one in (*self.fields, *self.folded)
            for view in (one.fields if isinstance(one, RowsView) else (one,))
        )


@dataclass(frozen=True, slots=True)
class Filled:
    """What a draft holds.

    Attributes:
        raw: as typed, by field.
        values: what of it is right.
        move: what was done to rows just now.
        point_kinds: the kinds of the office's crossing point.
    """

    raw: Mapping[str, Any]
    values: Mapping[str, Any]
    move: RowMove | None = None
    point_kinds: frozenset[str] = frozenset()

    def shows(self, widget: FieldWidget) -> bool:
        """Whether a field stands openly: it fits the crossing point, or something is filled in."""
        fits = not (widget.point_kinds and self.point_kinds)
        fits = fits or bool(self.point_kinds & set(widget.point_kinds))
        return fits or not is_blank({widget.name: self.raw.get(widget.name)})


OF_THE_PAGE: Final = frozenset({"files", "cover", "to"})
"""The parts that the page itself has; a form may call one of its own so."""


def part_of(place: int, part: PartWidget, typed: Typed, filled: Filled) -> PartView:
    """Return a part with its fields, and how far it is filled in."""
    typed_fields = [one for one in part.fields if not one.derived]
    views = _views_of([one for one in typed_fields if filled.shows(one)], typed, filled)
    folded = _views_of([one for one in typed_fields if not filled.shows(one)], typed, filled)
    names = {one.name for one in typed_fields}
    wrong, left = _count(typed.shown, names), _count(typed.all, names)
    name = f"of-form-{part.name}" if part.name in OF_THE_PAGE else part.name
    shown = PartView(name, place, part.label, part.hint, views, folded=folded)
    begun = any(one.values for one in shown.inputs)
    if wrong:
        state = PartState.WRONG
        note = ngettext("%(n)d error", "%(n)d errors", wrong) % {"n": wrong}
    elif not left:
        state, note = (PartState.DONE if begun else PartState.EMPTY), ""
    else:
        state = PartState.BEGUN if begun else PartState.EMPTY
        note = ngettext("%(n)d to fill in", "%(n)d to fill in", left) % {"n": left}
    return replace(shown, state=state, note=note)


def _views_of(
    widgets: list[FieldWidget], typed: Typed, filled: Filled
) -> tuple[FieldView | RowsView, ...]:
    return tuple(view for one in widgets for view in _views(one, typed, filled))


def _count(errors: Iterable[str], names: set[str]) -> int:
    """Count the errors of fields, those in rows among them."""
    return sum(one.partition(".")[0] in names for one in errors)


def _views(widget: FieldWidget, typed: Typed, filled: Filled) -> list[FieldView | RowsView]:
    if widget.rows_of is None:
        return [*inputs_of(widget, typed)]
    move = filled.move if filled.move is not None and filled.move.name == widget.name else None
    raw, values = filled.raw.get(widget.name), filled.values.get(widget.name)
    return [rows_of(widget, typed, raw, values, move)]
