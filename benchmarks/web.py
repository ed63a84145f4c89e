"""Pages and the feed of one node under load, beside a bare Django page under the same server.

The pages are the real ones, of officers who are signed in. The feed is listened to by 500 pages while
reports are filed; from the commit to the receipt counts the slowest page as well as the first. Then the
node's memory is watched under pages and events for as long as asked.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.browsers import Listener, pages_per_second
from benchmarks.figures import of_rounds, quantile, ratios, shown, table
from benchmarks.machine import describe, in_words
from benchmarks.options import Options
from benchmarks.running import ROOT, Process, end, start, start_parts
from borderliaison.node.config import NODE_VARIABLE, NodeConfig
from borderliaison.node.signs_of_life import answers
from tests.node.nodes import authority, blo
from tests.ports import free_port

DEFAULT_ROUNDS = 3
PAGES_S = 5.0
"""For how long each page is asked for in a round."""
AT_ONCE = 8
STREAMS = 500
REPORTS = 30
"""How many reports are filed while the pages listen, in a round."""
PAUSE_S = 0.2
READY_LIMIT_S = 90.0
SAMPLE_S = 1.0

Say = Callable[[str], None]


def measure(options: Options, say: Say) -> dict[str, Any]:
    """Measure; return pages a second, delays of the feed, memory."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(4 * STREAMS, hard)), hard))
    with tempfile.TemporaryDirectory(prefix="blo-b-") as name, ExitStack() as ends:
        site = Site(Path(name), ends)
        say("web: making an office with its officers and threads")
        site.start()
        return asyncio.run(_measure(site, options, say))


def as_table(result: dict[str, Any]) -> str:
    """Return the result for people."""
    rows = [
        (page, shown(of["per_second"], "/s"), shown(of["ratio"]) if "ratio" in of else "")
        for page, of in result["pages"].items()
    ]
    events, memory = result["events"], result["memory"]
    return "\n".join([
        in_words(result["machine"]),
        table(("page", "pages a second", "beside the bare page"), rows),
        f"  events to {events['streams']} open pages, from the commit to the receipt:"
        f" p50 {shown(events['p50_ms'], ' ms')}, p99 {shown(events['p99_ms'], ' ms')}",
        *(
            f"  memory of {part} over {memory['minutes']} min of load: {of['first_mb']} MB at first,"
            f" {of['last_mb']} MB at last, {of['most_mb']} MB at most"
            for part, of in memory["parts"].items()
        ),
    ])  # fmt: skip


async def _measure(site: "Site", options: Options, say: Say) -> dict[str, Any]:
    rounds = options.rounds or DEFAULT_ROUNDS
    machine = describe()
    pages = await _pages(site, rounds, say)
    events = await _events(site, rounds, say)
    say(f"web: watching the memory for {options.minutes} min")
    memory = await _memory(site, options.minutes)
    return {
        "name": "web",
        "machine": machine,
        "rounds": rounds,
        "pages": pages,
        "events": events,
        "memory": memory,
    }


async def _pages(site: "Site", rounds: int, say: Say) -> dict[str, dict[str, Any]]:
    wanted = {
        "bare Django": (site.bare_port, "/"),
        "messages": (site.port, "/messages/"),
        "thread": (site.port, site.thread),
    }
    found: dict[str, list[float]] = {name: [] for name in wanted}
    for number in range(-1, rounds):  # the first is for warming up
        for name, (port, path) in wanted.items():
            per_second = await pages_per_second(port, path, site.cookies, PAGES_S, AT_ONCE)
            if number >= 0:
                found[name].append(per_second)
                say(f"web: round {number + 1} of {rounds}: {name} {per_second:.0f}/s")
    return {
        name: {
            **of_rounds([{"per_second": one} for one in each]),
            **({} if name == "bare Django" else {"ratio": ratios(each, found["bare Django"])}),
        }
        for name, each in found.items()
    }


