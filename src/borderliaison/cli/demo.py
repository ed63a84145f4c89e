"""``blo demo``."""

import json
from importlib.util import find_spec
from pathlib import Path

import click

from borderliaison.cli import Exit, say
from borderliaison.cli.options import as_json


@click.command
@click.option("--check", is_flag=True, help="Prove each step in the receiver's database, then end.")
@as_json
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to make the nodes; a temporary folder otherwise.",
)
@click.option(
    "--offices",
    type=click.IntRange(min=5),
    default=5,
    show_default=True,
    help="How many of the real offices to run: the five of the play, and others that fit.",
)
@click.option("--keep", is_flag=True, help="Leave the folder behind.")
def demo(check: bool, as_json: bool, folder: Path | None, offices: int, keep: bool) -> int:
    """Play the first warning with five offices on this machine.

    Makes an authority for each country and a node for each office, runs them, and lets their officers
    sign in, write, read and authorise as in life. Then stays up, with addresses and sign-ins, until
    Ctrl-C; with --check it ends at once, with exit code 1 if a step failed.
    """
    for needed in ("httpx", "lxml"):
        if find_spec(needed) is None:
            raise click.ClickException(f"{needed} is missing; pip install 'borderliaison[demo]'")
    from borderliaison.node.demo.run import Wanted  # noqa: PLC0415  # wants what was checked above
    from borderliaison.node.demo.run import demo as run  # noqa: PLC0415

    steps = run(Wanted(check, folder, keep or folder is not None, offices), say)
    if as_json:
        click.echo(json.dumps({"steps": [step.to_data() for step in steps.played]}, indent=2))
    return Exit.DONE if steps.ok else Exit.FAILED
