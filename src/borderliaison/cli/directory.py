"""``blo directory``: the signed directory of offices and their keys, as this node holds it."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from borderliaison.cli import Exit, complain, say
from borderliaison.cli.comparing import compare, compared
from borderliaison.cli.options import as_json, node_directory, with_node
from borderliaison.node.config import NodeConfig
from borderliaison.offices.directory.authorities import read_public
from borderliaison.offices.trust.verdicts import Validity

if TYPE_CHECKING:
    from borderliaison.offices.shown.trust import ShownDirectory, ShownTrust
    from borderliaison.offices.trust.held import Received
    from borderliaison.offices.trust.warnings import Warned

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
SAID = {
    Validity.VALID: "valid",
    Validity.EXPIRED: "expired; letters still cross the border",
    Validity.LAPSED: "expired; nothing is sent across the border",
}


@click.group()
def directory() -> None:
    """The signed directory: whose key is whose, who signed it, until when.

    A node trusts one authority, its own, whose key file somebody brought by hand. That authority
    says which foreign authorities count.
    """


@directory.command()
@click.argument("key_file", metavar="KEYFILE", type=FILE)
@compared
@as_json
@node_directory
def trust(
    directory: Path, key_file: Path, expected: tuple[str, ...], yes: bool, as_json: bool
) -> None:
    """Name this node's own authority, once, when the node is set up.

    KEYFILE is the authority's public key file. Compare the fingerprint with what the authority's
    officer reads out to you.
    """
    from borderliaison.offices.trust.pinning import pin_authority  # noqa: PLC0415  # keeps help quick

    config = NodeConfig.load(directory)
    data = key_file.read_bytes()
    public = read_public(data)
    compare(f"{public.authority} ({public.country})", public.fingerprint, expected, yes=yes)
    pin_authority(data, config.directory, config.office)
    if as_json:
        found = {"authority": public.authority, "country": public.country}
        click.echo(json.dumps({**found, "fingerprint": public.fingerprint}, ensure_ascii=False))
    else:
        click.echo(f"{public.country}\t{public.authority}\t{public.fingerprint}")


@directory.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@as_json
@with_node
def import_files(config: Any, /, files: tuple[Path, ...], as_json: bool) -> int:
    """Import signed directories. Each proves itself; our own goes first, whatever the order.

    A file that is refused does not keep the others out; the exit code is then 1.
    """
    from borderliaison.exchange.services import reconcile_now  # noqa: PLC0415  # needs Django
    from borderliaison.node.broker import tell_hub  # noqa: PLC0415
    from borderliaison.offices.trust.importing import import_files as run  # noqa: PLC0415
    from borderliaison.offices.trust.keys import signed_directory  # noqa: PLC0415

    done, refused = run([path.read_bytes() for path in files])
    imported = [{"file": str(files[at]), **_received(received)} for at, received in done.items()]
    if as_json:
        codes = [{"file": str(files[at]), "code": error.code} for at, error in refused.items()]
        click.echo(json.dumps({"imported": imported, "refused": codes}, indent=2))
    else:
        for one in imported:
            click.echo(f"{one['country']}\t{one['serial']}\t{one['arrival']}\t{one['file']}")
            if one["missed"]:
                say(f"{one['country']}: {one['missed']} directories before it were never seen")
    if done:
        if config.serve_hub:
            tell_hub(config)
        reconcile_now()  # the worker looks at once whose keys are new
        for warned in signed_directory().warnings():
            _warn(warned)
    for at, error in refused.items():
        say(f"{files[at]}:")
        complain(error)
    return Exit.FAILED if refused else Exit.DONE


def _received(received: "Received") -> dict[str, Any]:
    directory = received.held.directory
    return {
        "country": directory.country,
        "serial": directory.serial,
        "arrival": str(received.arrival),
        "missed": received.missed,
        "valid_until": directory.valid_until.isoformat(),
    }


@directory.command()
@as_json
@with_node
def show(config: Any, /, as_json: bool) -> None:
    """Show what this node goes by: age, serial, who signed what, fingerprints, expiry."""
    from borderliaison.offices.shown.trust import show_trust  # noqa: PLC0415
    from borderliaison.offices.trust.keys import SignedDirectory  # noqa: PLC0415  # needs Django

    del config
    signed = SignedDirectory()
    shown, warnings = show_trust(signed, datetime.now(UTC)), signed.warnings()
    if as_json:
        found = {**asdict(shown), "warnings": [asdict(one) for one in warnings]}
        click.echo(json.dumps(found, default=_plain, ensure_ascii=False, indent=2))
        return
    _print(shown)
    for one in warnings:
        _warn(one)


def _warn(warned: "Warned") -> None:
    from borderliaison.offices.shown import wording  # noqa: PLC0415  # needs Django

    code = f" ({warned.kind.code})" if warned.kind.code else ""
    say(f"blo: {'error' if warned.kind.is_grave else 'warning'}: {wording.warning(warned)}{code}")


def _print(shown: "ShownTrust") -> None:
    if shown.pinned is None:
        say("No authority is pinned: `blo directory trust KEYFILE` names it.")
        return
    click.echo(f"authority: {shown.pinned}\n  {shown.fingerprint}")
    if not shown.directories:
        say("No directory is imported yet: `blo directory import FILE`.")
    for one in shown.directories:
        _print_directory(one)
    for country in shown.waiting:
        say(
            f"{country}: a directory is held that counts no more; our authority does not recognise it"
        )
    for problem in shown.problems:
        say(f"blo: error: stored directory {problem.row} does not verify ({problem.code})")
    if shown.alarms:
        say(f"blo: error: {shown.alarms} alarms: an authority's key signed two histories")


def _print_directory(one: "ShownDirectory") -> None:
    click.echo(f"\n{one.country} directory {one.serial}, {'our own' if one.own else 'foreign'}")
    click.echo(f"  signed by {one.signed_by}\n    {one.fingerprint}")
    click.echo(f"  issued {one.issued:%Y-%m-%d %H:%M} UTC, {one.age.days} days ago")
    click.echo(f"  valid until {one.valid_until:%Y-%m-%d %H:%M} UTC: {SAID[one.validity]}")
    for office in one.offices:
        click.echo(f"  {office.office}  {office.fingerprint}  {' '.join(office.agencies)}")
        for key in office.retired:
            click.echo(f"    earlier key {key.kid}, until {key.at:%Y-%m-%d %H:%M} UTC")
    for gone in one.revoked:
        click.echo(
            f"  {gone.office}  revoked {gone.kid}, since {gone.at:%Y-%m-%d %H:%M} UTC, {gone.reason}"
        )
    for other in one.recognises:
        state = "" if not one.own else _recognition(other.holds, other.recognises_us)
        click.echo(f"  recognises {other.country}, {other.authority}{state}")
        click.echo(f"    {other.fingerprint}")


def _recognition(holds: bool, recognises_us: bool) -> str:
    if not holds:
        return ": its directory is not imported yet"
    return ": each recognises the other" if recognises_us else ": it does not recognise us"


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    raise TypeError(type(value).__name__)
