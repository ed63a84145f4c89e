"""``blo records workspace``: an analyst's views, questions, specifications and charts, out and in."""

import json
from pathlib import Path
from typing import Any

import click

from borderliaison.cli.options import as_json, with_node


@click.group
def workspace() -> None:
    """An analyst's own: views, standing questions, import specifications, charts."""


@workspace.command("export")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "login", required=True, help="The officer whose own it is.")
@click.option(
    "--purpose", required=True, metavar="CODE", help="For what; a code of `request_purpose`."
)
@as_json
@with_node
def export(_config: Any, /, path: Path, login: str, purpose: str, as_json: bool) -> None:
    """Write an officer's workspace to FILE.

    It holds keys, places and his own words, nothing of what is said in the records. Charts with what its
    origin keeps to itself (H2) are withheld and counted.
    """
    from borderliaison.accounts.services import account_named  # noqa: PLC0415  # wants Django started
    from borderliaison.charts.workspace.form import PARTS  # noqa: PLC0415
    from borderliaison.charts.workspace.moving import take_out  # noqa: PLC0415
    from borderliaison.cli.new_file import create  # noqa: PLC0415

    found = take_out(account_named(login), purpose, "en")
    with create(path) as file:
        file.write(json.dumps(found, ensure_ascii=False, indent=1).encode())
    counts = {name: len(found[name]) for name in PARTS}
    _tell({**counts, "withheld": found["withheld"]}, as_json=as_json)


@workspace.command("import")
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--for", "login", required=True, help="The officer whose own it becomes.")
@as_json
@with_node
def import_(_config: Any, /, path: Path, login: str, as_json: bool) -> None:
    """Make the workspace in FILE an officer's own: all of it or nothing, and nothing twice."""
    from borderliaison.accounts.services import account_named  # noqa: PLC0415  # wants Django started
    from borderliaison.charts.workspace.errors import BadWorkspace  # noqa: PLC0415
    from borderliaison.charts.workspace.moving import take_in  # noqa: PLC0415

    try:
        sent = json.loads(path.read_bytes())
    except ValueError as error:
        raise BadWorkspace("not JSON") from error
    found = take_in(account_named(login), sent)
    _tell({**found.new, "there": found.there}, as_json=as_json)


def _tell(counts: dict[str, int], *, as_json: bool) -> None:
    said = json.dumps(counts) if as_json else "\t".join(f"{n} {name}" for name, n in counts.items())
    click.echo(said)
