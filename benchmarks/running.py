"""Starting a node's parts as ``blo serve`` does, without its supervisor: what dies stays dead."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from borderliaison.node.config import NodeConfig
from borderliaison.node.serve import parts_of
from borderliaison.node.supervise import die_with_the_parent
from borderliaison.node.unlock import unlock

ROOT = Path(__file__).resolve().parents[1]
STOP_LIMIT_S = 15

Process = subprocess.Popen[bytes]


def start_parts(node: NodeConfig, logs: Path, *, without: str = "") -> dict[str, Process]:
    """Start the parts of a node, but for one, and hand the worker what opens its keys."""
    started = {}
    for part in parts_of(node, unlock(node), "warning"):
        if part.name == without:
            continue
        log = logs / f"{part.name}-{node.office}.log"
        started[part.name] = start(list(part.command), part.environment, log)
        pipe = started[part.name].stdin
        if pipe is not None and part.handed:
            pipe.write(part.handed)
            pipe.flush()
    return started


def start(
    command: list[str], environment: Mapping[str, str], log: Path, *, stdout: int | None = None
) -> Process:
    """Start a process of ours; its standard input stays open until it is ended, at last with this one."""
    with log.open("wb") as file:
        return subprocess.Popen(  # noqa: S603  # our own commands
            command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.PIPE,
            stdout=file if stdout is None else stdout, stderr=file,
            preexec_fn=die_with_the_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # before there are threads
        )  # fmt: skip


def end(process: Process) -> None:
    """Ask a process to end; kill it where it does not."""
    process.terminate()
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