async def _events(site: "Site", rounds: int, say: Say) -> dict[str, Any]:
    listeners = [Listener() for _ in range(STREAMS)]
    for place, one in enumerate(listeners):
        await one.open(site.port, site.cookies[place // site.streams_each])
    measured = []
    for number in range(rounds):
        took = []
        for _ in range(REPORTS):
            before = [len(one.heard_at) for one in listeners]
            committed = await asyncio.to_thread(site.file_a_report)
            async with asyncio.timeout(READY_LIMIT_S):
                while any(len(one.heard_at) == n for one, n in zip(listeners, before, strict=True)):
                    await asyncio.sleep(0.005)
            took += [
                1000 * (one.heard_at[n] - committed)
                for one, n in zip(listeners, before, strict=True)
            ]
            await asyncio.sleep(PAUSE_S)
        measured.append({"p50_ms": quantile(took, 0.5), "p99_ms": quantile(took, 0.99)})
        say(f"web: round {number + 1} of {rounds}: events p99 {measured[-1]['p99_ms']:.0f} ms")
    for one in listeners:
        await one.close()
    return {"streams": STREAMS, **of_rounds(measured)}


async def _memory(site: "Site", minutes: float) -> dict[str, Any]:
    seconds = 60 * minutes
    loading = asyncio.gather(
        pages_per_second(site.port, "/messages/", site.cookies, seconds, 2),
        pages_per_second(site.port, site.thread, site.cookies, seconds, 2),
    )
    found: dict[str, list[float]] = {}
    while not loading.done():
        await asyncio.to_thread(site.file_a_report)
        for part, megabytes in site.memory_mb().items():
            found.setdefault(part, []).append(megabytes)
        await asyncio.wait({loading}, timeout=SAMPLE_S)
    await loading
    parts = {
        part: {"first_mb": each[0], "last_mb": each[-1], "most_mb": max(each)}
        for part, each in found.items()
    }
    return {"minutes": minutes, "parts": parts}


class Site:
    """One served node with readers, a desk that files reports, and the bare page.

    Args:
        folder: where its node is made.
        ends: what ends its processes.
        readers: the module that makes the officers and what they read.
        number: what that module is told: how many streams, or how many events.
        without: a part of the node that is not started.
    """

    def __init__(
        self,
        folder: Path,
        ends: ExitStack,
        readers: str = "benchmarks.readers",
        number: int = STREAMS,
        without: str = "",
    ) -> None:
        self._folder, self._ends = folder, ends
        self._readers, self._number, self._without = readers, number, without
        self._parts: dict[str, Process] = {}
        self._desk: Process
        self.port, self.bare_port = free_port(), free_port()
        self.cookies: list[str] = []
        self.thread, self.streams_each = "", 1
        self.said: dict[str, Any] = {}

    def start(self) -> None:
        """Make and start everything."""
        key = authority(self._folder / "authority")
        node = self._folder / "n"
        blo("node", "init", node, "--office", "KG-BDB", "--authority-key", key, "--yes", "--demo",
            "--port", str(self.port), "--serve-hub", "--hub-port", str(free_port()))  # fmt: skip
        environment = {NODE_VARIABLE: str(node)}
        made = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", self._readers, str(self._number)],
            check=True, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE,
        )  # fmt: skip
        readers = json.loads(made.stdout)
        self.cookies, self.thread = readers["cookies"], readers["thread"]
        self.streams_each, self.said = readers["streams_each"], readers
        config = NodeConfig.load(node)
        self._parts = start_parts(config, self._folder, without=self._without)
        for process in self._parts.values():
            self._ends.callback(end, process)
        self._start("bare", "benchmarks.bare", str(self.bare_port), str(readers["page_threads"]))
        self._desk = self._start(
            "desk", "benchmarks.desk", "1024", stdout=subprocess.PIPE, **environment
        )
        self._line()
        give_up = time.monotonic() + READY_LIMIT_S
        while not answers(config):
            if time.monotonic() > give_up:
                raise TimeoutError("the node does not answer")
            time.sleep(0.2)

    def file_a_report(self) -> float:
        """File a report; return the monotonic time at which it was committed."""
        if self._desk.stdin is None:
            raise RuntimeError("the desk has no standard input")
        self._desk.stdin.write(json.dumps({"number": 1, "to": ["KG-DST"]}).encode() + b"\n")
        self._desk.stdin.flush()
        return float(self._line()["committed"])

    def memory_mb(self) -> dict[str, float]:
        """Return the resident memory of the node's parts. Source: proc_pid_statm(5)."""
        page = resource.getpagesize()
        return {
            name: round(int(Path(f"/proc/{one.pid}/statm").read_text().split()[1]) * page / 1e6, 1)
            for name, one in self._parts.items()
        }

    def processor_s(self, part: str) -> float:
        """Return the processor time that a part has taken. Source: proc_pid_stat(5)."""
        said = Path(f"/proc/{self._parts[part].pid}/stat").read_text().rpartition(")")[2].split()
        return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")

    def _line(self) -> dict[str, Any]:
        line = self._desk.stdout.readline() if self._desk.stdout is not None else b""
        if not line:
            raise RuntimeError("the desk has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _start(
        self, name: str, module: str, *arguments: str, stdout: int | None = None, **more: str
    ) -> Process:
        command = [sys.executable, "-m", module, *arguments]
        process = start(command, more, self._folder / f"{name}.log", stdout=stdout)
        self._ends.callback(end, process)
        return process
