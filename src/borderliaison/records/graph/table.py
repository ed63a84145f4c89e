"""A network from a table: a line of the network in each row, its two ends in two columns. Pure."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from borderliaison.records.graph.errors import BadEdges

_DELIMITERS: Final = ",;\t"


def read_edges(text: str, source: str, target: str) -> list[tuple[str, str]]:
    """Return the two ends of each row.

    Args:
        text: of the table; commas, semicolons or tabs between the columns, whose names come first.
        source: the name of the column of one end.
        target: the name of the column of the other.

    Raises:
        BadEdges: a column is missing, or a row lacks an end.
    """
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    return list(_rows(csv.DictReader(StringIO(text), delimiter=delimiter), source, target))


def _rows(table: "csv.DictReader[str]", source: str, target: str) -> Iterator[tuple[str, str]]:
    columns = [one.strip() for one in table.fieldnames or ()]
    table.fieldnames = columns
    for name in (source, target):
        if name not in columns:
            raise BadEdges(f"{name} is no column; there are {', '.join(columns) or 'none'}")
    for row in table:
        one, other = ((row[name] or "").strip() for name in (source, target))
        if not one or not other:
            raise BadEdges(f"line {table.line_num}: {source if not one else target} is empty")
        yield one, other
