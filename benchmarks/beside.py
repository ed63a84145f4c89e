"""Doing something again and again in a process of its own while something else is measured."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import quantile


@contextmanager
def beside(node: Path, module: str, step: str) -> Iterator[dict[str, float]]:
    """Give what it took, in milliseconds; it is filled in when the block is left.

    Args:
        node: the directory of the node on which it is done.
        module: whose ``step`` it is; it is told a path, and ends when there is a file.
        step: what is done; prints a list of milliseconds.
    """
    stop, found = node / f"{step}.stop", dict[str, float]()
    command = [sys.executable, "-m", module, step, str(stop)]
    process = subprocess.Popen(  # noqa: S603 - ours
        command, env={**os.environ, "BLO_NODE": str(node)}, stdout=subprocess.PIPE
    )
    try:
        yield found
        stop.touch()
        said, _ = process.communicate()
        found.update(quantiles(json.loads(said.splitlines()[-1])))
    finally:
        process.kill()
        process.wait()
        stop.unlink(missing_ok=True)


def quantiles(took_ms: list[float]) -> dict[str, float]:
    """Return how often something was done, and what it took."""
    return {
        "count": len(took_ms),
        "p50_ms": round(quantile(took_ms, 0.5), 1),
        "p99_ms": round(quantile(took_ms, 0.99), 1),
        "max_ms": round(max(took_ms), 1),
    }
