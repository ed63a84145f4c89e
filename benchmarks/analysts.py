"""An analyst before a chart: ``python -m benchmarks.analysts ITEMS``.

Draws a network with groups in it into a table, imports the table as the command does, puts all of it on a
new chart, and signs the analyst in, with a purpose. Prints one line of JSON: the cookie, the chart's
address, and how long the import and the making of the chart took.
"""

import json
import os
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks.records.grouped import grouped
from borderliaison.node import logs
from borderliaison.node.config import NODE_VARIABLE
from borderliaison.node.start import start_django

LINES_EACH = 3
HEAD = "caller,called,time,seconds\n"


def main() -> None:
    """Make them."""
    node = start_django(Path(os.environ[NODE_VARIABLE]))
    logs.configure("desk", "error")
    from borderliaison.charts.kept.keeping import make_chart  # noqa: PLC0415  # wants Django started
    from borderliaison.records.models import Entity  # noqa: PLC0415
    from borderliaison.web.asgi import PAGE_THREADS  # noqa: PLC0415
    from tests.accounts.people import officer, signed_in  # noqa: PLC0415

    table = node.directory / "calls.csv"
    _draw(table, int(sys.argv[1]))
    began, worked = time.perf_counter(), time.process_time()
    _take_in(table)
    imported_s, imported_cpu_s = time.perf_counter() - began, time.process_time() - worked
    analyst = officer("analyst", office=node.office, role="analyst")
    keys = Entity.objects.filter(schema="Phone").values_list("key", flat=True)
    began = time.perf_counter()
    chart = make_chart(analyst, "Calls", list(keys))
    made_s = time.perf_counter() - began
    browser = signed_in(analyst)
    browser.post(f"/charts/{chart.key}/purpose/", {"purpose": "case"})
    said = {
        "cookies": ["; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())],
        "streams_each": 1,
        "page_threads": PAGE_THREADS,
        "thread": f"/charts/{chart.key}/",
        "imported_s": imported_s,
        "imported_cpu_s": imported_cpu_s,
        "made_s": made_s,
    }
    print(json.dumps(said), flush=True)


def _draw(path: Path, items: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number, (one, other) in enumerate(grouped(items, LINES_EACH * items)):
            at = f"{number % 28 + 1:02}.05.2026 {number % 24:02}:{number % 60:02}"
            file.write(f"+996555{one:06},+996555{other:06},{at},{number % 600}\n")


def _take_in(path: Path) -> None:
    from borderliaison.cli import run  # noqa: PLC0415  # wants the node named

    with redirect_stdout(sys.stderr):
        code = run(["records", "import", str(path), "--spec", "calls", "--json"])
    if code:
        sys.exit(code)


if __name__ == "__main__":
    main()
