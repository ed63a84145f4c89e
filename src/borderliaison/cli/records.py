"""``blo records``: who and what the reports speak of."""

import sys
from typing import Any

import click

from borderliaison.cli.options import with_node
from borderliaison.cli.records_files import FILES


@click.group
def records() -> None:
    """Who and what the reports speak of."""


@records.command("draw")
@with_node
def draw(_config: Any, /) -> None:
    """Draw records from the reports that came since the last time. Prints how many were looked at.

    It may be stopped and begun again, and the office works meanwhile. Where the rules of a form were
    changed, all reports are drawn again.
    """
    from borderliaison.reports.projection.keeping_up import catch_up  # noqa: PLC0415  # wants Django started

    found = catch_up(lambda done: click.echo(f"\r{done}", err=True, nl=False))
    if found:
        click.echo(file=sys.stderr)
    click.echo(found)


for command in FILES:
    records.add_command(command)
