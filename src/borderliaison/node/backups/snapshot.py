"""A consistent copy of a SQLite database while everything runs, into a folder.

By the online backup API in one step, which reads one snapshot of the write-ahead log and keeps no writer
out.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from borderliaison.node.backups.errors import DamagedBackup
from borderliaison.node.backups.manifest import CopiedTable


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
