"""Supervising the parts of a node: start them, start again what dies, end all of them in order.

States of a part and what moves it:

    started --ready--> running --ended--> waiting --delay over--> started
       |                |  |                 |
       |                |  +-silent--> ended by us --> waiting
       +-------stop-----+--------stop--------+--> stopping --ended | limit--> stopped

The delay doubles from ``FIRST_DELAY_S`` to ``LAST_DELAY_S`` and begins again after a part has run for
``WELL_AFTER_S``. A part that cannot be executed waits likewise. A part is silent when it has given a sign
of life once and then none at ``SILENT_LOOKS`` looks in a row: minutes, so that a slow machine is not
taken for a part that hangs. Nothing here knows what the parts do.
"""

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, NoReturn

FIRST_DELAY_S: Final = 0.5
LAST_DELAY_S: Final = 30.0
WELL_AFTER_S: Final = 60.0
STOP_LIMIT_S: Final = 10.0
READY_EVERY_S: Final = 0.1
LOOK_EVERY_S: Final = 30.0
SILENT_LOOKS: Final = 20

_LIBC: Final = ctypes.CDLL(None)
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4

Report = Callable[..., None]
Asked = Callable[[], Awaitable[bool]]
Process = asyncio.subprocess.Process


@dataclass(frozen=True)
class Part:
    """One process that is to run.

    Attributes:
        name: as it stands in the logs.
        command: what to execute.
        ready: whether it answers; without it, it is ready once it runs.
        lives: whether it has given a sign of life, asked every ``LOOK_EVERY_S``; without it, a part that
            hangs is not noticed.
        environment: added to the supervisor's own.
        handed: written to its standard input at each start: a secret stands neither in an environment
            nor on a command line.
    """

    name: str
    command: Sequence[str]
    ready: Asked | None = None
    lives: Asked | None = None
    environment: dict[str, str] = field(default_factory=dict)
    handed: bytes = field(default=b"", repr=False)


class Keeper:
    """Keeps one part running until it is told to stop."""

    def __init__(self, part: Part, report: Report) -> None:
        self.part = part
        self.ready = asyncio.Event()
        self._report = report
        self._stop = asyncio.Event()

    async def keep(self) -> None:
        """Run the part, again and again, until ``stop`` is called; then end it and return."""
        delay_s = FIRST_DELAY_S
        while not self._stop.is_set():
            began = time.monotonic()
            await self._run_once()
            if self._stop.is_set():
                break
            if time.monotonic() - began > WELL_AFTER_S:
                delay_s = FIRST_DELAY_S
            self._report("part.restarting", part=self.part.name, delay_s=delay_s)
            with suppress(TimeoutError):
                async with asyncio.timeout(delay_s):
                    await self._stop.wait()
            delay_s = min(2 * delay_s, LAST_DELAY_S)

    def stop(self) -> None:
        """Ask for the end: the part is asked to end, and killed where it does not in ``STOP_LIMIT_S``."""
        self._stop.set()

    async def _run_once(self) -> None:
        """Start the part and see it end: by itself, because it is to stop, or because it is silent."""
        began = time.monotonic()
        try:
            process = await self._start()
        except (OSError, subprocess.SubprocessError) as error:
            number = getattr(error, "errno", None)
            self._report("part.not_started", part=self.part.name, errno=number)
            return
        self._report("part.started", part=self.part.name, pid=process.pid)
        ending = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(self._stop.wait())
        watching = asyncio.create_task(self._watch(began))
        others = (stopping, watching)
        try:
            await asyncio.wait((ending, *others), return_when=asyncio.FIRST_COMPLETED)
            if watching.done():
                watching.result()  # what went wrong in asking it is no fault of the part
            if not ending.done():
                await self._end(process)
            elif not self._stop.is_set():
                self._report("part.ended", part=self.part.name, code=ending.result())
        finally:
            self.ready.clear()
            with suppress(ProcessLookupError):
                process.kill()
            for task in others:
                task.cancel()
            await asyncio.gather(ending, *others, return_exceptions=True)

    async def _start(self) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self.part.command,
            stdin=asyncio.subprocess.PIPE,
            env=os.environ | self.part.environment,
            preexec_fn=die_with_the_parent if sys.platform == "linux" else None,
        )
        if process.stdin is not None and self.part.handed:
            process.stdin.write(self.part.handed)
        return process

    async def _end(self, process: Process) -> None:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(STOP_LIMIT_S):
                await process.wait()
            self._report("part.stopped", part=self.part.name)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            self._report("part.killed", part=self.part.name, limit_s=STOP_LIMIT_S)
            await process.wait()

    async def _watch(self, began: float) -> None:
        """Say when the part is ready; return when it has been silent for too long."""
        while self.part.ready is not None and not await self.part.ready():
            await asyncio.sleep(READY_EVERY_S)
        after_ms = round(1000 * (time.monotonic() - began))
        self._report("part.ready", part=self.part.name, after_ms=after_ms)
        self.ready.set()
        if self.part.lives is None:
            await _for_ever()
        heard, silent = False, 0
        while silent < SILENT_LOOKS:
            await asyncio.sleep(LOOK_EVERY_S)
            if await self.part.lives():
                heard, silent = True, 0
            elif heard:
                silent += 1
        self._report("part.silent", part=self.part.name, looks=silent)


async def _for_ever() -> NoReturn:
    while True:
        await asyncio.Event().wait()


async def supervise(parts: Sequence[Part], stop: asyncio.Event, report: Report) -> None:
    """Run all parts until ``stop`` is set; end them in the reverse order.

    A keeper that ends by itself is a fault of this program: it is reported, all parts are ended, and the
    fault is raised, so that whoever runs this node starts all of it again.
    """
    keepers = [Keeper(part, report) for part in parts]
    keeping = [asyncio.create_task(keeper.keep()) for keeper in keepers]
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((stopping, *keeping), return_when=asyncio.FIRST_COMPLETED)
        for keeper, task in zip(keepers, keeping, strict=True):
            if task.done():
                report("part.not_kept", part=keeper.part.name, exc_info=task.exception())
    finally:
        stopping.cancel()
        for keeper, task in reversed(list(zip(keepers, keeping, strict=True))):
            keeper.stop()
            await asyncio.wait((task,))
    for task in keeping:
        task.result()


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
