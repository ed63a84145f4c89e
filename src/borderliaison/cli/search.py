"""``blo search``: the index by which correspondence is found."""

import sys
from typing import Any

import click

from borderliaison.cli.options import with_node


@click.group
def search() -> None:
    """The index by which correspondence is found."""


@search.command("rebuild")
@click.option("--all", "everything", is_flag=True, help="Index again what is indexed already.")
@with_node
def rebuild(_config: Any, /, everything: bool) -> None:
    """Index what is not indexed yet. Prints how many items were.

    An upgrade does this by itself. It may be stopped and begun again, and the office works meanwhile.
    """
    from borderliaison.correspondence.search import indexing  # noqa: PLC0415  # wants Django started

    with click.progressbar(length=1, label="indexing", file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        found = indexing.rebuild(everything=everything, progress=tell)
    click.echo(found)
