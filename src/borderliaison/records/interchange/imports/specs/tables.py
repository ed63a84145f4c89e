"""Tables as files have them: CSV in the encodings and with the separators that occur, and XLSX."""

import codecs
import csv
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from io import TextIOWrapper
from itertools import chain, islice
from typing import IO, Any, Final

from borderliaison.records.interchange.errors import LargeWorkbook, NoHeading, UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.imports.specs.mapping import Line

_LOOKED_AT: Final = 64 * 1024
_SEPARATORS: Final = (",", ";", "\t", "|")
_ENCODINGS: Final = ("utf-8-sig", "cp1251")
_CALLED: Final = "UTF-8, UTF-16, Windows-1251"
"""The encodings, as programs that save tables call them."""
_WIDE: Final = "utf-16"
_AT_ONCE: Final = 1024**2
_COMPARED: Final = 5
"""Lines beneath the heading that are looked at for their separator."""
_NAMED: Final = re.compile(r"sep=(.)\r?\n?")
"""What Excel writes before a table: its separator."""
_ZIP: Final = b"PK\x03\x04"
_MAX_UNPACKED: Final = 128 * 1024**2
_MAX_STRINGS: Final = 32 * 1024**2
"""Of the texts of all sheets, which are held in memory as far as cells ask for them."""
_STRINGS: Final = "sharedstrings.xml"
_MAX_COLUMNS: Final = 1000
_MAX_ROWS: Final = 1_048_576
_MAX_CELLS: Final = 5_000_000
_MAX_CELL: Final = 1024**2
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, LookupError, ValueError,
    TypeError, AttributeError, ArithmeticError, SyntaxError, AssertionError, RuntimeError,
)  # fmt: skip
"""What the library raises of a workbook that is cut or garbled."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        columns: the words of its heading.
        lines: each line with its number in the file, once.
    """

    columns: tuple[str, ...]
    lines: Iterator[Line]


def read_table(file: IO[bytes], findings: Findings) -> Table:
    """Return the table of a file, CSV or XLSX; the first line is the heading.

    Args:
        file: to be kept open while the lines are read.
        findings: where lines are noted that cannot be read.

    Raises:
        UnreadableFile: it is neither.
        NoHeading: its first line names no columns, or two of them alike.
        LargeWorkbook: it is more than a page can bear; also raised while the lines are read.
    """
    start = file.read(_LOOKED_AT)
    file.seek(0)
    rows = _of_workbook(file) if start.startswith(_ZIP) else _of_text(file, start)
    try:
        _, heading = next(rows)
    except StopIteration:
        raise NoHeading from None
    columns = _heading(heading)
    return Table(columns, _lines(columns, rows, findings))


def _heading(cells: Sequence[str]) -> tuple[str, ...]:
    names = [one.strip() for one in cells]
    while names and not names[-1]:
        names.pop()
    twice = sorted({one for one in names if names.count(one) > 1})
    if not names or twice:
        raise NoHeading(", ".join(twice))
    return tuple(names)


def _lines(
    columns: tuple[str, ...], rows: Iterator[tuple[int, list[str]]], findings: Findings
) -> Iterator[Line]:
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            findings.add(Flaw.LINE, number, "")
            continue
        yield number, dict(zip(columns, map(str.strip, cells), strict=False))


def _of_text(file: IO[bytes], start: bytes) -> Iterator[tuple[int, list[str]]]:
    encoding = _encoding(file)
    if encoding != _WIDE and b"\0" in start:
        raise UnreadableFile("it is no table of text")
    csv.field_size_limit(_MAX_CELL)
    text = TextIOWrapper(file, encoding, newline="")
    number = 0
    try:
        first = next(text, "")
        named = _NAMED.fullmatch(first)
        beginning = [*([] if named else [first]), *islice(text, _COMPARED)]
        separator = named[1] if named else _separator(beginning)
        reader = csv.reader(chain(beginning, text), delimiter=separator)
        for cells in reader:
            number = reader.line_num + (named is not None)
            yield number, cells
    except (csv.Error, UnicodeError) as error:
        raise UnreadableFile(f"line {number + 1}: {type(error).__name__}") from error
    finally:
        if not file.closed:
            text.detach()


def _separator(lines: Sequence[str]) -> str:
    """Return the separator that parts the heading, and the lines below it into as many cells."""

    def fits(separator: str) -> tuple[bool, int, int]:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=separator) if cells] or [0]
        return widths[0] > 1, sum(one == widths[0] for one in widths[1:]), widths[0]

    return max(_SEPARATORS, key=fits)


def _encoding(file: IO[bytes]) -> str:
    """Return the first encoding in which all of a file can be read, which is at its beginning then."""
    if file.read(len(codecs.BOM_UTF16)) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        file.seek(0)
        return _WIDE
    for name in _ENCODINGS:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(name)()
        try:
            for some in iter(partial(file.read, _AT_ONCE), b""):
                decoder.decode(some)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        return name
    raise UnreadableFile(f"its letters are in none of {_CALLED}")


def _of_workbook(file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    from borderliaison.records.interchange.imports.specs.workbook import read_workbook  # noqa: PLC0415 - takes a moment, and few processes need it

    try:
        with zipfile.ZipFile(file) as packed:
            _check_size(packed)
        file.seek(0)
        book = read_workbook(file)
    except _BROKEN as error:
        raise UnreadableFile("it is no workbook") from error
    try:
        yield from _rows(book)
    except _BROKEN as error:
        raise UnreadableFile("its sheet is cut or garbled") from error
    finally:
        book.close()


def _check_size(packed: zipfile.ZipFile) -> None:
    """Look at what a workbook says that it unpacks to: more than that is never unpacked.

    Raises:
        LargeWorkbook: it is too much.
    """
    parts = packed.infolist()
    texts = [one for one in parts if one.filename.lower().endswith(_STRINGS)]
    if sum(one.file_size for one in parts) > _MAX_UNPACKED:
        raise LargeWorkbook("unpacked")
    if sum(one.file_size for one in texts) > _MAX_STRINGS:
        raise LargeWorkbook("texts")


def _rows(book: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of the first sheet: as wide as they are, whatever it says of itself."""
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        return
    sheet.reset_dimensions()
    width = many = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        many += len(cells)
        if len(cells) > _MAX_COLUMNS or number > _MAX_ROWS or many > _MAX_CELLS:
            raise LargeWorkbook(f"line {number}")
        if not cells and width:
            continue
        width = width or len(cells)
        yield number, [*map(_cell, cells), *[""] * (width - len(cells))]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = value.time() == time.min
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
