"""Moving a node from SQLite to PostgreSQL: every row under its own number, or nothing at all.

    not begun --copy, compare, commit--> copied --node.toml switched--> moved

Until the switch the node is as it was and runs on SQLite; what an earlier attempt left in PostgreSQL is
known by a mark and begun anew. Rows keep their numbers, so that the feed's cursors and everything that
refers to a row go on; numbers that were given once are not given again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from borderliaison.kernel.durable import make_folder, move, name_too
from borderliaison.kernel.errors import LiaisonError
from borderliaison.node import versions
from borderliaison.node.backups.loading import make_tables
from borderliaison.node.backups.snapshot import sqlite_migrations
from borderliaison.node.config import NodeConfig
from borderliaison.node.databases import postgres_settings
from borderliaison.node.postgres import Table, connect, empty, tables_of
from borderliaison.node.served import held_still
from borderliaison.node.settings_file import with_setting
from borderliaison.node.sqlite.lock import WriterLock
from borderliaison.node.upgrade import ASIDE, WRITERS_WAIT_S
from borderliaison.node.values import Digest, rule_for

MARK: Final = "transferred, not yet in use: "
_BATCH: Final = 500


class TransferError(LiaisonError):
    """The node could not be moved to PostgreSQL; it is as it was."""

    code = "E-TRF-01"


class NotOnSQLite(TransferError):
    """The node is on PostgreSQL already."""

    code = "E-TRF-03"


class TargetNotEmpty(TransferError):
    """The PostgreSQL database holds something already."""

    code = "E-TRF-04"
    hint = "give an empty one: createdb --owner USER NAME"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved.

    Attributes:
        rows: of each table, by its name.
        aside: where the SQLite database and the earlier ``node.toml`` are kept; none after a dry run.
    """

    rows: dict[str, int]
    aside: Path | None


def transfer(
    node: NodeConfig, url: str, step: Callable[[str], None], *, dry_run: bool = False
) -> Moved:
    """Move a node to PostgreSQL. Django is started; nothing is connected.

    Args:
        node: the node; it must not run.
        url: of an empty database.
        step: told what is being done.
        dry_run: whether to copy and compare everything, and then take all of it back.

    Raises:
        NodeIsServed: it runs.
        NotOnSQLite, TargetNotEmpty, TransferError: it cannot be moved; nothing was changed.
        BehindVersion: it has to be upgraded first.
        DatabaseAway: PostgreSQL cannot be reached.
    """
    if node.database_url != "sqlite":
        raise NotOnSQLite
    connect(url).close()  # tells at once whether it can be reached
    writer = WriterLock(Path(f"{node.sqlite_path}-writer"), WRITERS_WAIT_S)
    with held_still(node.directory):
        versions.check_version(node)
        writer.acquire()
        try:
            with closing(sqlite3.connect(node.sqlite_path)) as source:
                source.execute("PRAGMA query_only = ON")
                rows = _copy(source, node, url, step, dry_run=dry_run)
            aside = None if dry_run else _switch(node, url)
        finally:
            writer.close()
    if not dry_run:
        _take_the_mark_off(url)
    return Moved(rows, aside)


def _copy(
    source: sqlite3.Connection,
    node: NodeConfig,
    url: str,
    step: Callable[[str], None],
    *,
    dry_run: bool,
) -> dict[str, int]:
    from django.db import DatabaseError, connection, transaction  # noqa: PLC0415  # wants Django

    rows = {}
    try:
        with _django_on(url), transaction.atomic(), connection.cursor() as cursor:
            _make_room(cursor, node)
            step("making the tables")
            make_tables(cursor, sqlite_migrations(source))
            tables = _common_tables(source, cursor)
            empty(cursor, tables)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for table in tables:
                rows[table.name] = _copy_table(source, cursor, table)
                step(f"{table.name}: {rows[table.name]} rows, compared")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _go_on_counting(source, cursor, tables)
            cursor.execute(
                sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(
                    sql.Literal(MARK + node.office)
                )
            )
            transaction.set_rollback(dry_run)
    except (psycopg.Error, DatabaseError) as error:  # its words may hold what is in a row
        state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
        raise TransferError(f"{type(error).__name__} {state or ''}".strip()) from error
    return rows


