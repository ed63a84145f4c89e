"""A table from a spreadsheet becomes rows of a form: columns by their headings, or else by their order.

What a spreadsheet puts on the clipboard is read as it is: cells between tabs, lines between line ends,
quotes around a cell that holds either. A cell becomes what an officer would have typed in its field; it
is checked like anything typed, so that nothing is refused here and nothing is lost.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.codes import CodeList
from borderliaison.forms.folding import folded
from borderliaison.forms.schema import FormField
from borderliaison.forms.types.choices import NO, YES

MAX_TEXT: Final = 200_000
MAX_LINES: Final = 1_000
_AMOUNT: Final = re.compile(r"(-?[0-9][0-9 \u00a0\u202f.,']*)(.*)", re.DOTALL)
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_SPACES: Final = re.compile(r"[ \u00a0\u202f]")
_BESIDE: Final = re.compile(r"[,(\[]\s*([^,()\[\]]+?)\s*[)\]]?\s*$")


def _plain(heading: str) -> str:
    """Return a heading as it is compared: without points and brackets."""
    return " ".join(re.sub(r"[^\w ]+", " ", folded(heading)).split())


_UNIT_HEADINGS: Final = frozenset(
    map(_plain, ("unit", "units", "ед.", "ед. изм.", "единица", "единица измерения"))
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        field: the field that it fills; None where no field is known by its heading.
        heading: as it stands in the table; empty without headings.
        part: ``unit`` for a column that holds the units of the field before it.
        unit: the code of the unit that the heading names.
    """

    field: FormField | None
    heading: str = ""
    part: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A table as rows.

    Attributes:
        rows: as typed, by field.
        unknown: the headings, or numbers, of columns that fill no field.
        cells: how many cells stood in them and were not taken.
    """

    rows: tuple[dict[str, Any], ...]
    unknown: tuple[str, ...] = ()
    cells: int = 0


def read_table(text: str) -> list[list[str]]:
    """Return the cells of a table, without lines in which nothing stands.

    Args:
        text: from the clipboard; what is beyond ``MAX_TEXT`` signs or ``MAX_LINES`` lines is refused.

    Raises:
        ValueError: it is too large.
    """
    if len(text) > MAX_TEXT:
        raise ValueError("too long")
    kept = io.StringIO(text.strip("\r\n").replace("\x00", ""), newline="")
    lines = [[cell.strip() for cell in line] for line in csv.reader(kept, csv.excel_tab)]
    found = [line for line in lines if any(line)]
    if len(found) > MAX_LINES:
        raise ValueError("too many lines")
    return found


def paste(field: FormField, text: str) -> Pasted:
    """Return the rows of a table for a field that repeats.

    Raises:
        ValueError: the table is too large, or no table.
    """
    try:
        table = read_table(text)
    except csv.Error as error:
        raise ValueError("no table") from error
    if not table:
        return Pasted(())
    columns = _by_heading(field, table[0])
    lines = table[1:] if columns is not None else table
    columns = columns or _by_order(field, max(len(line) for line in table))
    unknown = [(place, one) for place, one in enumerate(columns) if one.field is None]
    rows = tuple(_row(columns, line) for line in lines)
    lost = [
        cell for line in lines for place, _ in unknown for cell in line[place : place + 1] if cell
    ]
    names = tuple(one.heading or str(place + 1) for place, one in unknown)
    return Pasted(rows, names if lost else (), len(lost))


def _by_heading(field: FormField, line: Sequence[str]) -> list[Column] | None:
    """Return the columns that headings name; None where the first line holds none."""
    known = _headings(field)
    columns: list[Column] = []
    for heading in line:
        one = _column(heading, known)
        last = columns[-1].field if columns else None
        if one.field is None and _plain(heading) in _UNIT_HEADINGS and _has_unit(last):
            one = Column(last, heading, "unit")
        taken = {(before.field.name, before.part) for before in columns if before.field}
        if one.field is not None and (one.field.name, one.part) in taken:
            one = Column(None, heading)
        columns.append(one)
    found = sum(one.field is not None for one in columns)
    named = sum(bool(heading) for heading in line)
    return columns if found and found * 2 >= named else None


def _headings(field: FormField) -> dict[str, FormField]:
    known: dict[str, FormField] = {}
    for one in field.fields:
        for name in (*one.label.texts.values(), *one.headings, one.name):
            known.setdefault(_plain(name), one)
    return known


def _column(heading: str, known: Mapping[str, FormField]) -> Column:
    """Return the field that a heading names, also with its unit after it: "Net quantity, kg"."""
    exact = known.get(_plain(heading))
    if exact is not None:
        return Column(exact, heading)
    beside = _BESIDE.search(heading)
    one = known.get(_plain(heading[: beside.start()])) if beside else None
    if beside is None or one is None:
        return Column(None, heading)
    unit = find_code(one.codes, beside[1]) if _has_unit(one) and one.codes else ""
    return Column(one, heading, unit=unit)


def _by_order(field: FormField, width: int) -> list[Column]:
    columns = [Column(one) for one in field.fields[:width]]
    return columns + [Column(None)] * (width - len(columns))


def _has_unit(field: FormField | None) -> bool:
    return field is not None and field.type.name == "decimal"


def _row(columns: Sequence[Column], line: Sequence[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, cell in zip(columns, line, strict=False):
        if column.field is None or not cell:
            continue
        if column.part == "unit":
            quantity = row.setdefault(column.field.name, {"amount": "", "unit": ""})
            quantity["unit"] = find_code(column.field.codes, cell) or quantity["unit"]
        else:
            row[column.field.name] = _typed(column, column.field, cell)
    return row


def _typed(column: Column, field: FormField, cell: str) -> Any:
    """Return a cell as it would be typed in its field."""
    if field.type.name == "decimal":
        return _quantity(column, field, cell)
    read = _READ.get(field.type.name)
    return read(field, cell) if read is not None else cell


def _code(field: FormField, cell: str) -> str:
    return find_code(field.codes, cell) or cell


def _codes(field: FormField, cell: str) -> list[str]:
    said = [one.strip() for one in re.split(r"[;,\n]", cell) if one.strip()]
    return [_code(field, one) for one in said]


def _answer(field: FormField, cell: str) -> str:
    del field
    said, answers = folded(cell), {"yes": YES.values(), "no": NO.values()}
    return next((one for one, words in answers.items() if said in map(folded, words)), cell)


_READ: Final[Mapping[str, Callable[[FormField, str], Any]]] = {
    "code": _code,
    "codes": _codes,
    "boolean": _answer,
    "integer": lambda field, cell: _SPACES.sub("", cell),
    "identifier": lambda field, cell: {"number": cell},
}


def _quantity(column: Column, field: FormField, cell: str) -> dict[str, str]:
    """Return an amount with its unit: of the cell, else of the heading, else the only one there is."""
    match = _AMOUNT.fullmatch(cell)
    if match is None:
        return {"amount": cell, "unit": column.unit}
    only = list(field.codes.codes) if field.codes else []
    unit = find_code(field.codes, match[2]) if match[2].strip() else ""
    unit = unit or column.unit or (only[0] if len(only) == 1 else "")
    return {"amount": _plain_amount(match[1]), "unit": unit}


def _plain_amount(text: str) -> str:
    """Return digits without what sets thousands apart: "1 234,5" and "1,234.5" are 1234.5."""
    plain = re.sub(r"[ \u00a0\u202f']", "", text)
    point = max(plain.rfind("."), plain.rfind(","))
    both = "." in plain and "," in plain
    if both or plain.count(".") > 1 or plain.count(",") > 1:
        whole = re.sub(r"[.,]", "", plain[:point])
        return f"{whole}.{plain[point + 1 :]}" if both else re.sub(r"[.,]", "", plain)
    return plain


def find_code(listed: CodeList | None, text: str) -> str:
    """Return the code that a text says in any language or spelling; empty where none does."""
    if listed is None:
        return ""
    if text in listed.codes:
        return text
    wanted = folded(text)
    for one in listed.codes.values():
        labels = [*one.label.texts.values(), *one.short.texts.values()]
        bare = [_BRACKETS.sub("", label) for label in labels]
        ways = (one.code.replace("_", " "), *labels, *bare, *one.aliases)
        if wanted and wanted in map(folded, ways):
            return one.code
    return ""
