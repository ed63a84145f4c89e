"""One office as its administrator runs it: ``blo serve``, kept up by what systemd would do."""

import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import psycopg

from tests.faults.network import wait_until
from tests.node.nodes import BLO, blo

RESTART_S: Final = 1.0
"""``RestartSec`` of the unit; shorter, for more starts in the same time."""
AGAIN_S: Final = 1.0
TRY_AGAIN: Final = 75


@dataclass
class ServedOffice:
    """A node and the processes that serve it.

    Attributes:
        words: the file with the passphrase of its backups.
    """

    office: str
    directory: Path
    port: int
    database_url: str
    words: Path
    _process: subprocess.Popen[bytes] | None = None
    _wanted: threading.Event = field(default_factory=threading.Event)
    _keeper: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def begin(self) -> None:
        """Serve it until ``end``: whatever ends is started again, as its unit says."""
        self._wanted.set()
        self._keeper = threading.Thread(target=self._keep, name=self.office)
        self._keeper.start()
        wait_until(lambda: self._process is not None, f"{self.office} is begun")

    def _keep(self) -> None:
        with self.directory.with_suffix(".log").open("ab") as log:
            while self._wanted.is_set():
                self._process = subprocess.Popen(
                    [BLO, "serve", "--node", self.directory], stderr=log, stdin=subprocess.DEVNULL
                )
                self._process.wait()
                time.sleep(RESTART_S if self._wanted.is_set() else 0)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Serve it no more: as ``systemctl stop`` does, or as a power cut does."""
        assert self._process is not None
        assert self._keeper is not None
        self._wanted.clear()
        before = self._children()
        self._process.send_signal(how)
        if how is signal.SIGKILL:
            _kill(before)
        self._keeper.join()
        wait_until(lambda: not any(map(_is_there, before)), f"all of {self.office} has ended")
        self._process = None

    def kill_supervisor(self, *, with_its_parts: bool) -> None:
        """Kill the supervisor; systemd kills its parts too, and without systemd they end by themselves."""
        if self._process is not None:
            before = self._children()
            self._process.kill()
            if with_its_parts:
                _kill(before)

    def kill_part(self, name: str) -> bool:
        """Kill a part where it runs; say whether it did."""
        found = [pid for pid in self._children() if _part_of(pid) == name]
        _kill(found)
        return bool(found)

    def _children(self) -> list[int]:
        process = self._process
        return (
            [] if process is None else [pid for pid in _processes() if _parent(pid) == process.pid]
        )

    def backup(self, to: Path) -> None:
        """Take a backup while it runs."""
        self._until_done(
            "backup", "--node", self.directory, "--to", to, "--passphrase-file", self.words
        )

    def kill_backup(self, to: Path, after_s: float) -> bool:
        """Begin a backup and kill it in the midst of it; say whether it had not ended before."""
        command = [BLO, "node", "backup", "--node", self.directory, "--to", to,
                   "--passphrase-file", self.words]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
            time.sleep(after_s)
            one.kill()
        return one.returncode < 0

    def put_back(self, backup: Path) -> None:
        """Put it back to what it was when the backup was taken; it is not served meanwhile."""
        self._until_done("restore", backup, "--to", self.directory, "--replace",
                         "--passphrase-file", self.words)  # fmt: skip

    def _until_done(self, *words: str | Path) -> None:
        """Run ``blo node …``, again where it says that it may succeed later."""
        while True:
            done = subprocess.run(
                [BLO, "node", *words], check=False, capture_output=True, text=True
            )
            if done.returncode != TRY_AGAIN:
                assert done.returncode == 0, done.stderr
                return
            time.sleep(AGAIN_S)

    def token(self, login: str, note: str) -> str:
        """Return a new token with which a program writes for an officer."""
        made = json.loads(blo("user", "token", "add", login, "--purpose", "trying", "--note", note,
                              "--write", "--json", "--node", self.directory))  # fmt: skip
        return str(made["token"])

    def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """Read the database as it is now, once it lets itself be read."""
        give_up = time.monotonic() + 240
        while True:
            try:
                return self._rows(sql, values)
            except (sqlite3.OperationalError, psycopg.OperationalError):
                if time.monotonic() > give_up:
                    raise
                time.sleep(AGAIN_S)

    def _rows(self, sql: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        if self.database_url == "sqlite":
            reading = f"file:{self.directory / 'node.sqlite3'}?mode=ro"
            with closing(sqlite3.connect(reading, uri=True, timeout=60)) as database:
                return database.execute(sql.replace("%s", "?"), values).fetchall()
        with psycopg.connect(self.database_url) as database:
            return database.execute(sql, values).fetchall()  # type: ignore[arg-type]

    def kill_backend(self, which: float) -> bool:
        """Kill one of the database's own processes that works for this node, where there is one."""
        if self.database_url == "sqlite":
            return False
        name = unquote(self.database_url.partition("?")[0].rpartition("/")[2])
        found = self.rows("SELECT pid FROM pg_stat_activity WHERE datname = %s", name)
        _kill([int(found[int(which * len(found))][0])])
        return True


def _processes() -> Iterator[int]:
    return (int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit())


def _parent(pid: int) -> int:
    with suppress(FileNotFoundError, ProcessLookupError):
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(stat.rpartition(")")[2].split()[1])
    return 0


def _part_of(pid: int) -> str:
    """Return which part of a node a process is: ``worker``, ``web``, ``jobs``; all others are the hub."""
    with suppress(FileNotFoundError, ProcessLookupError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return words[-2].decode() if b"borderliaison.node.part" in words else "hub"
    return ""


def _is_there(pid: int) -> bool:
    return _parent(pid) != 0 and _state(pid) != "Z"


def _state(pid: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[0]
    return "Z"


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
