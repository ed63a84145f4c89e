"""A small real network for tests: a NATS server, nodes with databases of their own, real workers."""

import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.own_keys.keyring import new_credential, store_ring
from borderliaison.exchange.own_keys.lock import Lock, LockKind
from borderliaison.exchange.poke import poke
from borderliaison.exchange.recovery.restore_marker import note_restore
from borderliaison.kernel.ids import OfficeCode
from tests.faults import paper_directory
from tests.ports import free_port
from tests.postgres import run_client

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 240.0
LOOK_AGAIN_S = 0.05


def wait_until(true: Callable[[], bool], what: str, limit_s: float = LIMIT_S) -> float:
    """Wait until something is true; return after how many seconds it was."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > limit_s:
            raise AssertionError(f"not within {limit_s:.0f} s: {what}")
        time.sleep(LOOK_AGAIN_S)
    return time.monotonic() - began


@dataclass
class Hub:
    """A NATS server that can be stopped and started again on the same port."""

    directory: Path
    max_payload: int = 8 * 1024 * 1024
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.port = self.port or free_port()
        configuration = self.directory / "hub.conf"
        configuration.write_text(
            f'listen: "127.0.0.1:{self.port}"\nmax_payload: {self.max_payload}\n', encoding="ascii"
        )
        binary = Path(sysconfig.get_path("scripts")) / "nats-server"
        self.process = subprocess.Popen(
            [binary, "-c", configuration], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, "the hub listens")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the hub has ended; port {self.port}"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass
class TestNode:
    """One office's node: its directory, its keys, and the processes that the test has started."""

    __test__ = False

    office: str
    directory: Path
    database_url: str
    keys: OfficeKeys = field(default_factory=OfficeKeys.generate)
    worker: int = 0
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    reading: psycopg.Connection[tuple[Any, ...]] | None = None

    def make(self, hub_url: str) -> None:
        for folder in ("keys", "run"):
            (self.directory / folder).mkdir(parents=True)
        (self.directory / "keys" / "web.secret").write_text(secrets.token_urlsafe(64))
        secret = new_credential(self.directory.with_suffix(".unlock"))
        lock, key = Lock.make(LockKind.CREDENTIAL, secret)
        ring = Keyring(OfficeCode(self.office), [self.keys])
        store_ring(self.directory / "keys" / "office.key", ring, lock, key)
        (self.directory / "node.toml").write_text(
            f'office = "{self.office}"\ndemo = true\n'
            f'unlock_credential = "../{self.directory.name}.unlock"\n'
            f'database_url = "{self.database_url}"\nhub_url = "{hub_url}"\n'
        )

    def environment(self) -> dict[str, str]:
        own = {"BLO_NODE": str(self.directory), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        return {**{k: v for k, v in os.environ.items() if not k.startswith("BLO_")}, **own}

    def command(self, role: str) -> list[str]:
        return [sys.executable, "-W", "error", "-m", "tests.faults.office_process", role]

    def migrate(self) -> None:
        subprocess.run(self.command("migrate"), env=self.environment(), cwd=ROOT, check=True)

    def start_worker(self, kill_at: str = "") -> None:
        """Start the worker; with ``kill_at`` it will die at that point."""
        assert not self.worker
        self.worker = int(self._tell("workers", {"start": kill_at}))

    def stop_worker(self) -> int:
        """Stop the worker as the supervisor does; return its exit code."""
        wait_until(lambda: poke(self.directory / "run"), "the worker listens")
        os.kill(self.worker, signal.SIGTERM)
        return self.reap()

    def reap(self, limit_s: float = LIMIT_S) -> int:
        """Wait for the worker's end; return its exit code."""
        code = self._tell("workers", {"wait": self.worker, "limit_s": limit_s})
        assert code != "None", f"the worker of {self.office} still runs"
        self.worker = 0
        return int(code)

    def post(self, number: int, *to: str, **more: Any) -> list[str]:
        """Post letters from a process that is not the worker; return their ids."""
        ids: list[str] = json.loads(self._tell("desk", {"number": number, "to": to, **more}))
        return ids

    def kill_desk_while_posting(self, after_s: float, number: int, *to: str) -> list[str]:
        """Kill the process that posts in the midst of it; return the ids of what it had posted by then."""
        before = set(self._own_letters())
        self._say("desk", {"number": number, "to": to})
        time.sleep(after_s)
        self._end("desk")
        return [letter for letter in self._own_letters() if letter not in before]

    def _own_letters(self) -> list[str]:
        """Return the ids of the office's own letters, in the order in which they were written."""
        found = self.rows("SELECT letter_id, issuer FROM exchange_letterrow ORDER BY id")
        return [bytes(letter).hex() for letter, issuer in found if issuer == self.office]

    def bring(self, directory: Path) -> str:
        """Import a signed directory; return what became of it."""
        return self._tell("desk", {"import": str(directory)})

    def blo(self, *words: str) -> int:
        """Run a command as the node's administrator does; return its exit code."""
        command = [sys.executable, "-m", "borderliaison.cli", *words]
        return subprocess.run(command, env=self.environment(), cwd=ROOT, check=False).returncode

    def make_new_keys(self) -> bytes:
        """Make new keys; return the request for the authority."""
        return bytes.fromhex(self._tell("desk", {"rotate": True}))

    def picture(self, do: str, **what: str) -> str:
        """Share a picture, ask for it, or look at it, as an officer does: see ``pictures``."""
        return self._tell("desk", {"picture": {"do": do, **what}})

    def _tell(self, role: str, what: dict[str, Any]) -> str:
        """Tell one of the node's processes what to do; return its answer."""
        self._say(role, what)
        return self._answer(role)

    def _say(self, role: str, what: dict[str, Any]) -> None:
        """Tell one of the node's processes what to do; begin it where it does not run."""
        if role not in self.processes:
            with (self.directory / f"{role}.log").open("ab") as log:
                self.processes[role] = subprocess.Popen(
                    self.command(role),
                    env=self.environment(),
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
            assert self._answer(role) == "ready"
        pipe = self.processes[role].stdin
        assert pipe is not None
        pipe.write(json.dumps(what) + "\n")
        pipe.flush()

    def _answer(self, role: str) -> str:
        pipe = self.processes[role].stdout
        assert pipe is not None
        answer = pipe.readline()
        if not answer:
            log = (self.directory / f"{role}.log").read_text(encoding="utf-8", errors="replace")
            raise AssertionError(f"the {role} process of {self.office} has ended: {log[-4000:]}")
        return answer.strip()

    def kill_worker(self) -> None:
        """Kill the worker as a power cut does."""
        if self.worker:
            os.kill(self.worker, signal.SIGKILL)
            self.reap()

    def copy(self) -> Path:
        """Copy the database while everything runs, as a backup does; return where the copy is."""
        path = self.directory / f"copy-{len(list(self.directory.glob('copy-*')))}"
        if self.database_url != "sqlite":
            run_client("pg_dump", "-Fc", "-f", path, "-d", self.database_url)
            return path
        with closing(sqlite3.connect(self._sqlite)) as live, closing(sqlite3.connect(path)) as copy:
            live.backup(copy)
        return path

    def put_back(self, copy: Path, *, note: bool = False) -> None:
        """Put an old copy in the place of the database after a power cut; ``note`` it as a restore does."""
        self.kill_worker()
        self._end("desk")
        if self.database_url == "sqlite":
            for left in self.directory.glob("node.sqlite3*"):
                left.unlink()
            shutil.copy(copy, self._sqlite)
        else:
            self._end("workers")
            self._stop_reading()
            _replace_database(self)
            run_client("pg_restore", "-d", self.database_url, copy)
        if note:
            note_restore(self.directory, datetime.now(UTC))

    @property
    def _sqlite(self) -> Path:
        return self.directory / "node.sqlite3"

    def _end(self, role: str) -> None:
        process = self.processes.pop(role, None)
        if process is not None:
            process.kill()
            with process:
                pass

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Read the node's database as it is now."""
        if self.database_url == "sqlite":
            reading = f"file:{self._sqlite}?mode=ro"
            with closing(sqlite3.connect(reading, uri=True, timeout=60)) as database:
                return database.execute(sql).fetchall()
        if self.reading is None:
            self.reading = psycopg.connect(self.database_url, autocommit=True)
        return self.reading.execute(sql).fetchall()

    def _stop_reading(self) -> None:
        if self.reading is not None:
            self.reading.close()
            self.reading = None

    def applied(self) -> list[str]:
        """Return the ids of the letters whose handler's work is in the database, as often as it is."""
        return [letter for (letter,) in self.rows("SELECT letter FROM probe ORDER BY id")]

    def made_again(self) -> list[str]:
        """Return the ids of our own letters that came back and were made again, as often as they were."""
        return [letter for (letter,) in self.rows("SELECT letter FROM probe_again")]

    def recovering(self) -> bool:
        """Whether a recovery has not ended."""
        pending = "SELECT count(*) FROM exchange_recoveryrow WHERE ended_at IS NULL"
        return self.rows(pending) != [(0,)]

    def stages(self) -> dict[str, int]:
        """Return how many deliveries are at which stage."""
        return dict(self.rows("SELECT stage, count(*) FROM exchange_delivery GROUP BY stage"))

    def close(self) -> None:
        """End what the test has left running."""
        self.kill_worker()
        self._stop_reading()
        for role in list(self.processes):
            self._end(role)


@dataclass
class Network:
    """A hub and some offices."""

    directory: Path
    hub: Hub
    nodes: dict[str, TestNode]

    def node(self, office: str) -> TestNode:
        return self.nodes[office]


@contextmanager
def network(directory: Path, *offices: str, signed: bool = False) -> Iterator[Network]:
    """Make a network; end everything it has started afterwards.

    Args:
        directory: where.
        offices: their codes.
        signed: whether nodes go by signed directories, which the test makes and brings; else by a list.
    """
    hub = Hub(directory)
    nodes: dict[str, TestNode] = {}
    try:
        hub.start()
        for office in offices:
            url = _database_for(office)
            nodes[office] = TestNode(office, directory / office.lower(), url)
            nodes[office].make(hub.url)
        listed = [one.keys.public(OfficeCode(one.office)) for one in nodes.values()]
        if not signed:
            paper_directory.write(directory / "offices.json", listed)
        _make_databases(list(nodes.values()), signed=signed)
        yield Network(directory, hub, nodes)
    finally:
        for node in nodes.values():
            node.close()
        hub.stop()


def _database_for(office: str) -> str:
    base = os.environ.get("BLO_TEST_DATABASE_URL", "sqlite")
    if base == "sqlite":
        return base
    head, _, query = base.partition("?")
    name = f"{office.lower().replace('-', '_')}_{secrets.token_hex(4)}"
    return f"{head.rpartition('/')[0]}/{name}?{query}"


_templates: dict[bool, bytes] = {}
"""A migrated SQLite database: with the network of offices in it, or without."""


def _make_databases(nodes: list[TestNode], *, signed: bool) -> None:
    """Migrate the first one of its kind in the run; all others are copies of it."""
    first, *others = nodes
    if first.database_url == "sqlite":
        if signed not in _templates:
            first.migrate()
            _templates[signed] = (first.directory / "node.sqlite3").read_bytes()
        for node in nodes:
            (node.directory / "node.sqlite3").write_bytes(_templates[signed])
        return
    with psycopg.connect(os.environ["BLO_TEST_DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{_name_of(first)}"')
        first.migrate()
        for node in others:
            server.execute(f'CREATE DATABASE "{_name_of(node)}" TEMPLATE "{_name_of(first)}"')


def _replace_database(node: TestNode) -> None:
    """Make an empty database in the place of a node's own."""
    with psycopg.connect(os.environ["BLO_TEST_DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE "{_name_of(node)}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{_name_of(node)}"')


def _name_of(node: TestNode) -> str:
    return node.database_url.partition("?")[0].rpartition("/")[2]
