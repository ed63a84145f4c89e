"""``blo exchange``: what waits, what was sent, which links are up."""

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from borderliaison.cli import Exit, say
from borderliaison.cli.options import as_json, with_node

if TYPE_CHECKING:
    from borderliaison.exchange.progress import Link

LOOK_AGAIN_S: Final = 0.1
COUNTS: Final = {
    "unsealed": "wait to be sealed",
    "undelivered": "wait to be delivered",
    "delivered": "delivered",
    "refused": "refused by other offices",
    "received": "received",
    "unapplied": "received, but not applied here",
    "quarantined": "in quarantine",
    "frozen": "streams stopped",
}


@click.group()
def exchange() -> None:
    """What waits, what was sent, which links are up."""


@exchange.command()
@as_json
@with_node
def status(config: Any, /, as_json: bool) -> None:
    """Say where letters and links stand. Counts and codes only, nothing of any content."""
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django
    from borderliaison.exchange.status import standing_of_exchange  # noqa: PLC0415

    standing, running = asdict(standing_of_exchange()), services.worker_is_there()
    links = [_link(link) for link in services.links()]
    if as_json:
        found = {"office": config.office, "worker": running, "letters": standing, "links": links}
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, words in COUNTS.items():
        click.echo(f"{standing[name]}\t{words}")
    for link in links:
        click.echo(_line(link))
    if not running:
        say("blo: hint: the worker does not run; links are shown as it left them")


@exchange.command()
@click.option("--wait", "wait_s", default=5.0, show_default=True, help="How many seconds to wait.")
@as_json
@with_node
def reconcile(config: Any, /, wait_s: float, as_json: bool) -> int:
    """Compare heads with every peer now, and send again what one lacks.

    Exit code 75 where a peer did not answer in time.
    """
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django
    from borderliaison.exchange.errors import WorkerAway  # noqa: PLC0415

    began = datetime.now(UTC)
    if not services.reconcile_now():
        raise WorkerAway
    peers = {link.peer for link in services.links()}
    give_up = time.monotonic() + wait_s
    while time.monotonic() < give_up and set(services.reconciled_since(began)) != peers:
        time.sleep(LOOK_AGAIN_S)
    done = set(services.reconciled_since(began))
    links = [{**_link(link), "reconciled": link.peer in done} for link in services.links()]
    if as_json:
        click.echo(json.dumps({"office": config.office, "links": links}, ensure_ascii=False))
    else:
        for link in links:
            click.echo(_line(link) + ("\treconciled" if link["reconciled"] else "\tno answer"))
    return Exit.DONE if done >= peers else Exit.TRY_AGAIN


@exchange.command()
@as_json
@with_node
def retry(_config: Any, /, as_json: bool) -> None:
    """Try again what could not be sealed or applied."""
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django

    number = services.retry_failed()
    click.echo(json.dumps({"retried": number}) if as_json else f"{number}\tput back in line")


def _link(link: "Link") -> dict[str, Any]:
    return {
        "peer": link.peer,
        "state": link.state.value,
        "since": link.since.isoformat(),
        "latency_ms": link.latency_ms,
        "waiting": link.waiting,
        "last_heard": link.last_heard.isoformat() if link.last_heard else None,
        "why": link.why.value,
    }


def _line(link: dict[str, Any]) -> str:
    latency = "" if link["latency_ms"] is None else f"{link['latency_ms']} ms"
    return "\t".join(
        (link["peer"], link["state"], latency, f"{link['waiting']} waiting", link["why"])
    )