@contextmanager
def _django_on(url: str) -> Iterator[None]:
    """Let Django's one database be this one: a migration need not know that it is not the node's."""
    from django.db import DEFAULT_DB_ALIAS as ALIAS  # noqa: PLC0415  # wants Django started
    from django.db import connections  # noqa: PLC0415

    before, settings = connections[ALIAS], connections.settings[ALIAS]
    before.close()
    given = connections.configure_settings({ALIAS: postgres_settings(url)})
    connections.settings[ALIAS] = given[ALIAS]
    connections[ALIAS] = connections.create_connection(ALIAS)
    try:
        yield
    finally:
        connections[ALIAS].close()
        connections.settings[ALIAS], connections[ALIAS] = settings, before


def _make_room(cursor: Any, node: NodeConfig) -> None:
    """Take away what an earlier attempt of this node left.

    Raises:
        TargetNotEmpty: there is something else.
    """
    there = tables_of(cursor)
    if not there:
        return
    cursor.execute("SELECT obj_description(to_regclass('django_migrations'), 'pg_class')")
    if cursor.fetchone() != (MARK + node.office,):
        raise TargetNotEmpty
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in there)
    cursor.execute(sql.SQL("DROP TABLE {} CASCADE").format(names))


def _common_tables(source: sqlite3.Connection, cursor: Any) -> list[Table]:
    """Return the tables, which have to be the same on both sides."""
    named = source.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    here, there = {name for (name,) in named}, tables_of(cursor)
    differing = here ^ {table.name for table in there}
    if differing:
        raise TransferError(f"a table is on one side only: {', '.join(sorted(differing))}")
    return there


def _copy_table(source: sqlite3.Connection, cursor: Any, table: Table) -> int:
    """Copy a table and compare what arrived; return the number of rows."""
    kinds = [kind for _, kind in table.columns]
    rules = [rule_for(kind) for kind in kinds]
    left, arrived = Digest(kinds), Digest(kinds)
    quoted = ", ".join(f'"{name}"' for name, _ in table.columns)
    found = source.execute(f'SELECT {quoted} FROM "{table.name}"')  # noqa: S608  # names of ours
    what, name = sql.SQL("COPY {} ({}) FROM STDIN"), sql.Identifier(table.name)
    with cursor.copy(what.format(name, table.column_names)) as copy:
        for raw in found:
            row = [
                None if value is None else rule(value)
                for rule, value in zip(rules, raw, strict=True)
            ]
            left.add(row)
            copy.write_row(row)
    with cursor.connection.cursor(
        "arrived"
    ) as back:  # the server's own: no table is held in memory
        back.itersize = _BATCH
        for row in back.execute(sql.SQL("SELECT {} FROM {}").format(table.column_names, name)):
            arrived.add(row)
    if (left.rows, left.value) != (arrived.rows, arrived.value):
        raise TransferError(f"{table.name}: what arrived is not what was sent")
    return left.rows


def _go_on_counting(source: sqlite3.Connection, cursor: Any, tables: list[Table]) -> None:
    """Let each table's numbers go on after the last that was ever given."""
    given = dict(source.execute("SELECT name, seq FROM sqlite_sequence"))
    for table in tables:
        if not given.get(table.name):
            continue
        (first, _), *_ = table.columns
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), %s)",
            (table.name, first, given[table.name]),
        )
        if cursor.fetchone() == (None,):
            raise TransferError(f"{table.name}: its first column counts no rows")


def _switch(node: NodeConfig, url: str) -> Path:
    """Let ``node.toml`` name PostgreSQL, and keep what was before; return where."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    folder = node.directory / ASIDE
    make_folder(folder)
    settings = node.directory / "node.toml"
    name_too(settings, folder / f"node.toml.{stamp}")
    with_setting(settings, "database_url", url)
    aside = folder / f"before-transfer-{stamp}.sqlite3"
    move(node.sqlite_path, aside)
    for left in node.directory.glob("node.sqlite3-*"):
        left.unlink()
    return aside


def _take_the_mark_off(url: str) -> None:
    with psycopg.connect(url) as database:
        database.execute("COMMENT ON TABLE django_migrations IS NULL")
