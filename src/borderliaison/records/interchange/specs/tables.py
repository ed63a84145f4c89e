"""Tables as files have them: CSV in the encodings and with the separators that occur, and XLSX."""

import codecs
import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import IO, Any, Final

from borderliaison.records.interchange.errors import UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.specs.mapping import Line

_LOOKED_AT: Final = 64 * 1024
_SEPARATORS: Final = (",", ";", "\t", "|")
_ENCODINGS: Final = ("utf-8-sig", "cp1251")
_ZIP: Final = b"PK\x03\x04"
_MAX_UNPACKED: Final = 2 * 1024**3
_MAX_CELL: Final = 1024**2


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
        UnreadableFile: it is neither, or has no heading.
    """
    start = file.read(_LOOKED_AT)
    file.seek(0)
    rows = _of_workbook(file) if start.startswith(_ZIP) else _of_text(file, start)
    try:
        _, heading = next(rows)
    except StopIteration:
        raise UnreadableFile("there is no line in it") from None
    columns = _heading(heading)
    return Table(columns, _lines(columns, rows, findings))


def _heading(cells: Sequence[str]) -> tuple[str, ...]:
    names = [one.strip() for one in cells]
    while names and not names[-1]:
        names.pop()
    twice = sorted({one for one in names if names.count(one) > 1})
    if not names or twice:
        raise UnreadableFile(
            f"the heading has a column twice: {', '.join(twice)}"
            if twice
            else "the heading is empty"
        )
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
    if b"\0" in start:
        raise UnreadableFile("it is no table of text")
    decoder = codecs.getincrementaldecoder(_encoding(start))()
    lines = (decoder.decode(one) for one in file)
    first = next(lines, "")
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(chain([first] if first else [], lines), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableFile(f"line {reader.line_num + 1}: {type(error).__name__}") from error


def _encoding(start: bytes) -> str:
    """Return the first encoding in which the beginning can be read; a letter may be cut at its end."""
    for name in _ENCODINGS:
        try:
            codecs.getincrementaldecoder(name)().decode(start)
        except UnicodeDecodeError:
            continue
        return name
    raise UnreadableFile(f"its letters are none of {', '.join(_ENCODINGS)}")


def _of_workbook(file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a moment, and few processes need it

    try:
        with zipfile.ZipFile(file) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MAX_UNPACKED:
                raise UnreadableFile("it unpacks to more than 2 GB")
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFile("it is no workbook") from error
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        rows = sheet.iter_rows(values_only=True) if sheet is not None else ()
        width = 0
        for number, cells in enumerate(rows, start=1):
            width = width or len(cells)
            yield number, [*map(_cell, cells), *[""] * (width - len(cells))]
    finally:
        book.close()


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
