"""``blo node keys``: the office's private keys, and what opens them."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, node_directory, with_node
from borderliaison.exchange.errors import BadCredential
from borderliaison.kernel.keys import SealSuite
from borderliaison.node.config import NodeConfig

SUITES = {"hybrid": SealSuite.HYBRID, "x25519": SealSuite.X25519}
ROTATION_NAME = "rotation.request"
new_credential_option = click.option(
    "--credential",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Open them with this file from now on; it is made where there is none.",
)


@click.group()
def keys() -> None:
    """This office's private keys: a new generation, and what opens them.

    They are sealed at rest. A credential (a file outside the node's directory, mode 0600, or what
    systemd brings as `blo-office-keys`) opens them, or a passphrase.
    """


@keys.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the request goes; DIR/rotation.request where nothing is said.",
)
@click.option(
    "--suite",
    type=click.Choice(list(SUITES)),
    help="How letters to this office will be sealed; as now where nothing is said.",
)
@as_json
@with_node
def rotate(config: Any, /, out: Path | None, suite: str | None, as_json: bool) -> None:
    """Make new keys, and the request that asks the authority to list them.

    Nothing changes yet: the node goes on with the present keys until it imports the directory that
    names the new ones, and needs no restart then. Doing it again before writes the request again.
    """
    from borderliaison.node.rotating import rotate as run  # noqa: PLC0415  # needs Django

    made = run(config, SUITES[suite] if suite else None)
    path = out or config.directory / ROTATION_NAME
    path.write_bytes(made.request)
    if as_json:
        found = {"request": str(path), "fingerprint": made.fingerprint, "kid": made.kid}
        click.echo(json.dumps({**found, "new": made.is_new, "vouched": made.vouched}, indent=2))
        return
    click.echo(f"request for rotation  {path}")
    click.echo(f"the new keys          {made.fingerprint}")
    if not made.vouched:
        say("The directory does not list this office: the authority has to enrol it anew.")
    if not made.is_new:
        say(
            "These keys were made before and wait for the authority: the request was written again."
        )


@keys.command()
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name or address under which others reach this machine's hub. May be repeated.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the request goes; DIR/link.request where nothing is said.",
)
@with_node
def tls(config: Any, /, names: tuple[str, ...], out: Path | None) -> None:
    """Make a key for encrypted links, and the request for its certificate.

    The authority answers with `blo authority certificate`. The key is DIR/keys/link.key; an earlier one
    is kept until the new certificate is in its place: it is made beside it, as link.key.new.
    """
    from borderliaison.node.rotating import request_certificate  # noqa: PLC0415  # needs Django

    key = request_certificate(config, names, out or config.directory / "link.request")
    click.echo(f"request  {out or config.directory / 'link.request'}")
    click.echo(f"key      {key}")


@keys.command()
@as_json
@with_node
def show(config: Any, /, as_json: bool) -> None:
    """Show this office's keys: which are in use, which wait for the authority, which were earlier."""
    from borderliaison.node.rotating import held_keys  # noqa: PLC0415  # needs Django

    held = held_keys(config)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in held], default=str, indent=2))
        return
    for one in held:
        until = f"{one.until:%Y-%m-%d}" if one.until else ""
        click.echo("\t".join((one.kid, one.state.value, until, one.fingerprint)))


@keys.command()
@new_credential_option
@click.option("--passphrase", "asks", is_flag=True, help="Open them with a passphrase from now on.")
@node_directory
def lock(directory: Path, credential: Path | None, asks: bool) -> None:
    """Seal the private keys with another credential or passphrase. The keys stay the same.

    End `blo serve` first. What opened them before opens them no more, but it still opens older copies
    of the file. With a credential, put its path into node.toml as `unlock_credential`.
    """
    from borderliaison.node.locking import relock  # noqa: PLC0415  # loads cryptography

    if asks == (credential is not None):
        raise click.UsageError("give either --credential FILE or --passphrase")
    config = NodeConfig.load(directory)
    relock(config, passphrase=new_passphrase() if asks else "", credential=credential)
    if credential is not None:
        say(f'Sealed. node.toml has to say: unlock_credential = "{credential.absolute()}"')
    else:
        say("Sealed. `blo serve` will ask for the passphrase.")


def new_passphrase() -> str:
    """Ask twice for a new passphrase at the terminal.

    Raises:
        BadCredential: nobody is there to ask.
    """
    if not sys.stdin.isatty():
        raise BadCredential("there is no terminal to ask for the passphrase at")
    passphrase: str = click.prompt(
        "New passphrase", hide_input=True, confirmation_prompt=True, err=True
    )
    return passphrase
