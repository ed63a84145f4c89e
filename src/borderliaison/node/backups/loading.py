"""Putting a backup's tables into PostgreSQL, in one transaction: all of it, or nothing.

The tables are made by the program's own migrations, up to those that the backup was of, so that a backup
of an earlier version can be restored; `blo node upgrade` then does the rest.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import sql

from borderliaison.node.backups.errors import DamagedBackup, DatabaseInTheWay
from borderliaison.node.backups.manifest import Manifest
from borderliaison.node.postgres import Table, empty, set_sequences, tables_of

_BLOCK = 1024 * 1024


def load(manifest: Manifest, folder: Path, *, replace: bool) -> str:
    """Load the database that Django was started on. The caller is in a transaction.

    Args:
        manifest: of the backup.
        folder: where the pieces lie, verified.
        replace: whether tables that are there are kept aside, in a schema of another name.

    Returns:
        The schema in which earlier tables were kept; empty where there were none.

    Raises:
        DatabaseInTheWay: there are tables already.
        DamagedBackup: the backup does not hold what it says.
    """
    from django.db import connection  # noqa: PLC0415  # wants Django started

    with connection.cursor() as cursor:
        aside = make_room(cursor, replace=replace)
        make_tables(cursor, manifest.migrations)
        made = {table.name: table for table in tables_of(cursor)}
        _compare(made, manifest)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        empty(cursor, made.values())
        for table in manifest.tables:
            _fill(cursor, made[table.name], table.columns, folder / f"database/{table.name}.copy")
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))
            cursor.execute(count)
            if cursor.fetchone() != (table.rows,):
                raise DamagedBackup(f"{table.name}: another number of rows")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        set_sequences(cursor, dict(manifest.sequences))
    return aside


def make_room(cursor: Any, *, replace: bool) -> str:
    """See to it that the current schema is empty; return where earlier tables were kept aside.

    Raises:
        DatabaseInTheWay: it is not empty, and ``replace`` is not said.
    """
    if not tables_of(cursor):
        return ""
    if not replace:
        raise DatabaseInTheWay
    cursor.execute("SELECT current_schema()")
    (schema,) = cursor.fetchone()
    aside = f"replaced_{datetime.now(UTC):%Y%m%dT%H%M%SZ}".lower()
    old, new = sql.Identifier(schema), sql.Identifier(aside)
    cursor.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(old, new))
    cursor.execute(sql.SQL("CREATE SCHEMA {}").format(old))
    return aside


def make_tables(cursor: Any, migrations: tuple[str, ...]) -> None:
    """Apply these migrations to an empty database."""
    from django.db import connection  # noqa: PLC0415  # wants Django started
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    # What a migration puts in is checked at once, so that a later one may change the same table.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor, wanted = MigrationExecutor(connection), set(migrations)
    everything = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    plan = [
        (migration, backwards)
        for migration, backwards in everything
        if f"{migration.app_label}.{migration.name}" in wanted
    ]
    executor.migrate(None, plan=plan)


def _compare(made: dict[str, Table], manifest: Manifest) -> None:
    said = {table.name: set(table.columns) for table in manifest.tables}
    here = {table.name: {name for name, _ in table.columns} for table in made.values()}
    if said != here:
        raise DamagedBackup("its tables are not those of its migrations")


def _fill(cursor: Any, table: Table, columns: tuple[str, ...], path: Path) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    with path.open("rb") as file, cursor.copy(statement) as copy:
        while block := file.read(_BLOCK):
            copy.write(block)
