"""``blo node keys``: the office's private keys, and what opens them."""

import sys
from pathlib import Path

import click

from borderliaison.cli import say
from borderliaison.cli.options import node_directory
from borderliaison.exchange.errors import BadCredential
from borderliaison.node.config import NodeConfig

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
