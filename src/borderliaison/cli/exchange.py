"""``blo exchange``: what waits, what was sent, which links are up."""

import getpass
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from borderliaison.cli import Exit, hint, say
from borderliaison.cli.options import as_json, with_node
from borderliaison.exchange.errors import WorkerAway
from borderliaison.kernel.ids import OfficeCode

if TYPE_CHECKING:
    from borderliaison.exchange.incoming.evidence import Kept
    from borderliaison.exchange.progress import Link
    from borderliaison.exchange.recovery.recovering import Recovery

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
AWAITS: Final = {
    "not_looked": "the worker has not looked since the node was started",
    "directory_behind": "the signed directory is older than one held before: import the newest (E-DIR-11)",
}
"""What the first look waits for."""


def with_actor(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--by``: the administrator who is named in the audit."""
    return click.option(
        "--by", default=getpass.getuser, show_default="who is signed in to this machine",
        help="The administrator who decides; named in the audit.",
    )(command)  # fmt: skip


def with_reason(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--why`` and ``--by``: what a person decides has a reason and a name."""
    asked = click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")
    return asked(with_actor(command))


@click.group()
def exchange() -> None:
    """What waits, what was sent, which links are up."""


@exchange.command()
@as_json
@with_node
def status(config: Any, /, as_json: bool) -> None:
    """Say where letters and links stand. Counts and codes only, nothing of any content."""
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django
    from borderliaison.exchange.recovery.closing import awaited_look  # noqa: PLC0415
    from borderliaison.exchange.status import standing_of_exchange  # noqa: PLC0415

    standing, running = asdict(standing_of_exchange()), services.worker_is_there()
    links = [_link(link) for link in services.links()]
    lacking, looks = services.recovery(), awaited_look()
    without = _without_a_letter({config.office, *(str(link["peer"]) for link in links)})
    if as_json:
        found = {"office": config.office, "worker": running, "letters": standing, "links": links}
        found["recovery"], found["awaits"] = _recovery(lacking), looks.value if looks else None
        found["without_a_letter"] = without
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    if looks is not None:
        click.echo(f"{AWAITS[looks]}\tpages closed")
    if lacking is not None:
        open_ = "pages open" if not lacking.closes_pages else "pages closed"
        awaited = ", ".join(lacking.awaited) or "known when the worker has looked"
        click.echo(f"recovering ({lacking.why.value})\t{open_}\tawaited: {awaited}")
    for name, words in COUNTS.items():
        click.echo(f"{standing[name]}\t{words}")
    for link in links:
        click.echo(_line(link))
    for office, why in without.items():
        click.echo("\t".join((office, "no letter yet", "", "0 waiting", why)))
    if lacking is not None and lacking.closes_pages and lacking.awaited:
        hint("for an office that does not come back: `blo exchange open --why TEXT`")
    if not running:
        hint("the worker does not run; links are shown as it left them")


@exchange.command()
@click.option("--wait", "wait_s", default=5.0, show_default=True, help="How many seconds to wait.")
@as_json
@with_node
def reconcile(config: Any, /, wait_s: float, as_json: bool) -> int:
    """Compare heads with every peer now, and send again what one lacks.

    Exit code 75 where a peer did not answer in time.
    """
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django

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


@exchange.command("open")
@with_reason
@as_json
@with_node
def open_pages(_config: Any, /, why: str, by: str, as_json: bool) -> None:
    """Open the pages though some offices could not be asked what is lacking here.

    What they hold still comes when they are reached. Until then pages may show what was retracted since.
    """
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django
    from borderliaison.exchange.errors import NothingToOpen  # noqa: PLC0415
    from borderliaison.exchange.recovery import recovering as recovery  # noqa: PLC0415  # needs Django
    from borderliaison.exchange.recovery.closing import Cause, awaited_look  # noqa: PLC0415
    from borderliaison.offices.errors import DirectoryBehind  # noqa: PLC0415

    awaits = awaited_look()
    if awaits is Cause.DIRECTORY_BEHIND:
        raise DirectoryBehind
    if awaits:  # the worker has to look first what is lacking
        raise WorkerAway
    pending = services.recovery()
    if pending is None or not pending.closes_pages:
        raise NothingToOpen
    if recovery.pending_row() is None:  # likewise, after a restore
        raise WorkerAway
    not_asked = recovery.override(by, why, datetime.now(UTC))
    services.retry_failed()
    if as_json:
        click.echo(json.dumps({"opened": True, "not_asked": list(not_asked)}))
        return
    for peer in not_asked:
        click.echo(f"{peer}\tnot asked")


@exchange.command("forks")
@as_json
@with_node
def list_forks(config: Any, /, as_json: bool) -> None:
    """List the streams that are stopped because of two histories, with the proof of each."""
    from borderliaison.exchange.recovery.forks import forks  # noqa: PLC0415  # needs Django

    found = forks(config.office)
    if as_json:
        plain = [{**asdict(one), "entry_hash": one.entry_hash.hex()} for one in found]
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    for one in found:
        way = "to" if one.outgoing else "from"
        proof = ", ".join(map(str, one.evidence))
        click.echo(
            f"{way} {one.peer}\t{one.realm}\t{one.lane}\tepoch {one.epoch}\t"
            f"ours: {one.seq} {one.entry_hash.hex()[:16]}\tproof: {proof}"
        )
    if found:
        hint("`blo exchange quarantine show NUMBER` shows a proof")
    else:
        say("no forks")


@exchange.command()
@click.argument("peer", metavar="OFFICE")
@with_reason
@as_json
@with_node
def unfreeze(_config: Any, /, peer: str, why: str, by: str, as_json: bool) -> None:
    """Let the exchange with OFFICE go on after a fork, in new epochs. Its administrator decides, too.

    The stopped streams are closed as they stand; what OFFICE has not acknowledged is sealed anew.
    """
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django
    from borderliaison.exchange.recovery.forks import unfreeze as run  # noqa: PLC0415

    number = run(OfficeCode(peer), by, why, datetime.now(UTC))
    services.reconcile_now()
    click.echo(json.dumps({"closed": number}) if as_json else f"{number}\tstreams closed")


@exchange.group(invoke_without_command=True)
@as_json
@with_node
@click.pass_context
def quarantine(ctx: click.Context, _config: Any, /, as_json: bool) -> None:
    """List what came and was not let in: why, from whom it claims to be, when, how often, how large."""
    if ctx.invoked_subcommand is not None:
        return
    from borderliaison.exchange.incoming.evidence import kept_apart  # noqa: PLC0415  # needs Django

    found = kept_apart()
    if as_json:
        click.echo(json.dumps([_kept(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo(
            f"{one.id}\t{one.last_at:%Y-%m-%d %H:%M}\t{one.claimed_sender or '?'}\t{one.times} times\t"
            f"{one.size} bytes\t{one.sentence}"
        )
    say(f"{len(found)} in quarantine")


@quarantine.command()
@click.argument("number", type=int)
@as_json
@with_node
def show(_config: Any, /, number: int, as_json: bool) -> None:
    """Show one thing in quarantine: the reason, and of a fork both signed heads."""
    from borderliaison.exchange.incoming.evidence import one_kept  # noqa: PLC0415  # needs Django

    one, content = one_kept(number)
    plain = {**_kept(one), "held_head": one.held_head.hex(), "content": content.hex()}
    if as_json:
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    for name, value in plain.items():
        click.echo(f"{name}\t{value}")


@quarantine.command()
@click.argument("number", type=int)
@click.option("--wait", "wait_s", default=15.0, show_default=True, help="How many seconds to wait.")
@with_actor
@as_json
@with_node
def release(_config: Any, /, number: int, wait_s: float, by: str, as_json: bool) -> int:
    """Have the worker judge NUMBER again, after the directory was brought up to date, say.

    Exit code 1 where it stays in quarantine, 75 where the worker has not answered in time.
    """
    from borderliaison.exchange import services  # noqa: PLC0415  # needs Django
    from borderliaison.exchange.errors import StillRefused  # noqa: PLC0415
    from borderliaison.exchange.incoming import evidence  # noqa: PLC0415  # needs Django

    if not services.worker_is_there():
        raise WorkerAway
    evidence.ask_to_judge_again(number, by, datetime.now(UTC))
    services.judge_now()
    give_up = time.monotonic() + wait_s
    while (taken := evidence.is_judged_again(number)) is None and time.monotonic() < give_up:
        time.sleep(LOOK_AGAIN_S)
    if taken is False:
        raise StillRefused(str(number))
    click.echo(json.dumps({"released": taken is True}) if as_json else f"{number}\tjudged again")
    return Exit.DONE if taken else Exit.TRY_AGAIN


@quarantine.command()
@click.argument("number", type=int)
@with_reason
@as_json
@with_node
def drop(_config: Any, /, number: int, why: str, by: str, as_json: bool) -> None:
    """Throw NUMBER away. The proof of a fork only after `blo exchange unfreeze`."""
    from borderliaison.exchange.incoming.evidence import drop as run  # noqa: PLC0415  # needs Django

    run(number, by, why, datetime.now(UTC))
    click.echo(json.dumps({"dropped": number}) if as_json else f"{number}\tthrown away")


def _without_a_letter(known: set[str]) -> dict[str, str]:
    """Return the listed offices that no letter went to or came from, and why none could, if so."""
    from borderliaison.offices.trust.keys import signed_directory  # noqa: PLC0415  # needs Django

    signed = signed_directory()
    snapshot = signed.snapshot()
    listed = sorted(set(snapshot.offices) - known) if snapshot else []
    verdicts = ((one, signed.may_exchange(OfficeCode(one))) for one in listed)
    return {one: "" if found.allowed else found.reason.standing for one, found in verdicts}


def _recovery(lacking: "Recovery | None") -> dict[str, Any] | None:
    if lacking is None:
        return None
    return {
        "since": lacking.since.isoformat(),
        "why": lacking.why.value,
        "closes_pages": lacking.closes_pages,
        "awaited": list(lacking.awaited),
        "reconciled": list(lacking.reconciled),
        "overridden_by": lacking.overridden_by,
    }


def _kept(one: "Kept") -> dict[str, Any]:
    plain = asdict(one)
    del plain["held_head"]
    return {
        **plain,
        "reason": one.reason.value,
        "digest": one.digest.hex(),
        "first_at": one.first_at.isoformat(),
        "last_at": one.last_at.isoformat(),
    }


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
