"""``blo serve``."""

from pathlib import Path

import click

from borderliaison.cli.options import node_directory


@click.command
@node_directory
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    default="info",
    show_default=True,
    help="The least important lines that are written.",
)
def serve(directory: Path, log_level: str) -> None:
    """Run the node until Ctrl-C: pages, worker, records and, where it is asked to, the hub.

    What it does is logged to stderr, one JSON object a line, with ids only. A part that dies is
    started again.
    """
    from borderliaison.node.config import NodeConfig  # noqa: PLC0415  # keeps `blo --help` quick
    from borderliaison.node.serve import serve as run  # noqa: PLC0415

    run(NodeConfig.load(directory), log_level)
