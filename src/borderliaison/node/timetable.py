"""When jobs are due: what the supervisor knows of them, which is a file. Needs no Django.

The supervisor sleeps until the next job is due, starts a process that runs what is due, and reads the
file again. States: asleep --due--> running --ended--> asleep; a stop ends either.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from borderliaison.kernel.durable import write_whole
from borderliaison.node.supervise import die_with_the_parent

NAME: Final = "jobs.json"
FIRST_LOOK_S: Final = 60.0
"""After the start: pages and worker come first."""
LOOK_AGAIN_S: Final = 900.0
"""At the latest, should the clock have been set, or the file be lost."""
SHORTEST_REST_S: Final = 30.0
"""Between two processes, whatever the file says."""
STOP_LIMIT_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Run:
    """How a job ended when it ran last, and when it is due.

    Attributes:
        began: ``None`` where it never ran; aware, UTC.
        ended: likewise.
        ok: whether it did what it is for.
        said: what it did, in ids and numbers; the error's code where it failed.
        next: when it is due.
    """

    began: datetime | None
    ended: datetime | None
    ok: bool
    said: str
    next: datetime

    @classmethod
    def never(cls, due: datetime) -> Self:
        """Return what stands for a job that never ran."""
        return cls(None, None, ok=True, said="", next=due)


def read_runs(directory: Path) -> dict[str, Run]:
    """Return what is kept of the jobs of the node in ``directory``; nothing of a file that is torn."""
    try:
        raw = json.loads((directory / NAME).read_text(encoding="utf-8"))
        return {name: _run(one) for name, one in raw.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_runs(directory: Path, runs: dict[str, Run]) -> None:
    """Keep how the jobs ended."""
    raw = {name: asdict(run) for name, run in runs.items()}
    write_whole(directory / NAME, json.dumps(raw, indent=1, default=datetime.isoformat))


def _run(raw: dict[str, Any]) -> Run:
    began, ended = (datetime.fromisoformat(raw[k]) if raw[k] else None for k in ("began", "ended"))
    due = datetime.fromisoformat(raw["next"])
    return Run(began, ended, ok=bool(raw["ok"]), said=str(raw["said"]), next=due)


def rest_s(directory: Path, now: datetime) -> float:
    """Return how many seconds there is nothing to do."""
    due = min((run.next for run in read_runs(directory).values()), default=now)
    return min(max((due - now).total_seconds(), SHORTEST_REST_S), LOOK_AGAIN_S)


async def keep_to_it(
    directory: Path,
    environment: dict[str, str],
    stop: asyncio.Event,
    report: Callable[..., None],
    first_s: float = FIRST_LOOK_S,
) -> None:
    """Start the process of the jobs whenever one is due, until ``stop`` is set.

    Args:
        directory: the node's.
        environment: added to this process's own.
        stop: ends it; a process that runs is asked to end, and killed where it does not.
        report: writes a line of the log.
        first_s: how long to wait after the start.
    """
    rest = first_s
    while not stop.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(rest):
                await stop.wait()
            return
        try:
            await _run_once(environment, stop, report)
        except (OSError, subprocess.SubprocessError) as error:
            report("part.not_started", part="jobs", errno=getattr(error, "errno", None))
        rest = rest_s(directory, datetime.now(UTC))


async def _run_once(
    environment: dict[str, str], stop: asyncio.Event, report: Callable[..., None]
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "borderliaison.node.part", "jobs",
        stdin=asyncio.subprocess.PIPE,
        env=os.environ | environment,
        preexec_fn=die_with_the_parent if sys.platform == "linux" else None,
    )  # fmt: skip
    ending, stopping = asyncio.create_task(process.wait()), asyncio.create_task(stop.wait())
    await asyncio.wait({ending, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not ending.done():
        process.terminate()
        try:
            async with asyncio.timeout(STOP_LIMIT_S):
                await asyncio.shield(ending)
        except TimeoutError:
            process.kill()
            report("part.killed", part="jobs", limit_s=STOP_LIMIT_S)
    code = await ending
    if code and not stop.is_set():
        report("part.ended", part="jobs", code=code)
