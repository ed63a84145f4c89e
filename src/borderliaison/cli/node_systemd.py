"""``blo node systemd``."""

from pathlib import Path

import click

from borderliaison.cli import hint, say
from borderliaison.cli.new_file import write_new
from borderliaison.cli.options import node_directory
from borderliaison.node.config import NodeConfig


@click.command
@node_directory
@click.option("--user", default="blo", show_default=True, help="The account that owns the node.")
@click.option(
    "--credential",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that opens the private keys, root's alone; that of node.toml if unsaid.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it there, not to stdout."
)
def systemd(directory: Path, user: str, credential: Path | None, out: Path | None) -> None:
    """Print the hardened unit with which systemd runs this node.

    Bring it to /etc/systemd/system, then `systemctl daemon-reload` and `systemctl enable --now`.
    """
    from borderliaison.node.systemd import Service, unit_for  # noqa: PLC0415  # loads cryptography

    config = NodeConfig.load(directory)
    unit = unit_for(config, Service(user, credential))
    if config.unlock_path is None and credential is None:
        hint("nobody can type a passphrase here; `blo node keys lock --credential FILE`")
    if out is None:
        click.echo(unit, nl=False)
        return
    write_new(out, unit)
    out.chmod(0o644)
    say(f"blo: wrote {out}")
