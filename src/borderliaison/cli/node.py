"""``blo node``."""

import json
from pathlib import Path
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.comparing import compare, compared
from borderliaison.cli.node_backup import backup, backup_key, restore
from borderliaison.cli.node_jobs import jobs
from borderliaison.cli.node_keys import SUITES, keys, new_passphrase
from borderliaison.cli.node_systemd import systemd
from borderliaison.cli.node_transfer import transfer
from borderliaison.cli.node_upgrade import upgrade
from borderliaison.cli.options import as_json, with_node
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.directory.authorities import read_public


@click.group
def node() -> None:
    """Make and look at this office's node."""


node.add_command(keys)


@node.command
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--office", required=True, help="The office's code: KG-BDB.")
@click.option(
    "--authority-key",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The key file of the country's signing authority, brought by a person.",
)
@compared
@click.option("--host", default="127.0.0.1", show_default=True, help="Where pages are served.")
@click.option("--port", default=8400, show_default=True, help="The TCP port of the pages.")
@click.option("--address", default="", help="What officers open: https://blo.example.")
@click.option("--tls-certificate", default="", help="The certificate chain of the pages, PEM.")
@click.option("--tls-key", default="", help="Its private key, PEM.")
@click.option(
    "--database-url", default="sqlite", show_default=True, help="sqlite, or postgresql://…"
)
@click.option("--hub-url", default="", help="The hub to use: nats://TOKEN@HOST:PORT.")
@click.option("--serve-hub", is_flag=True, help="Run a hub here.")
@click.option("--hub-host", default="127.0.0.1", show_default=True, help="Where the hub listens.")
@click.option("--hub-port", default=4222, show_default=True, help="The hub's TCP port.")
@click.option(
    "--suite",
    type=click.Choice(list(SUITES)),
    default="hybrid",
    show_default=True,
    help="How letters to this office are sealed.",
)
@click.option(
    "--credential",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that opens the private keys; made where there is none. DIRECTORY.unlock if unsaid.",
)
@click.option(
    "--passphrase",
    "asks",
    is_flag=True,
    help="A passphrase opens the private keys: `blo serve` asks for it each time.",
)
@click.option(
    "--demo", is_flag=True, help="Everything on this node is invented; each page says so."
)
@as_json
def init(**given: Any) -> None:
    """Make a node in DIRECTORY: settings, secrets, keys, database, request for enrolment.

    Nothing is ever overwritten. Afterwards bring the request to the authority, import the directory
    that it signs with `blo directory import`, add accounts with `blo user add`, and run `blo serve`.
    """
    from borderliaison.node.init import NewNode, init_node  # noqa: PLC0415  # loads cryptography

    own = (
        "directory", "office", "authority_key", "expected", "yes", "suite", "as_json", "credential",
        "asks",
    )  # fmt: skip
    authority = read_public(given["authority_key"].read_bytes())
    whose = f"{authority.authority} ({authority.country})"
    compare(whose, authority.fingerprint, given["expected"], yes=given["yes"])
    new = NewNode(
        directory=given["directory"],
        office=OfficeCode(given["office"]),
        authority_key=given["authority_key"],
        suite=SUITES[given["suite"]],
        passphrase=new_passphrase() if given["asks"] else "",
        credential=given["credential"],
        settings={k: v for k, v in given.items() if k not in own and v not in ("", False)},
    )
    made = init_node(new, lambda what: say(f"blo: {what}"))
    if given["as_json"]:
        shown = {name: str(getattr(made, name)) for name in made.__slots__}
        click.echo(json.dumps(shown, indent=2))
        return
    click.echo(f"{new.office}: a node in {made.directory}")
    click.echo(f"  request for enrolment  {made.request}")
    click.echo(f"  this office's keys     {made.fingerprint}")
    click.echo(f"  the authority          {made.authority_fingerprint}")
    if made.credential:
        say(
            f"{made.credential} opens the private keys: keep it apart from every backup of the node."
        )


@node.command
@with_node
def broker(config: Any) -> None:
    """Let this node's hub know the offices of the directory, each with its own subjects alone.

    `blo directory import` and `blo serve` do it by themselves. What is written can be included in the
    configuration of another NATS server, too.
    """
    from borderliaison.node.broker import tell_hub, users_file  # noqa: PLC0415  # wants Django

    offices = tell_hub(config)
    click.echo(str(users_file(config)))
    say(f"The hub knows {offices} offices.")


@node.command
@with_node
@as_json
def show(config: Any, as_json: bool) -> None:
    """Show what this node is: office, addresses, database, keys, migrations."""
    from borderliaison.node.show import describe  # noqa: PLC0415  # wants Django started

    facts = describe(config)
    if as_json:
        click.echo(json.dumps(facts, indent=2))
        return
    width = max(map(len, facts))
    for name, value in facts.items():
        click.echo(f"{name:{width}}  {value}")


for command in (backup, backup_key, jobs, restore, systemd, transfer, upgrade):
    node.add_command(command)
