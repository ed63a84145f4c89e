"""The items of a file, by its name and, of a table, by a specification."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from borderliaison.records.interchange.errors import BadSpec, EmptyFile, UnknownSpec
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.formats.known import READ_SUFFIXES, format_of, reader_of
from borderliaison.records.interchange.imports.specs.known import fitting
from borderliaison.records.interchange.imports.specs.mapping import mapped
from borderliaison.records.interchange.imports.specs.spec import Spec
from borderliaison.records.interchange.imports.specs.tables import Table, read_table
from borderliaison.records.interchange.items import Item

TABLES: Final = (".csv", ".tsv", ".txt", ".xlsx")
SUFFIXES: Final = (*TABLES, *READ_SUFFIXES)
"""How the files end that can be taken in."""

MAX_FORMAT: Final = 20
"""Of the name of a format, as it is kept with its set."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose kind is known.

    Attributes:
        format: the name of its format; of a table, ``table:`` and its specification.
        items: what it has, read while they are asked for.
    """

    format: str
    items: Iterator[Item]


def is_table(name: str) -> bool:
    """Whether a file is a table, by its name."""
    return name.lower().endswith(TABLES)


def check_readable(file: IO[bytes], name: str) -> None:
    """Look whether a file is of a kind that is read here and begins as one: a table, with a heading.

    Raises:
        InterchangeError: it is not.
    """
    found = None if is_table(name) else reader_of(format_of(name, SUFFIXES))
    _check_filled(file)
    if found is None:
        read_table(file, Findings())
    else:
        next(found(file, Findings()), None)


def spec_for(file: IO[bytes], specs: Sequence[Spec]) -> Spec:
    """Return the specification that reads most of a table.

    Raises:
        UnknownSpec: none fits its columns.
        UnreadableFile: it is no table.
    """
    return _fitting(read_table(file, Findings()), specs)


def opened(
    file: IO[bytes],
    name: str,
    findings: Findings,
    specs: Callable[[], Sequence[Spec]],
    spec: Spec | None = None,
) -> Opened:
    """Return what a file has.

    Args:
        file: to be kept open meanwhile.
        name: of the file.
        findings: where flaws are noted.
        specs: the specifications of which a fitting one is taken where none is given.
        spec: how a table is read.

    Raises:
        InterchangeError: the file cannot be read, or nothing says how.
    """
    if not is_table(name):
        found = format_of(name, SUFFIXES)
        reader_of(found)
        _check_filled(file)
        return Opened(found.name, reader_of(found)(file, findings))
    _check_filled(file)
    table = read_table(file, findings)
    chosen = spec or _fitting(table, specs())
    lacking = sorted(chosen.columns() - set(table.columns))
    if lacking:
        raise BadSpec(f"{chosen.name} reads columns that are not there: {', '.join(lacking)}")
    return Opened(f"table:{chosen.name}"[:MAX_FORMAT], mapped(chosen, table.lines, findings))


def _check_filled(file: IO[bytes]) -> None:
    if not file.read(1):
        raise EmptyFile
    file.seek(0)


def _fitting(table: Table, specs: Sequence[Spec]) -> Spec:
    found = fitting(table.columns, specs)
    if not found:
        raise UnknownSpec(f"none reads the columns {', '.join(table.columns)[:200]}")
    return found[0]
