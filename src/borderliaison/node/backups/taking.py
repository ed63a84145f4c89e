"""Taking a backup of a node, while it runs or not.

What goes into it is put together in ``staging/`` below the node's directory, its owner's alone, and
leaves it sealed only. One backup at a time; what a killed one left is removed by the next.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from borderliaison import __version__
from borderliaison.kernel import canonical
from borderliaison.kernel.durable import move, name_too
from borderliaison.kernel.errors import MalformedData
from borderliaison.node import files
from borderliaison.node.backups import archive, kept
from borderliaison.node.backups.errors import (
    BackupError,
    BackupIsThere,
    KeysInTheClear,
    NoLock,
    UnsafeSecretFile,
)
from borderliaison.node.backups.lock import Seal, ToPair
from borderliaison.node.backups.manifest import Manifest
from borderliaison.node.backups.pair import SealingHalf
from borderliaison.node.backups.snapshot import Snapshot, copy_sqlite
from borderliaison.node.config import NodeConfig

STAGING: Final = "staging"
BLOBS: Final = "files/"
"""Files that officers added: each is named by its hash and never changed."""
COMING: Final = "files/coming/"
"""Files that are not here whole yet."""
SEAL_NAME: Final = "keys/backup.seal"
_OTHERS: Final = 0o077


class BackupUnderWay(BackupError):
    """Another backup of this node is being taken."""

    code = "E-BKP-10"
    retryable = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A backup that is to be taken.

    Attributes:
        to: a folder, or the file itself.
        seal: what it is sealed to.
        with_keys: whether the office's private keys go with it; only encrypted ones do.
        step: told what is being done.
    """

    to: Path
    seal: Seal
    with_keys: bool = False
    step: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: the note of it, and what it holds."""

    taken: kept.Taken
    manifest: Manifest


def own_seal(directory: Path) -> ToPair:
    """Return the node's half of the pair for backups.

    Raises:
        NoLock: there is none.
        UnsafeSecretFile: others may read it.
    """
    path = directory / SEAL_NAME
    try:
        content, mode = path.read_bytes(), path.stat().st_mode
    except FileNotFoundError as error:
        raise NoLock(f"{path} is missing") from error
    if mode & _OTHERS:
        raise UnsafeSecretFile(str(path))
    return ToPair(SealingHalf.from_bytes(content))


def take(node: NodeConfig, wanted: Wanted) -> Made:
    """Take a backup and note it. Needs no Django.

    Raises:
        BackupUnderWay: another one is being taken.
        BackupIsThere: the file is there already.
        KeysInTheClear: ``with_keys``, and the keys are not encrypted.
        DamagedBackup: the database is not in order.
        DatabaseAway: PostgreSQL cannot be reached.
        BackupError: it cannot be written; says why.
    """
    with _staging(node.directory) as folder:
        at = datetime.now(UTC).replace(microsecond=0)
        path = wanted.to / kept.name_of(node.office, at) if wanted.to.is_dir() else wanted.to
        if path.exists():
            raise BackupIsThere(str(path))
        wanted.step("copying the database")
        (folder / "database").mkdir()
        snapshot = _copy_database(node, folder / "database")
        _copy_files(node.directory, folder / "files", with_keys=wanted.with_keys)
        manifest = Manifest(
            office=node.office,
            taken_at=at,
            version=__version__,
            database=_kind(node),
            migrations=snapshot.migrations,
            pieces=archive.describe(folder),
            tables=snapshot.tables,
            sequences=snapshot.sequences,
            left_out=tuple(files.unknown(node.directory)),
        )
        wanted.step("sealing")
        size, digest = _write(path, wanted.seal, manifest, folder)
    made = kept.Taken(at, str(path.absolute()), size, digest, __version__)
    kept.note(node.directory, made)
    return Made(made, manifest)


def _kind(node: NodeConfig) -> str:
    return "sqlite" if node.database_url == "sqlite" else "postgresql"


def _copy_database(node: NodeConfig, folder: Path) -> Snapshot:
    if node.database_url == "sqlite":
        return copy_sqlite(node.sqlite_path, folder)
    from borderliaison.node.backups.postgres_snapshot import (  # noqa: PLC0415  # loads psycopg
        copy_postgres,
    )

    return copy_postgres(node.database_url, folder)


def _copy_files(directory: Path, folder: Path, *, with_keys: bool) -> None:
    names = list(files.of_kind(directory, files.Keep.WITH))
    if with_keys:
        sealed = list(files.of_kind(directory, files.Keep.SEALED))
        for name in sealed:
            if not is_encrypted(directory / name):
                raise KeysInTheClear(name)
        names += sealed
    for name in names:
        target = folder / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if name.startswith(BLOBS):
            _copy_blob(directory / name, target, is_whole=not name.startswith(COMING))
        else:
            shutil.copyfile(directory / name, target)


def _copy_blob(source: Path, target: Path, *, is_whole: bool) -> None:
    """Copy a file that an officer added, or that came; one that went meanwhile is left out.

    One that is whole never changes and is linked, so that a backup does not need its room twice.
    """
    with suppress(FileNotFoundError):
        if is_whole:
            try:
                name_too(source, target)
            except FileNotFoundError:
                raise
            except OSError:  # a file system without links
                shutil.copyfile(source, target)
        else:
            shutil.copyfile(source, target)


def is_encrypted(path: Path) -> bool:
    """Whether a file of private keys is sealed; one in the clear is a map, a sealed one a list."""
    try:
        return isinstance(canonical.decode(path.read_bytes()), list)
    except MalformedData:
        return False


@contextmanager
def _staging(directory: Path) -> Iterator[Path]:
    """Give an empty folder of the owner's alone, and remove it with all that is in it."""
    folder = directory / STAGING
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _clear(folder)
        yield folder
        _clear(folder)
    except BlockingIOError as error:
        raise BackupUnderWay(str(directory)) from error
    except BaseException:
        _clear(folder)
        raise
    finally:
        os.close(lock)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path)


def _write(path: Path, lock: Seal, manifest: Manifest, folder: Path) -> tuple[int, str]:
    """Write the file beside its place and move it there whole; return its size and its hash."""
    part = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w+b") as file:
            archive.seal(file, lock, manifest, folder)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if path.exists():
            raise BackupIsThere(str(path))
        size = part.stat().st_size
        move(part, path)
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return size, digest
