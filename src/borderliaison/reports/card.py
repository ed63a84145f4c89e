"""A report as a card: the facts that matter first, in two columns, and everything else under "More".

Which facts those are is data (``cards/FORM.yaml``). It is no part of a form's released version: it says
how this office shows a report, not what the report says. A form without a file shows all its fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from borderliaison.forms.context import Directory
from borderliaison.forms.icons import icon_of_rows
from borderliaison.forms.schema import Form, FormField
from borderliaison.forms.show import ShownField, ShownPart, show
from borderliaison.forms.times import is_moment, utc_of
from borderliaison.forms.totals import ShownTotal
from borderliaison.forms.words import Words
from borderliaison.ui.parts.things import Known, Thing

WRITTEN = frozenset({"text", "long_text", "lines"})
"""The kinds of fields that hold words of the author."""
_MOMENTS = frozenset({"datetime_local", "window"})


@dataclass(frozen=True, slots=True)
class Named:
    """One fact of a card, as its file names it.

    Attributes:
        side: the column on a wide page, ``left`` or ``right``.
    """

    label: Words
    fields: tuple[str, ...]
    side: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a form's card shows.

    Attributes:
        head: fields that stand in the card's head line.
        due: the field that says until when it holds; empty without one.
    """

    facts: tuple[Named, ...]
    head: frozenset[str] = frozenset()
    due: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One field's part of a fact.

    Attributes:
        kind: ``text``, ``code`` (plates, numbers), ``tag``, ``time``, ``rows``.
        also: the same in another form: the time in UTC.
        lang: the language in which the author wrote it; empty for words of ours.
        rows: of a field that repeats, each row.
        totals: what is summed over the rows.
    """

    text: str
    kind: str = "text"
    icon: str = ""
    also: str = ""
    lang: str = ""
    rows: tuple[Thing, ...] = ()
    totals: tuple[ShownTotal, ...] = ()


@dataclass(frozen=True, slots=True)
class CardFact:
    """One fact with its name.

    Attributes:
        rank: its place in the order of need, for narrow pages.
        due_at: the moment at which it ends, where this is the deadline.
    """

    label: str
    pieces: tuple[Piece, ...]
    rank: int
    side: str = "left"
    due_at: datetime | None = None

    @property
    def is_wide(self) -> bool:
        """Whether it needs the whole width of its column: rows do."""
        return any(one.rows for one in self.pieces)


@dataclass(frozen=True, slots=True)
class CardView:
    """A report's card.

    Attributes:
        more: what does not stand on its sides.
        parts: everything that is filled, in the form's order: what paper shows.
    """

    left: tuple[CardFact, ...]
    right: tuple[CardFact, ...]
    more: tuple[ShownPart, ...]
    parts: tuple[ShownPart, ...]

    @property
    def rest(self) -> int:
        """How many fields stand under "More"."""
        return sum(len(part.rows) for part in self.more)


@cache
def layout_of(form_id: str) -> Layout | None:
    """Return what a form's card shows first; None where no file says so."""
    path = files("borderliaison.reports.cards") / f"{form_id}.yaml"
    if not path.is_file():
        return None
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    facts = tuple(
        Named(Words.read(one["label"]), tuple(one["fields"]), one["side"]) for one in data["facts"]
    )
    return Layout(facts, frozenset(data["head"]), data["due"])


def card_of(
    form: Form, values: Mapping[str, Any], lang: str, directory: Directory, *, version: int = 0
) -> CardView:
    """Return a filled form as a card, in the reader's language.

    Args:
        form: the form, in its version or in the nearest that is here.
        values: what was filled.
        lang: the reader's language.
        directory: the names of the network.
        version: the version it was filled in, where it may be another.
    """
    parts = show(form, values, lang, directory, version=version)
    layout = layout_of(form.form_id)
    if layout is None:
        return CardView((), (), tuple(parts), tuple(parts))
    rows = {row.name: row for part in parts for row in part.rows}
    written = str(values.get("text_language", ""))
    facts = []
    for rank, named in enumerate(layout.facts, start=1):
        found = [rows[name] for name in named.fields if name in rows]
        if not found:
            continue
        ends = values.get(layout.due) if layout.due in named.fields else None
        facts.append(
            CardFact(
                named.label.text(lang),
                tuple(_piece(form, row, written) for row in found),
                rank,
                named.side,
                utc_of(ends["utc"]) if ends and is_moment(ends) else None,
            )
        )
    shown = {name for named in layout.facts for name in named.fields} | layout.head
    return CardView(
        tuple(one for one in facts if one.side == "left"),
        tuple(one for one in facts if one.side == "right"),
        _without(parts, shown),
        tuple(parts),
    )


def _without(parts: list[ShownPart], shown: set[str] | frozenset[str]) -> tuple[ShownPart, ...]:
    left = [
        ShownPart(part.name, part.label, tuple(row for row in part.rows if row.name not in shown))
        for part in parts
    ]
    return tuple(part for part in left if part.rows)


def _piece(form: Form, row: ShownField, written: str) -> Piece:
    if row.kind == "rows":
        return _rows(form, row)
    if row.kind == "plate":
        return Piece(row.text, "code")
    if row.kind in _MOMENTS:
        return Piece(row.text, "time", also=row.also)
    if row.kind in WRITTEN:
        return Piece(row.text, lang=written)
    return _coded(form, row)


def _rows(form: Form, row: ShownField) -> Piece:
    """Return rows with their totals."""
    field = form.field(row.name)
    rows = tuple(
        Thing(
            _sign(field, cells),
            line,
            tuple(
                Known(cell.label, cell.text, cell.kind == "plate")
                for cell in cells
                if cell.name not in field.options["line"]
            ),
        )
        for (_, line), cells in zip(row.items, row.rows, strict=True)
    )
    return Piece(row.text, "rows", rows=rows, totals=telling_totals(row))


def _sign(field: FormField, cells: Sequence[ShownField]) -> str:
    """Return the icon of a row: of its first code that has one, a substance; else of all such rows."""
    codes = {one.name: one.codes for one in field.fields if one.codes is not None}
    coded = (codes[one.name].codes.get(one.code) for one in cells if one.name in codes)
    return next((one.icon for one in coded if one and one.icon), icon_of_rows(field.name))


def telling_totals(row: ShownField) -> tuple[ShownTotal, ...]:
    """Return the totals of rows; one that repeats what one row says is left out."""
    if len(row.totals) < len(row.rows):
        return row.totals
    return tuple(one for one in row.totals if one.note)


def _coded(form: Form, row: ShownField) -> Piece:
    field = next((one for one in form.fields() if one.name == row.name), None)
    known = field.codes.codes.get(row.code) if field is not None and field.codes else None
    if known is None or field is None or field.options.get("as") != "radio":
        return Piece(row.text, also=row.also)
    return Piece(row.text, "tag", known.icon)
