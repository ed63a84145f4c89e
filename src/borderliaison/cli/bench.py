"""``blo bench``."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from borderliaison.cli.options import as_json

MEASUREMENTS = {
    "writers": "A page's wait to write beside a batch writer, on SQLite.",
    "exchange": "A report from office to office beside NATS JetStream that syncs every write.",
    "web": "Pages beside a bare Django page, the feed to 500 open pages, memory under load.",
    "board": "The board with 10,000 events: requests, time to interactive, an event to the screen.",
    "records": "The network of 1,000,000 entities beside SQLite, igraph and networkx.",
    "interchange": "Rows of a table into the records and out again, in how much memory.",
    "finding": "Records looked for by words among many people, alone and while a table is imported.",
    "matching": "How well those who are one are found, beside plain rules; wants `--data`.",
    "chart": "A chart of 5,000 and of 50,000 items in Chromium, beside plain sigma.",
}
SOURCE_TREE = Path(__file__).resolve().parents[3]


@click.command
@click.argument("name", type=click.Choice(list(MEASUREMENTS)))
@click.option("--rounds", default=0, help="How often everything is repeated.")
@click.option(
    "--minutes", default=0.5, show_default=True, help="How long `web` watches the node's memory."
)
@click.option(
    "--entities",
    default=1_000_000,
    show_default=True,
    help="How much `records`, `interchange` and `finding` draw.",
)
@click.option("--data", default="", metavar="FOLDER", help="Public lists, for `matching`.")
@as_json
def bench(name: str, rounds: int, minutes: float, entities: int, data: str, as_json: bool) -> None:
    """Measure on this machine, and print figures; nothing is asserted.

    The measurements are in the source tree, with the servers that they compare with: get it and run
    `make setup`. Leave the machine alone meanwhile.
    """
    if not (SOURCE_TREE / "benchmarks" / "__main__.py").exists():
        raise click.ClickException(
            "measurements need the source tree of Border Liaison; this is an installed package"
        )
    if find_spec("benchmarks") is None:
        sys.path.insert(0, str(SOURCE_TREE))
    options = import_module("benchmarks.options").Options(rounds, minutes, entities, data)
    import_module("benchmarks.__main__").run(name, options, as_json=as_json)
