"""Real offices for a measurement: nodes made by ``blo``, their workers, a hub, a desk that commits.

What stands in for the pages' process is a socket: whoever wakes the pages writes a datagram to it after
the commit, and the moment at which it comes is the moment at which a report is committed and announced.
"""

import asyncio
import json
import os
import socket
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.running import ROOT, Process, end, start_parts
from borderliaison.node.config import NODE_VARIABLE, NodeConfig
from tests.node.nodes import authority, blo
from tests.ports import free_port

SENDER, RECEIVERS = "KG-BDB", ("KG-DST", "KG-OSH", "KG-BIS")
READY_LIMIT_S = 60.0
ROUND_LIMIT_S = 300.0
PAUSE_S = 0.05
"""Between two reports at low rate."""
DatabaseFor = Callable[[str], str]
"""Returns the ``database_url`` of an office's new node."""


@dataclass
class Office:
    """One node of the measurement, and what its worker announces."""

    code: str
    directory: Path
    database_url: str
    told: asyncio.Event = field(default_factory=asyncio.Event)
    told_at: float = 0.0
    listening: socket.socket | None = None

    def listen(self) -> None:
        """Take the place of the pages: hear what is announced."""
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.listening.bind(str(self.directory / "run" / "feed.sock"))
        self.listening.setblocking(False)
        asyncio.get_running_loop().add_reader(self.listening, self._hear)

    def _hear(self) -> None:
        at = time.monotonic()
        try:
            while self.listening is not None and self.listening.recv(64):
                pass
        except BlockingIOError:
            self.told_at = at
            self.told.set()

    def announced(self) -> int:
        """Return how many reports were announced to this office's pages, by its database."""
        query = "SELECT count(*) FROM feed_feedevent WHERE kind = 'thread'"
        return int(self.rows(query)[0][0])

    def rows(self, query: str) -> list[Any]:
        """Ask the node's database."""
        if self.database_url == "sqlite":
            path = self.directory / "node.sqlite3"
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as database:
                return database.execute(query).fetchall()
        with psycopg.connect(self.database_url) as server:
            return server.execute(query).fetchall()

    def close(self) -> None:
        """Hear no more."""
        if self.listening is not None:
            asyncio.get_running_loop().remove_reader(self.listening)
            self.listening.close()
            self.listening = None


class Offices:
    """The sender, three receivers and the hub, running."""

    def __init__(self, folder: Path, database_for: DatabaseFor, payload_bytes: int) -> None:
        self._folder = folder
        self._payload_bytes = payload_bytes
        self.all = {
            code: Office(code, folder / code.lower(), database_for(code))
            for code in (SENDER, *RECEIVERS)
        }
        self._parts: list[Process] = []
        self._desk: asyncio.subprocess.Process
        self.payload_bytes = 0

    async def start(self) -> None:
        """Make the nodes, start hub, workers and desk, and let the first report arrive."""
        await asyncio.to_thread(self._make)
        for office in self.all.values():
            office.listen()
            config = NodeConfig.load(office.directory)
            self._parts += start_parts(config, self._folder, without="web").values()
        self._desk = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.desk", str(self._payload_bytes), cwd=ROOT,
            env={**os.environ, NODE_VARIABLE: str(self.all[SENDER].directory)},
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self.payload_bytes = (await self._answer())["payload_bytes"]
        async with asyncio.timeout(READY_LIMIT_S):
            await self.per_second(1, RECEIVERS)  # until then no two of them have met

    async def latencies_s(self, number: int, receivers: Sequence[str]) -> list[dict[str, float]]:
        """Commit reports one at a time.

        Returns:
            For each the seconds until the last receiver had it committed and announced: ``commit``
            from the commit at the sender, ``click`` from before its transaction began.
        """
        offices = [self.all[code] for code in receivers]
        took = []
        for _ in range(number):
            before = [office.announced() for office in offices]
            answer = await self._order(1, receivers)
            ends = [
                await self._until(office, count + 1)
                for office, count in zip(offices, before, strict=True)
            ]
            last = max(ends)
            took.append({"commit": last - answer["committed"], "click": last - answer["began"]})
            await asyncio.sleep(PAUSE_S)
        return took

    async def per_second(self, number: int, receivers: Sequence[str]) -> float:
        """Commit many reports at once; return reports a second, from the commit to the last receiver."""
        offices = [self.all[code] for code in receivers]
        before = [office.announced() for office in offices]
        answer = await self._order(number, receivers)
        ends = [
            await self._until(office, count + number)
            for office, count in zip(offices, before, strict=True)
        ]
        return number / (max(ends) - answer["committed"])

    async def stop(self) -> None:
        """End every process."""
        for office in self.all.values():
            office.close()
        if hasattr(self, "_desk"):
            self._desk.kill()
            await self._desk.wait()
        for process in self._parts:
            end(process)

    async def _until(self, office: Office, number: int) -> float:
        """Wait until so many reports were announced; return when the announcement came that made it so."""
        async with asyncio.timeout(ROUND_LIMIT_S):
            while True:
                heard_at = office.told_at
                office.told.clear()
                if office.announced() >= number:
                    return heard_at
                await office.told.wait()

    async def _order(self, number: int, to: Sequence[str]) -> dict[str, float]:
        pipe = self._desk.stdin
        if pipe is None:
            raise RuntimeError("the desk has no standard input")
        pipe.write(json.dumps({"number": number, "to": list(to)}).encode() + b"\n")
        await pipe.drain()
        return await self._answer()

    async def _answer(self) -> dict[str, Any]:
        pipe = self._desk.stdout
        line = await pipe.readline() if pipe is not None else b""
        if not line:
            raise RuntimeError("the desk has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _make(self) -> None:
        key = authority(self._folder / "authority")
        port = str(free_port())
        requests = []
        for code, office in self.all.items():
            hub = ["--serve-hub", "--hub-port", port] if code == SENDER else self._joined(port)
            blo(
                "node", "init", office.directory, "--office", code, "--authority-key", key, "--yes",
                "--demo", "--database-url", office.database_url, *hub,
            )  # fmt: skip
            requests.append(office.directory / "enrolment.request")
        blo("authority", "enrol", self._folder / "authority", *requests, "--yes")
        directory = self._folder / "kg.directory"
        blo("authority", "publish", self._folder / "authority", "--out", directory)
        for office in self.all.values():
            blo("directory", "import", directory, "--node", office.directory)

    def _joined(self, port: str) -> list[str]:
        return ["--hub-url", f"nats://127.0.0.1:{port}"]


@asynccontextmanager
async def offices(
    folder: Path, database_for: DatabaseFor, payload_bytes: int
) -> AsyncIterator[Offices]:
    """Run the offices while the block runs."""
    folder.mkdir()
    running = Offices(folder, database_for, payload_bytes)
    try:
        await running.start()
        yield running
    finally:
        await running.stop()
