"""The network of the records, beside a plain SQLite query, igraph and networkx, on the same lines.

Services are measured, not pages, and with the filter by marking on: a tenth of the lines is not for the
reader, while the others look at all of them. ``--entities`` sets the size; there are five lines for each.

A report's arrival is measured from its writing to where the network has it. igraph (GPL) is a peer of this
measurement alone; nothing of it is shipped.
"""

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.figures import shown, table
from benchmarks.options import Options

ROUNDS = 3
ASKED = 200
Say = Callable[[str], None]


def measure(options: Options, say: Say) -> dict[str, Any]:
    """Draw a network, write it into an office's database, and ask the same of all."""
    rounds = options.rounds or ROUNDS
    with tempfile.TemporaryDirectory(prefix="blo-bench-") as folder:
        _start(Path(folder))
        from benchmarks.records import asked, drawn, filling, weighing  # noqa: PLC0415 - Django has started

        network = drawn.drawn(options.entities)
        say(f"writing {network.entities:,} entities and {len(network.begin):,} lines")
        result: dict[str, Any] = {
            "machine": machine.describe(),
            "entities": network.entities,
            "lines": len(network.begin),
            "filling_s": filling.fill(network, Path(folder)),
            "graph": asked.load(rounds, say),
            "two_hops": asked.two_hops(network, Path(folder), rounds, ASKED, say),
            "shortest": asked.shortest(network, rounds, ASKED, say),
            "betweenness": asked.betweenness(rounds, say),
        }
        say("weighing networkx")
        weighed = weighing.weighed_mb(network, Path(folder))
    held = result["graph"]["held_mb"]
    result["networkx"] = {f"{how}_mb": mb for how, mb in weighed.items()}
    result["networkx"] |= {f"{how}_ratio": round(held / mb, 4) for how, mb in weighed.items()}
    return result


def as_table(result: dict[str, Any]) -> str:
    """Return the figures as lines."""
    graph, networkx = result["graph"], result["networkx"]
    hops, ways, between = result["two_hops"], result["shortest"], result["betweenness"]
    rows = [
        ("two hops, p50, ms", hops["ours_p50_ms"], hops["sqlite_p50_ms"], hops["p50_ratio"], "0.5"),
        ("two hops, p99, ms", hops["ours_p99_ms"], hops["sqlite_p99_ms"], hops["p99_ratio"], "0.5"),
        ("shortest way, p50, ms", ways["ours_ms"], ways["igraph_ms"], ways["ratio"], "0.2"),
        ("betweenness of 8,000, s", between["ours_s"], between["igraph_s"], between["ratio"], "1"),
    ]
    lines = [(name, *map(shown, figures), aim) for name, *figures, aim in rows]
    return "\n".join([
        machine.in_words(result["machine"]),
        f"{result['entities']:,} entities, {result['lines']:,} lines, written in {result['filling_s']} s",
        f"loaded in {graph['load_s']} s; a new report is in the network after"
        f" {shown(graph['arrival_ms'], ' ms')}",
        f"memory: {graph['held_mb']} MB in arrays, by which the process grew {graph['grown_mb']} MB;"
        f" networkx with the same of each line {networkx['marked_mb']} MB:"
        f" {networkx['marked_ratio']} of it (aim 0.05); with bare lines {networkx['bare_mb']} MB:"
        f" {networkx['bare_ratio']}",
        table(("", "ours", "theirs", "ratio", "aim"), lines),
    ])  # fmt: skip


def _start(folder: Path) -> None:
    """Make a node in a folder, start Django on it, and make its tables."""
    for name in ("keys", "run"):
        (folder / name).mkdir()
    (folder / "keys" / "web.secret").write_text(secrets.token_urlsafe(64), encoding="ascii")
    toml = 'office = "KG-BDB"\ndemo = true\ndatabase_url = "sqlite"\n'
    (folder / "node.toml").write_text(toml, encoding="utf-8")
    from borderliaison.node.start import start_django  # noqa: PLC0415 - Django starts on this node

    start_django(folder)
    from django.core.management import call_command  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0, interactive=False)
