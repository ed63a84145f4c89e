"""What is done to rows of a field that repeats: added, taken away, moved, pasted from a table, undone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.check import is_empty
from borderliaison.forms.pasting import paste
from borderliaison.forms.schema import Form, FormField

ADD: Final = "rows.add"
AGAIN: Final = "rows.again"
REMOVE: Final = "rows.remove"
UP: Final = "rows.up"
DOWN: Final = "rows.down"
PASTE: Final = "rows.paste"
UNDO: Final = "rows.undo"
BUTTONS: Final = frozenset({ADD, AGAIN, REMOVE, UP, DOWN, PASTE, UNDO})
TABLE: Final = "rows.table."
"""Before the name of a field: the input that holds a table to paste."""
_PLACE: Final = re.compile(r"([a-z][a-z0-9_]*)\.(0|[1-9][0-9]{0,2})(?:\.([1-9][0-9]{0,2}))?")

Rows = list[Any]


@dataclass(frozen=True, slots=True)
class PastedTable:
    """What became of a table.

    Attributes:
        first: the place of its first row.
        count: how many of its rows are in the form now.
        over: how many more there are than the form has room for.
        unknown: the headings of columns that fill no field.
        is_unreadable: whether it is too large, or no table.
    """

    first: int = 0
    count: int = 0
    over: int = 0
    unknown: tuple[str, ...] = ()
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class RowMove:
    """What is done to the rows of a field.

    Attributes:
        name: the field.
        rows: its rows afterwards, as typed.
        place: the row that it is about.
        focus: the row to go on with; -1 where there is none.
        pasted: what became of a table, where one was pasted.
    """

    name: str
    rows: Rows
    place: int
    focus: int = -1
    pasted: PastedTable | None = None


def move_asked(form: Form, values: Mapping[str, Any], post: Mapping[str, str]) -> RowMove | None:
    """Return what is to be done to which rows; None where nothing that can be is asked.

    Args:
        form: the form.
        values: as typed.
        post: what the page sent, its buttons among it.
    """
    for button, act in _ACTS.items():
        if button not in post:
            continue
        match = _PLACE.fullmatch(post[button]) if button not in (ADD, PASTE) else None
        name = match[1] if match else post[button]
        field = next((one for one in form.fields() if one.fields and one.name == name), None)
        if field is None:
            return None
        least = field.options.get("min", 0)
        rows = _rows_of(values, field, least)
        place, count = (int(match[2]), int(match[3] or 1)) if match else (len(rows), 1)
        asked = _Asked(field, rows, place, count, least, post.get(f"{TABLE}{name}", ""))
        return act(asked)
    return None


def moved(values: Mapping[str, Any], move: RowMove) -> dict[str, Any]:
    """Return what was typed with the rows as they are afterwards."""
    return {**values, move.name: move.rows}


@dataclass(frozen=True, slots=True)
class _Asked:
    field: FormField
    rows: Rows
    place: int
    count: int
    least: int
    table: str

    @property
    def most(self) -> int:
        limit: int = self.field.options["max"]
        return limit


def _add(asked: _Asked) -> RowMove | None:
    if len(asked.rows) >= asked.most:
        return None
    return RowMove(asked.field.name, [*asked.rows, {}], asked.place, focus=asked.place)


def _again(asked: _Asked) -> RowMove | None:
    """Put one more row below a row, with what was chosen in it: what was typed is of that row alone."""
    rows, place = asked.rows, asked.place
    if place >= len(rows) or len(rows) >= asked.most:
        return None
    like = {
        one.name: kept
        for one in asked.field.fields
        if isinstance(rows[place], Mapping) and (kept := _chosen(one, rows[place].get(one.name)))
    }
    below = place + 1
    return RowMove(asked.field.name, [*rows[:below], like, *rows[below:]], below, focus=below)


def _chosen(field: FormField, raw: Any) -> Any:
    """Return what of an input was chosen from a list: a code, codes, the unit of an amount."""
    if isinstance(raw, Mapping):
        return {"unit": raw["unit"]} if raw.get("unit") else None
    return raw if field.codes is not None else None


def _remove(asked: _Asked) -> RowMove | None:
    rows, place = asked.rows, asked.place
    if place >= len(rows) or len(rows) <= asked.least:
        return None
    return RowMove(asked.field.name, rows[:place] + rows[place + 1 :], max(0, place - 1))


def _up(asked: _Asked) -> RowMove | None:
    rows, place = list(asked.rows), asked.place
    if not 0 < place < len(rows):
        return None
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return RowMove(asked.field.name, rows, place - 1, focus=place - 1)


def _down(asked: _Asked) -> RowMove | None:
    rows, place = list(asked.rows), asked.place
    if place + 1 >= len(rows):
        return None
    rows[place + 1], rows[place] = rows[place], rows[place + 1]
    return RowMove(asked.field.name, rows, place + 1, focus=place + 1)


def _paste(asked: _Asked) -> RowMove:
    """Put the rows of a table after the last row in which something stands."""
    kept = list(asked.rows)
    while kept and is_blank(kept[-1]):
        kept.pop()
    try:
        found = paste(asked.field, asked.table)
    except ValueError:
        table = PastedTable(is_unreadable=True)
        return RowMove(asked.field.name, asked.rows, len(kept), pasted=table)
    room = max(0, asked.most - len(kept))
    come = list(found.rows[:room])
    table = PastedTable(len(kept), len(come), len(found.rows) - len(come), found.unknown)
    rows = _filled_up([*kept, *come], asked.least)
    focus = len(kept) if come else -1
    return RowMove(asked.field.name, rows, len(kept), focus, table)


def is_blank(row: Any) -> bool:
    """Whether nothing stands in a row; the unit of an amount that nobody typed is nothing."""
    if not isinstance(row, Mapping):
        return is_empty(row)
    amounts = [one.get("amount", one) if isinstance(one, Mapping) else one for one in row.values()]
    return is_empty(amounts)


def _undo(asked: _Asked) -> RowMove | None:
    """Take the rows of a table away again, with whatever was typed in them since."""
    rows, first = asked.rows, asked.place
    if first >= len(rows):
        return None
    left = rows[:first] + rows[first + asked.count :]
    return RowMove(asked.field.name, _filled_up(left, asked.least), max(0, first - 1))


_ACTS: Final[Mapping[str, Callable[[_Asked], RowMove | None]]] = {
    ADD: _add,
    AGAIN: _again,
    REMOVE: _remove,
    UP: _up,
    DOWN: _down,
    PASTE: _paste,
    UNDO: _undo,
}


def _rows_of(values: Mapping[str, Any], field: FormField, least: int) -> Rows:
    rows = values.get(field.name)
    return _filled_up(list(rows) if isinstance(rows, list) else [], least)


def _filled_up(rows: Rows, least: int) -> Rows:
    return rows + [{} for _ in range(least - len(rows))]
