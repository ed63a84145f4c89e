"""Supervising the parts of a node: start them, start again what dies, end all of them in order.

States of a part and what moves it:

    started --ready--> running --ended--> waiting --delay over--> started
       |                  |                  |
       +-------stop-------+-------stop-------+--> stopping --ended | limit--> stopped

The delay doubles from ``FIRST_DELAY_S`` to ``LAST_DELAY_S`` and begins again after a part has run for
``WELL_AFTER_S``. Nothing here knows what the parts do.
"""

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

FIRST_DELAY_S: Final = 0.5
LAST_DELAY_S: Final = 30.0
WELL_AFTER_S: Final = 60.0
STOP_LIMIT_S: Final = 10.0
READY_EVERY_S: Final = 0.1

_LIBC: Final = ctypes.CDLL(None)
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4

Report = Callable[..., None]


@dataclass(frozen=True)
class Part:
    """One process that is to run.

    Attributes:
        name: as it stands in the logs.
        command: what to execute.
        ready: whether it answers; without it, it is ready once it runs.
        environment: added to the supervisor's own.
        handed: written to its standard input at each start: a secret stands neither in an environment
            nor on a command line.
    """

    name: str
    command: Sequence[str]
    ready: Callable[[], Awaitable[bool]] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    handed: bytes = field(default=b"", repr=False)


class Keeper:
    """Keeps one part running until it is told to stop."""

    def __init__(self, part: Part, report: Report) -> None:
        self.part = part
        self.ready = asyncio.Event()
        self._report = report
        self._stop = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None

    async def keep(self) -> None:
        """Run the part, again and again, until ``stop`` is called."""
        delay_s = FIRST_DELAY_S
        while not self._stop.is_set():
            began = time.monotonic()
            code = await self._run_once()
            if self._stop.is_set():
                break
            self._report("part.ended", part=self.part.name, code=code)
            if time.monotonic() - began > WELL_AFTER_S:
                delay_s = FIRST_DELAY_S
            self._report("part.restarting", part=self.part.name, delay_s=delay_s)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), delay_s)
            delay_s = min(2 * delay_s, LAST_DELAY_S)

    async def stop(self) -> None:
        """Ask the part to end; kill it where it does not within ``STOP_LIMIT_S``."""
        self._stop.set()
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_LIMIT_S)
            self._report("part.stopped", part=self.part.name)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            self._report("part.killed", part=self.part.name, limit_s=STOP_LIMIT_S)
            await process.wait()

    async def _run_once(self) -> int:
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *self.part.command,
            stdin=asyncio.subprocess.PIPE,
            env=os.environ | self.part.environment,
            preexec_fn=die_with_the_parent if sys.platform == "linux" else None,
        )
        self._process = process
        if process.stdin is not None and self.part.handed:
            process.stdin.write(self.part.handed)
        if self._stop.is_set():  # it was asked for while the process began
            process.terminate()
        self._report("part.started", part=self.part.name, pid=process.pid)
        watching = asyncio.create_task(self._watch(began))
        try:
            return await process.wait()
        finally:
            self.ready.clear()
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self, began: float) -> None:
        while self.part.ready is not None and not await self.part.ready():
            await asyncio.sleep(READY_EVERY_S)
        after_ms = round(1000 * (time.monotonic() - began))
        self._report("part.ready", part=self.part.name, after_ms=after_ms)
        self.ready.set()


async def supervise(parts: Sequence[Part], stop: asyncio.Event, report: Report) -> None:
    """Run all parts until ``stop`` is set; end them in the reverse order."""
    keepers = [Keeper(part, report) for part in parts]
    keeping = [asyncio.create_task(keeper.keep()) for keeper in keepers]
    await stop.wait()
    for keeper in reversed(keepers):
        await keeper.stop()
    await asyncio.gather(*keeping)


def die_with_the_parent() -> None:
    """Ask the kernel to end this process when the one that started it is killed. Source: prctl(2)."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def keep_memory_private() -> None:
    """Let no other process of this user read this one's memory, nor a core dump hold it. prctl(2)."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_DUMPABLE, 0)


def python_part(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module in this Python."""
    return [sys.executable, "-m", module, *arguments]
