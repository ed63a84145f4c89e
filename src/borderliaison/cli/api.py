"""``blo api``: the interface for programs."""

import json
from typing import Any

import click

from borderliaison.cli.options import with_node


@click.group()
def api() -> None:
    """The interface for programs, at /api/v1/. Tokens are made under Me or by `blo user token`."""


@api.command()
@with_node
def schema(config: Any, /) -> None:
    """Print the OpenAPI description, to make a client from or to check one against."""
    from borderliaison.api.interface import described  # noqa: PLC0415  # loads slowly

    del config
    click.echo(json.dumps(described(), ensure_ascii=False, indent=1))
