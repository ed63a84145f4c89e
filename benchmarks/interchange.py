"""How many rows of a table come into the records in a second, in how much memory; and out again.

Telephone calls of invented numbers, each a row with two telephones and a call. Each in a process of its
own, the table is imported while somebody else writes a line now and then, its words are indexed, whom it
speaks of is compared, it is imported again unchanged, then with a hundredth of its rows changed, and
exported.
"""

import json
import os
import random
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.beside import beside
from benchmarks.figures import table
from benchmarks.options import Options

PHONES_A_ROW = 0.25
CHANGED = 100
PAUSE_S = 0.05
BLOCK_B = 512
"""In which the machine counts what a process writes."""
HEAD = "caller,called,time,seconds\n"


def measure(options: Options, say: Callable[[str], None]) -> dict[str, Any]:
    """Import, again, changed, export; return rows a second and memory of each."""
    rows = options.entities
    with tempfile.TemporaryDirectory(prefix="blo-bench-") as folder:
        node = make_node(Path(folder))
        first, changed = node / "calls.csv", node / "changed.csv"
        draw(first, rows, every=0)
        draw(changed, rows, every=CHANGED)
        found: dict[str, Any] = {"machine": machine.describe(), "rows": rows}
        say(f"import: {rows} rows")
        with beside(node, __name__, "write") as waits:
            found["import"] = _in_a_process(node, "in", first)
        found["others_wait"] = waits
        for name, step, path in (
            ("index", "index", first),
            ("compare", "compare", first),
            ("again", "in", first),
            ("changed", "in", changed),
            ("export", "out", node / "calls.ftm"),
        ):
            say(name)
            found[name] = _in_a_process(node, step, path)
        size_b = sum(one.stat().st_size for one in node.glob("*.sqlite3*"))
        found["database_mb"] = round(size_b / 1e6)
    return found


def as_table(found: dict[str, Any]) -> str:
    """Return the figures as a table."""
    names = ("import", "index", "compare", "again", "changed", "export")
    steps = [(name, found[name]) for name in names]
    lines = [
        (
            name,
            f"{one['s']:.1f} s, processor {one['cpu_s']:.1f} s",
            f"{found['rows'] / one['s']:.0f} rows/s",
            f"{one['mb']:.0f} MB, {one['written_mb']:.0f} MB to the disk",
        )
        for name, one in steps
    ]
    waits = found["others_wait"]
    lines.append((
        "others who write, meanwhile", f"p50 {waits['p50_ms']:.0f} ms", f"p99 {waits['p99_ms']:.0f} ms",
        f"{waits['max_ms']:.0f} ms at most",
    ))  # fmt: skip
    return table((f"{found['rows']} rows", "", "", "memory at most"), lines)


def draw(path: Path, rows: int, *, every: int = 0) -> None:
    """Write a table; every so manieth call is a second longer, where a number is given."""
    drawn = random.Random(7)  # noqa: S311 - drawn alike each time
    phones = max(2, int(rows * PHONES_A_ROW))
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(rows):
            one, other = drawn.randrange(phones), drawn.randrange(phones)
            longer = int(bool(every) and number % every == 0)
            at = f"{number % 28 + 1:02}.05.2026 {number % 24:02}:{number % 60:02}"
            file.write(f"+996555{one:06},+996700{other:06},{at},{number % 600 + longer}\n")


def _in_a_process(node: Path, step: str, path: Path) -> dict[str, float]:
    with begun(node, step, path) as process:
        said, _ = process.communicate()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args)
    measured: dict[str, float] = json.loads(said.splitlines()[-1])
    return measured


def begun(node: Path, step: str, path: Path) -> "subprocess.Popen[bytes]":
    """Begin a step in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.interchange", step, str(path)]
    environment = {**os.environ, "BLO_NODE": str(node)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)  # noqa: S603 - ours


def make_node(folder: Path) -> Path:
    """Make a node with an officer who reads all that is imported."""
    (folder / "keys").mkdir()
    (folder / "run").mkdir()
    (folder / "keys" / "web.secret").write_text(secrets.token_urlsafe(64), encoding="ascii")
    url = os.environ.get("BLO_BENCH_DB", "sqlite")
    toml = f'office = "KG-BDB"\ndemo = true\ndatabase_url = "{url}"\n'
    (folder / "node.toml").write_text(toml, encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.interchange", "node", str(folder)]
    environment = {**os.environ, "BLO_NODE": str(folder)}
    subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - ours
    return folder


def _step(step: str, path: Path) -> None:
    """Do one step in this process, and print what it took."""
    from borderliaison.cli import run  # noqa: PLC0415 - Django starts on the bench's node

    officer = ["--for", "bench", "--purpose", "case"]
    commands = {
        "in": ["records", "import", str(path), "--set", "calls", "--spec", "calls", "--json"],
        "out": ["records", "export", str(path), *officer, "--json"],
    }
    begun = time.perf_counter()
    code = run(commands[step]) if step in commands else _afterwards(step)
    took_s = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "s": took_s,
        "cpu_s": used.ru_utime + used.ru_stime,
        "mb": used.ru_maxrss / 1024,
        "written_mb": used.ru_oublock * BLOCK_B / 1e6,
    }
    print(json.dumps(found), flush=True)
    sys.exit(code)


def _afterwards(step: str) -> int:
    """Do what the part of a node that draws records does after an import."""
    from borderliaison.node.start import start_django  # noqa: PLC0415 - Django starts on the bench's node

    start_django(Path(os.environ["BLO_NODE"]))
    from borderliaison.records.resolution.candidates import compare_some  # noqa: PLC0415 - as above
    from borderliaison.records.search.index.indexing import index_some  # noqa: PLC0415

    some = {"index": index_some, "compare": compare_some}[step]
    while some():
        pass
    return 0


def _write(stop: Path) -> None:
    """Write a line now and then until a file is there; print how long each took."""
    from borderliaison.node.start import start_django  # noqa: PLC0415 - Django starts on the bench's node

    start_django(Path(os.environ["BLO_NODE"]))
    from django.db import transaction  # noqa: PLC0415 - as above

    from borderliaison.records.changes import note  # noqa: PLC0415

    took_ms = []
    while not stop.exists():
        begun = time.perf_counter()
        with transaction.atomic():
            note()
        took_ms.append((time.perf_counter() - begun) * 1000)
        time.sleep(PAUSE_S)
    print(json.dumps(took_ms), flush=True)


def _begin(folder: Path) -> None:
    from borderliaison.node.start import start_django  # noqa: PLC0415 - Django starts on this node

    start_django(folder)
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from borderliaison.accounts.models import Account  # noqa: PLC0415
    from borderliaison.offices.services import load_network  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    load_network()
    who = {
        "officer_id": "KG-BDB/0001",
        "full_name": "Bench",
        "office": "KG-BDB",
        "agency": "KG-BOR",
    }
    Account.objects.create(login="bench", role="analyst", clearance=1, languages=["ru"], **who)


if __name__ == "__main__":
    if sys.argv[1] == "node":
        _begin(Path(sys.argv[2]))
    elif sys.argv[1] == "write":
        _write(Path(sys.argv[2]))
    else:
        _step(sys.argv[1], Path(sys.argv[2]))
