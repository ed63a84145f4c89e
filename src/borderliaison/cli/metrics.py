"""``blo metrics``."""

import secrets
from pathlib import Path

import click

from borderliaison.cli import say
from borderliaison.cli.options import node_directory
from borderliaison.kernel.durable import write_whole
from borderliaison.kernel.errors import LiaisonError

TOKEN_BYTES = 32


class TokenExists(LiaisonError):
    """There is a token already; whoever uses it would be shut out."""

    code = "E-MET-01"
    hint = "blo metrics open --renew makes another"


@click.group
def metrics() -> None:
    """Figures of this node for Prometheus: open and close them. They are closed to begin with."""


@metrics.command("open")
@node_directory
@click.option("--renew", is_flag=True, help="Make another token; the one before stops to open.")
def open_(directory: Path, renew: bool) -> None:
    """Make the token that opens `/metrics`, in a file that its owner alone may read.

    Give the file to Prometheus as `credentials_file`. It counts from the next request on.
    """
    path = _token_of(directory)
    if path.exists() and not renew:
        raise TokenExists(str(path))
    write_whole(path, f"{secrets.token_urlsafe(TOKEN_BYTES)}\n")
    click.echo(path)


@metrics.command
@node_directory
def close(directory: Path) -> None:
    """Take the token away: `/metrics` is like an address that does not exist."""
    _token_of(directory).unlink(missing_ok=True)
    say("blo: the figures are closed")


def _token_of(directory: Path) -> Path:
    from borderliaison.node.config import NodeConfig  # noqa: PLC0415  # keeps `blo --help` quick
    from borderliaison.web.metrics_access import token_path  # noqa: PLC0415

    return token_path(NodeConfig.load(directory).directory)
