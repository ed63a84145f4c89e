"""Which version a node's database is of, compared with the program's; asked without starting Django.

The truth is in the database: the migrations that were applied. The file ``version`` in the node's
directory adds the number to say to a person, and catches what changed without a migration.
"""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import borderliaison
from borderliaison import __version__
from borderliaison.kernel.durable import write_whole
from borderliaison.kernel.errors import LiaisonError
from borderliaison.node.backups.snapshot import sqlite_migrations
from borderliaison.node.config import NodeConfig

VERSION_NAME: Final = "version"
UNKNOWN: Final = "an unknown version"
_HOMES: Final = ("borderliaison", "django.contrib", "allauth")
"""Where the packages with migrations live, ours first."""


class BehindVersion(LiaisonError):
    """The node's database is older than this program."""

    code = "E-UPG-01"
    hint = "run `blo node upgrade`; it takes a backup first"


class AheadOfVersion(LiaisonError):
    """The node's database is newer than this program."""

    code = "E-UPG-02"
    hint = "install that version, or a later one"


@dataclass(frozen=True, slots=True)
class Difference:
    """How a database's migrations differ from the program's.

    Attributes:
        waiting: those of the program that were not applied.
        unheard_of: those that were applied and that the program does not have.
    """

    waiting: tuple[str, ...]
    unheard_of: tuple[str, ...]


def note_version(directory: Path) -> None:
    """Note that the database in ``directory`` is of the installed version."""
    write_whole(directory / VERSION_NAME, f"{__version__}\n")


def noted_version(directory: Path) -> str:
    """Return the version that the database in ``directory`` is noted to be of."""
    path = directory / VERSION_NAME
    return path.read_text(encoding="ascii").strip() if path.exists() else UNKNOWN


def is_later(version: str, than: str) -> bool:
    """Whether a version is later than another; an unknown one is not."""
    return _numbers(version) > _numbers(than)


def check_version(node: NodeConfig) -> None:
    """Check that a node's database is of the installed version.

    Raises:
        BehindVersion, AheadOfVersion: it is not.
        DatabaseAway: it cannot be asked.
    """
    noted, found = noted_version(node.directory), difference(applied(node))
    if found.unheard_of or is_later(noted, __version__):
        raise AheadOfVersion(f"made for {noted}, and this is {__version__}")
    if found.waiting or noted != __version__:
        raise BehindVersion(f"made for {noted}, and this is {__version__}")


def applied(node: NodeConfig) -> tuple[str, ...]:
    """Return the migrations that were applied to a node's database, as ``app.name``."""
    if node.database_url != "sqlite":
        return applied_to_postgres(node.database_url)
    if not node.sqlite_path.exists():
        return ()
    with closing(sqlite3.connect(node.sqlite_path)) as file:
        return sqlite_migrations(file)


def applied_to_postgres(url: str) -> tuple[str, ...]:
    """Return the migrations that were applied to a PostgreSQL database; none where it is empty.

    Raises:
        DatabaseAway: it cannot be reached.
    """
    from borderliaison.node.backups.postgres_snapshot import (  # noqa: PLC0415  # loads psycopg
        postgres_migrations,
    )
    from borderliaison.node.postgres import connect  # noqa: PLC0415  # likewise

    with connect(url) as database, database.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations')")
        return postgres_migrations(cursor) if cursor.fetchone() != (None,) else ()


def difference(done: tuple[str, ...]) -> Difference:
    """Compare applied migrations with those that are installed."""
    apps = {one.partition(".")[0] for one in done}
    ours = {path.parent.name for path in _package("borderliaison").glob("*/migrations")}
    known = {f"{app}.{name}" for app in apps | ours for name in _migrations(app)}
    return Difference(
        waiting=tuple(sorted(known - set(done))), unheard_of=tuple(sorted(set(done) - known))
    )


def _migrations(app: str) -> list[str]:
    """Return the names of an app's migrations, from the files that are installed."""
    for home in _HOMES:
        folder = _package(home) / app / "migrations"
        if folder.is_dir():
            return [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    return []


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return Path(borderliaison.__path__[0]) / "missing"
    return Path(spec.submodule_search_locations[0])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
