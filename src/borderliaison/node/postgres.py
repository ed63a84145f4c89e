"""PostgreSQL without Django: tables, sequences and migrations of one node's database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from borderliaison.kernel.errors import LiaisonError

CONNECT_LIMIT_S = 15


class DatabaseAway(LiaisonError):
    """The PostgreSQL database cannot be reached."""

    code = "E-DB-01"
    retryable = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name and its columns with their types, in order."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def column_names(self) -> sql.Composable:
        """The columns, quoted, for a statement."""
        return sql.SQL(", ").join(sql.Identifier(name) for name, _ in self.columns)


def connect(url: str) -> "psycopg.Connection[Any]":
    """Connect.

    Raises:
        DatabaseAway: it cannot be reached, or does not let this node in.
    """
    try:
        return psycopg.connect(url, connect_timeout=CONNECT_LIMIT_S)
    except psycopg.OperationalError as error:
        raise DatabaseAway(_without_secret(error)) from error


def tables_of(cursor: Any) -> list[Table]:
    """Return the tables of the current schema, by name."""
    cursor.execute(
        "SELECT c.relname, a.attname, t.typname FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid"
        " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        " ORDER BY c.relname, a.attnum"
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in cursor.fetchall():
        columns.setdefault(table, []).append((column, kind))
    return [Table(name, tuple(of_table)) for name, of_table in sorted(columns.items())]


def sequences_of(cursor: Any) -> dict[str, int | None]:
    """Return how far each sequence of the current schema has come; ``None`` before its first number."""
    cursor.execute(
        "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
        " ORDER BY 1"
    )
    return dict(cursor.fetchall())


def set_sequences(cursor: Any, sequences: dict[str, int | None]) -> None:
    """Set each sequence to go on after the number that it has come to."""
    for name, last in sequences.items():
        if last is not None:
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", (name, last))


def empty(cursor: Any, tables: Iterable[Table]) -> None:
    """Take out what the making of the tables has put into them."""
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in tables)
    cursor.execute(sql.SQL("TRUNCATE {}").format(names))


def _without_secret(error: psycopg.Error) -> str:
    """Return the first line of what the server or the library said; neither repeats a password."""
    return str(error).strip().partition("\n")[0]
