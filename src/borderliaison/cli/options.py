"""Options that commands share."""

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any, TypeVar

import click

from borderliaison.node.config import NODE_VARIABLE

Command = TypeVar("Command", bound=Callable[..., Any])

node_directory = click.option(
    "--node",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    envvar=NODE_VARIABLE,
    default=".",
    show_default="the current folder",
    help=f"The node's directory; or set {NODE_VARIABLE}.",
)
"""``--node DIR`` for a command that starts Django itself, or not at all."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")


def with_node(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--node DIR``, start Django for that node, and pass its configuration first."""

    def started(directory: Path, *arguments: Any, **named: Any) -> Any:
        from borderliaison.node import logs  # noqa: PLC0415  # structlog, and then Django, load slowly
        from borderliaison.node.start import start_django  # noqa: PLC0415

        logs.configure("blo", "warning")
        return command(start_django(directory), *arguments, **named)

    return node_directory(update_wrapper(started, command))
