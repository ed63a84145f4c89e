"""Running the demo's nodes: ``blo serve`` for each of them, each a process of its own."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from borderliaison.node.config import NodeConfig
from borderliaison.node.demo.build import DemoFailed, Stage
from borderliaison.node.demo.cast import DemoOffice
from borderliaison.node.signs_of_life import answers
from borderliaison.node.supervise import die_with_the_parent

READY_LIMIT_S: Final = 20.0
"""For each of the nodes that start side by side."""
STOP_LIMIT_S: Final = 30.0

Process = asyncio.subprocess.Process


@asynccontextmanager
async def running(stage: Stage) -> AsyncIterator[dict[str, Process]]:
    """Serve all nodes while the block runs; then end them. Yields them by the office's code.

    Raises:
        DemoFailed: a node ended, or did not answer in time.
    """
    processes: dict[str, Process] = {}
    try:
        for office in stage.offices:
            processes[office.code] = await _serve(stage, office)
        await asyncio.gather(*[_ready(stage, o, processes[o.code]) for o in stage.offices])
        yield processes
    finally:
        await asyncio.shield(_stop(list(processes.values())))


async def _serve(stage: Stage, office: DemoOffice) -> Process:
    directory = stage.node(office)
    with log_of(directory).open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "borderliaison.cli", "serve", "--node", str(directory),
            stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            preexec_fn=die_with_the_parent if sys.platform == "linux" else None,
        )  # fmt: skip


def log_of(directory: Path) -> Path:
    """Return where the log of a demo node goes."""
    return directory / "serve.log"


async def _ready(stage: Stage, office: DemoOffice, process: Process) -> None:
    node = NodeConfig.load(stage.node(office))
    with suppress(TimeoutError):
        async with asyncio.timeout(READY_LIMIT_S * len(stage.offices)):
            while process.returncode is None:
                if await asyncio.to_thread(answers, node):
                    return
                await asyncio.sleep(0.2)
    raise DemoFailed(f"{office.name} did not start; see {log_of(stage.node(office))}")


async def _stop(processes: list[Process]) -> None:
    for process in processes:
        if process.returncode is None:
            process.terminate()
    waiting = asyncio.gather(*[process.wait() for process in processes])
    try:
        async with asyncio.timeout(STOP_LIMIT_S):
            await waiting
    except TimeoutError:
        for process in processes:
            if process.returncode is None:
                process.kill()
