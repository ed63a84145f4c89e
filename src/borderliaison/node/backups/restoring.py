"""Restoring a node from a backup: verify all of it, build the node beside, then put it in its place.

Whatever fails leaves everything as it was. What stood in the way is kept aside, never deleted.
"""

import shutil
import sqlite3
import tempfile
import tomllib
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from borderliaison import __version__
from borderliaison.exchange.recovery.restore_marker import note_restore
from borderliaison.kernel.durable import move, settle
from borderliaison.node import files
from borderliaison.node.backups import archive
from borderliaison.node.backups.errors import DamagedBackup, NodeInTheWay, OtherOffice
from borderliaison.node.backups.lock import Opener
from borderliaison.node.backups.manifest import SQLITE, Manifest
from borderliaison.node.backups.snapshot import check_sqlite, sqlite_migrations
from borderliaison.node.config import BadConfiguration, NodeConfig
from borderliaison.node.init import MAX_SOCKET_PATH
from borderliaison.node.served import held_still
from borderliaison.node.settings_file import with_setting
from borderliaison.node.versions import AheadOfVersion, difference, is_later, noted_version

KEYS: Final = "keys/office.key"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A restore that is asked for.

    Attributes:
        file: the backup.
        opener: opens it.
        to: the node's directory.
        replace: whether a node that is there is kept aside and its place taken.
        dry_run: whether to verify, say what would be done, and do nothing.
        database_url: another PostgreSQL database than the node's own; empty for the same.
        step: told what is being done.
    """

    file: Path
    opener: Opener
    to: Path
    replace: bool = False
    dry_run: bool = False
    database_url: str = ""
    step: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, or would be.

    Attributes:
        manifest: of the backup.
        directory: the node's.
        aside: where the node that stood there is kept; ``None`` where there was none.
        schema_aside: the schema in which PostgreSQL's earlier tables are kept; else empty.
        carried_over: files that no backup holds and that came from the node that stood there.
        has_keys: whether the office's private keys are there.
    """

    manifest: Manifest
    directory: Path
    aside: Path | None
    schema_aside: str
    carried_over: tuple[str, ...]
    has_keys: bool


def restore(wanted: Wanted) -> Restored:
    """Restore a node. Starts Django where the database is PostgreSQL, so once a process.

    Raises:
        BackupError: the backup cannot be used, or something is in the way; says what.
        NodeIsServed: the node that is to be replaced runs.
        AheadOfVersion: the backup was made by a later version.
        BadConfiguration: the path is too long, or the backup's settings cannot be used.
        DatabaseAway: PostgreSQL cannot be reached.
    """
    target = wanted.to.absolute()
    if len(str(target / "run" / "worker.sock")) > MAX_SOCKET_PATH:
        raise BadConfiguration(f"{target}: choose a shorter path; Unix sockets live in it")
    if not target.parent.is_dir():
        raise BadConfiguration(f"{target.parent} is not there")
    building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        return _restore(wanted, target, building)
    finally:
        shutil.rmtree(building)


def _restore(wanted: Wanted, target: Path, building: Path) -> Restored:
    wanted.step("verifying the backup")
    unpacked = building / "unpacked"
    manifest = archive.unpack(wanted.file, wanted.opener, unpacked)
    _check(manifest, unpacked)
    standing = _standing(target, manifest, replace=wanted.replace)
    with held_still(standing) if standing else nullcontext():
        node = building / "node"
        carried = _build(manifest, unpacked, node, standing)
        if wanted.database_url:
            with_setting(node / "node.toml", "database_url", wanted.database_url)
        config = NodeConfig.load(node)
        if config.office != manifest.office:
            raise DamagedBackup("its settings are of another office")
        if (config.database_url == "sqlite") != (manifest.database == "sqlite"):
            raise BadConfiguration("a backup goes back to the kind of database it is of")
        note_restore(node, manifest.taken_at)
        aside = _aside(target) if standing else None
        restored = Restored(manifest, target, aside, "", tuple(carried), (node / KEYS).exists())
        if wanted.dry_run:
            return restored
        schema = _load(manifest, unpacked, config, wanted)
        if aside is not None:
            move(target, aside)
        elif target.exists():
            target.rmdir()
        settle(node)
        move(node, target)
    return replace(restored, schema_aside=schema)


def _check(manifest: Manifest, unpacked: Path) -> None:
    """Check what the seal cannot: that this program can use what is inside."""
    if is_later(manifest.version, __version__) or difference(manifest.migrations).unheard_of:
        raise AheadOfVersion(f"the backup is of {manifest.version}, and this is {__version__}")
    if manifest.database == "sqlite":
        with closing(sqlite3.connect(unpacked / SQLITE)) as database:
            check_sqlite(database)
            if sqlite_migrations(database) != manifest.migrations:
                raise DamagedBackup("its database has other migrations than it says")


def _standing(target: Path, manifest: Manifest, *, replace: bool) -> Path | None:
    """Return the node that stands where this one is to be; ``None`` where there is nothing.

    Raises:
        NodeInTheWay: there is something that is no node, or ``replace`` is not said.
        OtherOffice: it is another office's.
    """
    if not target.exists() or not any(target.iterdir()):
        return None
    path = target / "node.toml"
    if not path.exists():
        raise NodeInTheWay(f"{target} is not empty, and no node")
    if not replace:
        raise NodeInTheWay(f"{target}, of {noted_version(target)}")
    office = tomllib.loads(path.read_text(encoding="utf-8")).get("office")
    if office != manifest.office:
        raise OtherOffice(f"{manifest.office} for {office}")
    return target


def _build(manifest: Manifest, unpacked: Path, node: Path, standing: Path | None) -> list[str]:
    """Lay the node out; return what came from the one that stands there."""
    move(unpacked / "files", node)
    for name in ("keys", "run"):
        (node / name).mkdir(mode=0o700, exist_ok=True)
    if manifest.database == "sqlite":
        move(unpacked / SQLITE, node / "node.sqlite3")
    if standing is None:
        return []
    keeps = (files.Keep.SEALED, files.Keep.OUTSIDE)
    names = [name for keep in keeps for name in files.of_kind(standing, keep)]
    carried = []
    for name in [*names, *files.unknown(standing)]:
        if not (node / name).exists():
            (node / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copy2(standing / name, node / name)
            carried.append(name)
    return carried


def _load(manifest: Manifest, unpacked: Path, config: NodeConfig, wanted: Wanted) -> str:
    if manifest.database == "sqlite":
        return ""
    wanted.step("loading the database")
    from borderliaison.node.backups.loading import load  # noqa: PLC0415  # wants psycopg only here
    from borderliaison.node.start import start_django  # noqa: PLC0415  # it reads what was built

    start_django(config.directory)
    from django.db import connections, transaction  # noqa: PLC0415

    with transaction.atomic():
        schema = load(manifest, unpacked, replace=wanted.replace)
    connections.close_all()
    return schema


def _aside(target: Path) -> Path:
    return target.with_name(f"{target.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
