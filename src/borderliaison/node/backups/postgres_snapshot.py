"""A consistent copy of a PostgreSQL database while everything runs, into a folder.

By COPY of every table in one REPEATABLE READ transaction; the format is text, so that it can be read by any
later server, and no program of the server's is needed.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from borderliaison.node.backups.manifest import CopiedTable
from borderliaison.node.backups.snapshot import Snapshot
from borderliaison.node.postgres import connect, sequences_of, tables_of


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
