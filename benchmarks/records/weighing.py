"""How much memory networkx needs for the same lines: ``python -m benchmarks.records.weighing FILE``.

A process of its own for each way of holding them, so that nothing else is weighed.
"""

import gc
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.records.drawn import Drawn


def resident_mb() -> float:
    """Return how much memory this process has."""
    gc.collect()
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status does not say how much memory is resident")


def weighed_mb(network: Drawn, folder: Path) -> dict[str, float]:
    """Return what networkx needs for the lines with their marks, and for the bare lines, in megabytes."""
    file = folder / "lines.npz"
    columns = {
        "begin": network.begin,
        "end": network.end,
        "minute": network.minute,
        "source": network.source,
    }
    np.savez(file, **columns)
    return {how: _weigh(file, how) for how in ("marked", "bare")}


def _weigh(file: Path, how: str) -> float:
    command = [sys.executable, "-m", "benchmarks.records.weighing", str(file), how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return float(done.stdout)


def main() -> None:
    """Hold the lines of a file, and print what they take."""
    import networkx as nx  # noqa: PLC0415 - its own memory is not weighed below

    columns = np.load(sys.argv[1])
    parts = [columns[name].tolist() for name in ("begin", "end", "minute", "source")]
    before = resident_mb()
    if sys.argv[2] == "marked":
        held = nx.MultiDiGraph()
        for number, (begin, end, minute, source) in enumerate(zip(*parts, strict=True)):
            held.add_edge(
                begin, end, kind="Associate", marking=source % 3, since=minute, until=None,
                entity=number, source=source,
            )  # fmt: skip
    else:
        held = nx.Graph()
        held.add_edges_from(zip(*parts[:2], strict=True))
    print(round(resident_mb() - before, 1))


if __name__ == "__main__":
    main()
