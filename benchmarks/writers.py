"""How long a page waits to write beside a batch writer that never rests, on SQLite.

Two processes on one file: one commits batches of 64 rows in a loop, the other writes one row each
20 ms, as a page does. With the writer lock of ``node.sqlite`` and with Django's own backend.
"""

import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import django
from django.db import connections, transaction

from borderliaison.node.sqlite.lock import write_in_batches

WRITES = 200
BATCH_ROWS = 64
BACKENDS = {
    "with the lock": "borderliaison.node.sqlite",
    "Django's own": "django.db.backends.sqlite3",
}


def main() -> None:
    """Print the page's wait in milliseconds for both backends."""
    print(f"  {'':15} {'median':>8} {'p99':>8} {'worst':>8}   batches/s")
    for name, engine in BACKENDS.items():
        with tempfile.TemporaryDirectory() as folder:
            print(f"  {name:15} {_measure(Path(folder) / 'db.sqlite3', engine)}")


def _measure(path: Path, engine: str) -> str:
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
    p99 = statistics.quantiles(waits, n=100)[98]
    return f"{statistics.median(waits):8.1f} {p99:8.1f} {max(waits):8.1f}   {rate:9.0f}"


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
