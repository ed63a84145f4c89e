"""``blo node transfer``."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, with_node


@click.command
@with_node
@click.option("--to", "url", help="The empty database: postgresql://USER@HOST/NAME.")
@click.option(
    "--to-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file, mode 0600, whose first line is that address: for one with a password in it.",
)
@click.option("--dry-run", is_flag=True, help="Copy and compare everything, then take it all back.")
@as_json
def transfer(
    config: Any, /, url: str | None, to_file: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Move the node from SQLite to PostgreSQL. End `blo serve` first.

    Every row keeps its number; rows are counted and compared on both sides. node.toml is switched at the
    very end; whatever fails before leaves the node on SQLite as it was, and the command may be given
    again. The SQLite database is kept in before-upgrade/.
    """
    from borderliaison.cli.passphrases import first_line  # noqa: PLC0415
    from borderliaison.node.transfer import transfer  # noqa: PLC0415  # wants Django started

    if (url is None) == (to_file is None):
        raise click.UsageError("give either --to or --to-file")
    if url and urlsplit(url).password:
        raise click.UsageError("a password on a command line is seen by others: give --to-file")
    where = url or first_line(to_file or Path())
    moved = transfer(config, where, lambda what: say(f"blo: {what}"), dry_run=dry_run)
    if as_json:
        click.echo(json.dumps({"rows": moved.rows, "aside": str(moved.aside or "")}))
        return
    click.echo(f"{len(moved.rows)} tables\t{sum(moved.rows.values())} rows")
    if moved.aside:
        say(f"blo: the SQLite database is kept as {moved.aside}")
    else:
        say("blo: nothing was changed")
