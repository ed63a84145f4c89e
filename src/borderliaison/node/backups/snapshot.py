"""A consistent copy of the database while everything runs, into a folder.

SQLite: the online backup API in one step, which reads one snapshot of the write-ahead log and keeps no
writer out. PostgreSQL: COPY of every table in one REPEATABLE READ transaction; the format is text, so
that it can be read by any later server, and no program of the server's is needed.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from borderliaison.node.backups.errors import DamagedBackup
from borderliaison.node.backups.manifest import CopiedTable
from borderliaison.node.postgres import connect, sequences_of, tables_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was copied; ``tables`` and ``sequences`` are PostgreSQL's."""

    migrations: tuple[str, ...]
    tables: tuple[CopiedTable, ...] = ()
    sequences: tuple[tuple[str, int | None], ...] = ()


def copy_sqlite(source: Path, folder: Path) -> Snapshot:
    """Copy a SQLite database to ``folder/node.sqlite3``.

    Raises:
        DamagedBackup: the copy, and so the database, is not in order.
    """
    target = folder / source.name
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("PRAGMA query_only = ON")
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without its log
        check_sqlite(copy)
        return Snapshot(sqlite_migrations(copy))


def check_sqlite(database: sqlite3.Connection) -> None:
    """Check a SQLite database.

    Raises:
        DamagedBackup: it is not in order.
    """
    try:
        ((said,),) = database.execute("PRAGMA integrity_check(1)").fetchall()
        if said != "ok":
            raise DamagedBackup("the database is not in order")
        if database.execute("PRAGMA foreign_key_check").fetchone():
            raise DamagedBackup("a row of the database refers to one that is not there")
    except sqlite3.DatabaseError as error:
        raise DamagedBackup("the database is not in order") from error


def sqlite_migrations(database: sqlite3.Connection) -> tuple[str, ...]:
    """Return the migrations that were applied."""
    rows = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return tuple(f"{app}.{name}" for app, name in rows)


def copy_postgres(url: str, folder: Path) -> Snapshot:
    """Copy a PostgreSQL database to one file a table.

    Raises:
        DatabaseAway: it cannot be reached.
    """
    with connect(url) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        database.read_only = True
        with database.cursor() as cursor:
            tables = []
            for table in tables_of(cursor):
                what = sql.SQL("COPY {} ({}) TO STDOUT")
                statement = what.format(sql.Identifier(table.name), table.column_names)
                path = folder / f"{table.name}.copy"
                with path.open("wb") as file, cursor.copy(statement) as copy:
                    for block in copy:
                        file.write(block)
                names = tuple(name for name, _ in table.columns)
                tables.append(CopiedTable(table.name, names, cursor.rowcount))
            return Snapshot(
                postgres_migrations(cursor), tuple(tables), tuple(sequences_of(cursor).items())
            )


def postgres_migrations(cursor: "psycopg.Cursor[tuple[str, str]]") -> tuple[str, ...]:
    """Return the migrations that were applied."""
    rows = cursor.execute("SELECT app, name FROM django_migrations").fetchall()
    return tuple(sorted(f"{app}.{name}" for app, name in rows))
