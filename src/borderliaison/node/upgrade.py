"""Bringing a node's database up to the installed version: a backup first, all of it or nothing.

SQLite: the migrations run on a copy, which takes the place of the database once everything was checked;
the database as it was is kept in ``before-upgrade/``. PostgreSQL: they run in one transaction. Whatever
fails, or is killed, leaves the database as it was, to the byte.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from borderliaison import __version__
from borderliaison.kernel.durable import make_folder, move, name_too, sync
from borderliaison.kernel.errors import LiaisonError
from borderliaison.node import versions
from borderliaison.node.backups.errors import NoLock
from borderliaison.node.backups.taking import Wanted as WantedBackup
from borderliaison.node.backups.taking import take
from borderliaison.node.config import NodeConfig
from borderliaison.node.served import NodeIsServed, held_still
from borderliaison.node.sqlite.lock import WriterLock
from borderliaison.node.versions import AheadOfVersion, note_version, noted_version

__all__ = ["Upgraded", "Wanted", "note_version", "prepare_database", "upgrade"]

ASIDE: Final = "before-upgrade"
WRITERS_WAIT_S: Final = 20.0


class UpgradeFailed(LiaisonError):
    """The node could not be upgraded; its database is as it was."""

    code = "E-UPG-03"


class NothingToGoBackTo(NoLock):
    """PostgreSQL is upgraded in place, so a backup is taken first, and none is set up."""

    code = "E-UPG-04"
    hint = "give --backup-to with --passphrase-file, or make a pair with `blo node backup-key`"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An upgrade that is asked for.

    Attributes:
        backup: the encrypted backup to take first; ``None`` for none.
        without_backup: whether PostgreSQL is upgraded without one.
        step: told what is being done.
    """

    backup: WantedBackup | None = None
    without_backup: bool = False
    step: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done.

    Attributes:
        before: the version that the database was of.
        applied: the migrations that ran, as ``app.name``.
        backup: the encrypted backup that was taken; empty where there was none.
        aside: the database as it was; ``None`` where nothing ran, or on PostgreSQL.
    """

    before: str
    applied: tuple[str, ...]
    backup: str
    aside: Path | None


def upgrade(node: NodeConfig, wanted: Wanted) -> Upgraded:
    """Bring a node's database up to the installed version. Django is started; nothing is connected.

    Raises:
        NodeIsServed: the node runs.
        AheadOfVersion: its database is newer than this program.
        NothingToGoBackTo: there would be no way back.
        UpgradeFailed: a migration or a check failed; nothing was changed.
    """
    with held_still(node.directory):
        before, done = noted_version(node.directory), versions.applied(node)
        if versions.difference(done).unheard_of or versions.is_later(before, __version__):
            raise AheadOfVersion(f"made for {before}, and this is {__version__}")
        is_sqlite = node.database_url == "sqlite"
        if before == __version__ and not _waiting():
            return Upgraded(before, (), "", None)
        if not is_sqlite and wanted.backup is None and not wanted.without_backup:
            raise NothingToGoBackTo
        backup = take(node, wanted.backup).taken.file if wanted.backup else ""
        wanted.step("applying migrations")
        aside = None
        if is_sqlite:
            aside = _on_a_copy(node, before)
        else:
            _in_a_transaction(node)
        note_version(node.directory)
        applied = sorted(set(versions.applied(node)) - set(done))
    return Upgraded(before, tuple(applied), backup, aside)


def prepare_database() -> None:
    """Apply migrations, load the shipped network, index what is not; what was edited stays."""
    from django.core.management import call_command  # noqa: PLC0415  # wants Django started

    from borderliaison.correspondence.search.indexing import rebuild  # noqa: PLC0415
    from borderliaison.offices.services import load_network  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    load_network()
    rebuild()


def _waiting() -> bool:
    from django.db import connection  # noqa: PLC0415  # wants Django started
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _prepare_and_check(node: NodeConfig) -> None:
    from borderliaison.node.checking import check_node  # noqa: PLC0415  # wants Django started

    prepare_database()
    check_node(node)


def _in_a_transaction(node: NodeConfig) -> None:
    from django.db import connection, transaction  # noqa: PLC0415  # wants Django started

    with _failing_as_it_was(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _prepare_and_check(node)
    connection.close()


def _on_a_copy(node: NodeConfig, before: str) -> Path:
    from django.db import connection  # noqa: PLC0415  # wants Django started

    database = node.sqlite_path
    folder = node.directory / ASIDE
    make_folder(folder)
    connection.close()
    copy = folder / "under-way.sqlite3"
    writer = WriterLock(database.with_name(f"{database.name}-writer"), WRITERS_WAIT_S)
    with _failing_as_it_was(), _alone_with(copy, folder):
        writer.acquire()
        try:
            _settle(database)
            shutil.copyfile(database, copy)
            copy.chmod(0o600)
            connection.settings_dict["NAME"] = str(copy)
            try:
                _prepare_and_check(node)
            finally:
                connection.close()
                connection.settings_dict["NAME"] = str(database)
            _settle(copy)
            aside = (
                folder / f"{before.replace(' ', '-')}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
            )
            name_too(database, aside)
            move(copy, database)
        finally:
            writer.close()
    for earlier in set(folder.glob("*.sqlite3")) - {aside}:
        earlier.unlink()
    return aside


def _settle(database: Path) -> None:
    """Bring all of a SQLite database into its one file and onto the disk.

    Raises:
        NodeIsServed: another program has it open.
    """
    with closing(sqlite3.connect(database)) as file:
        (busy, _, _) = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    log = database.with_name(f"{database.name}-wal")
    if busy or (log.exists() and log.stat().st_size):
        raise NodeIsServed(f"{database}: another program has it open")
    sync(database)


@contextmanager
def _alone_with(copy: Path, folder: Path) -> Iterator[None]:
    """Remove what an upgrade that was killed left, and in the end what this one leaves."""
    for left in folder.glob(f"{copy.name}*"):
        left.unlink()
    try:
        yield
    finally:
        for left in folder.glob(f"{copy.name}*"):
            left.unlink()


@contextmanager
def _failing_as_it_was() -> Iterator[None]:
    try:
        yield
    except LiaisonError:
        raise
    except Exception as error:
        raise UpgradeFailed(f"{type(error).__name__}: {error}") from error
