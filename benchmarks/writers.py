"""How long a page waits to write beside a batch writer that never rests, on SQLite.

Two processes on one file: one commits batches of 64 rows in a loop, the other writes one row each
20 ms, as a page does. With the writer lock of ``node.sqlite`` and with Django's own backend.
"""

import multiprocessing
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db import connections, transaction

from benchmarks.figures import of_rounds, quantile, shown, table
from benchmarks.machine import describe, fdatasync_floor, in_words
from benchmarks.options import Options
from borderliaison.node.sqlite.lock import write_in_batches

DEFAULT_ROUNDS = 3
WRITES = 200
BATCH_ROWS = 64
BACKENDS = {
    "with the lock": "borderliaison.node.sqlite",
    "Django's own": "django.db.backends.sqlite3",
}


def measure(options: Options, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure the page's wait with both backends; return milliseconds and batches a second."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in BACKENDS}
    with tempfile.TemporaryDirectory(prefix="blo-b-") as name:
        machine, floor = describe(), fdatasync_floor(Path(name))
    rounds = options.rounds or DEFAULT_ROUNDS
    for number in range(rounds):
        say(f"writers: round {number + 1} of {rounds}")
        for backend, engine in BACKENDS.items():
            with tempfile.TemporaryDirectory(prefix="blo-b-") as folder:
                found[backend].append(_measure(Path(folder) / "db.sqlite3", engine))
    backends = {backend: of_rounds(each) for backend, each in found.items()}
    return {"name": "writers", "machine": machine, "fdatasync": floor, "backends": backends}


def as_table(result: dict[str, Any]) -> str:
    """Return the result for people."""
    rows = [
        (
            backend,
            *(shown(of[name], " ms") for name in ("p50_ms", "p99_ms", "worst_ms")),
            shown(of["batches_per_second"], "/s"),
        )
        for backend, of in result["backends"].items()
    ]
    head = ("", "median wait", "p99", "worst", "batches of the other writer")
    return f"{in_words(result['machine'])}\n{table(head, rows)}"


def _measure(path: Path, engine: str) -> dict[str, float]:
    spawn = multiprocessing.get_context("spawn")
    stop, commits = spawn.Event(), spawn.Value("q", 0)
    with _connect(path, engine).cursor() as cursor:
        cursor.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT)")
    batch = spawn.Process(target=_saturate, args=(path, engine, stop, commits))
    batch.start()
    while not commits.value:
        time.sleep(0.01)
    began, before = time.monotonic(), commits.value
    waits = _write_as_a_page(path, engine)
    rate = (commits.value - before) / (time.monotonic() - began)
    stop.set()
    batch.join()
    return {
        "p50_ms": quantile(waits, 0.5),
        "p99_ms": quantile(waits, 0.99),
        "worst_ms": max(waits),
        "batches_per_second": rate,
    }


def _connect(path: Path, engine: str) -> Any:
    from django.conf import settings  # noqa: PLC0415  # each process configures its own

    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    database = {"ENGINE": engine, "NAME": str(path), "OPTIONS": options}
    if not settings.configured:
        settings.configure()
        django.setup()
    connections.settings = connections.configure_settings({"default": database})
    connections.close_all()
    if hasattr(connections._connections, "default"):
        del connections["default"]
    return connections["default"]


def _saturate(path: Path, engine: str, stop: Any, commits: Any) -> None:
    write_in_batches()
    connection = _connect(path, engine)
    while not stop.is_set():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO line (text) VALUES (%s)", [["x" * 200]] * BATCH_ROWS)
        commits.value += 1


def _write_as_a_page(path: Path, engine: str) -> list[float]:
    connection = _connect(path, engine)
    waits = []
    for _ in range(WRITES):
        time.sleep(0.02)
        began = time.monotonic()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO line (text) VALUES ('page')")
        waits.append(1000 * (time.monotonic() - began))
    return waits
