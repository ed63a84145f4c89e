"""``blo authority``: the signing authority's desk, in a folder of its own, apart from every node."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.comparing import compare, compared
from borderliaison.cli.options import as_json
from borderliaison.kernel.ids import CountryCode
from borderliaison.offices.authorities import AuthorityPublic, read_public
from borderliaison.offices.authority import PUBLIC, Desk
from borderliaison.offices.directory import Directory, directory_hash
from borderliaison.offices.enrolment import Request, read_request
from borderliaison.offices.errors import AuthorityError

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
desk_argument = click.argument("folder", metavar="DIR", type=FOLDER)
passphrase_option = click.option(
    "--passphrase-file",
    type=FILE,
    help="A file whose first line seals the private key.",
)
replace_option = click.option(
    "--replace", is_flag=True, help="Put these keys in the place of earlier ones."
)


@click.group()
def authority() -> None:
    """The signing authority: who is listed, and whose authority is recognised.

    DIR is a folder on a machine that is no office's node. It holds the private key; keep it off the
    network, and back it up. What changes here counts once `publish` has signed the next directory
    and the offices have imported it.
    """


@authority.command()
@desk_argument
@click.option("--country", required=True, metavar="CC", help="Two letters: KG.")
@click.option("--name", help="As people know it; “KG authority” where nothing is said.")
@passphrase_option
@as_json
def init(
    folder: Path, country: str, name: str | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Make a new authority in DIR: its private key (mode 0600) and its public key file."""
    name = name or f"{country} authority"
    desk = Desk.set_up(folder, CountryCode(country), name, _passphrase(passphrase_file))
    if as_json:
        _print({**_authority(desk.public), "file": str(folder / PUBLIC)})
        return
    click.echo(f"fingerprint: {desk.public.fingerprint}")
    click.echo(f"public key file: {folder / PUBLIC}")
    if passphrase_file is None:
        say("The private key is not sealed: --passphrase-file seals it.")
    say("Bring the public key file to each office by hand, and read its fingerprint out to it.")


@authority.command()
@desk_argument
@click.argument("requests", metavar="REQUEST...", nargs=-1, required=True, type=FILE)
@compared
@replace_option
@as_json
def enrol(
    folder: Path,
    requests: tuple[Path, ...],
    expected: tuple[str, ...],
    yes: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """List offices: accept the requests that `blo node init` wrote.

    Each fingerprint is compared with what the office's administrator reads out.
    """
    desk, accepted = Desk.at(folder), []
    for path in requests:
        data = path.read_bytes()
        request = read_request(data)
        compare(request.public.office, request.fingerprint, expected, yes=yes)
        accepted.append(desk.enrol(data, replace=replace))
    if as_json:
        _print([_request(one) for one in accepted])
        return
    for one in accepted:
        click.echo(f"{one.public.office}\t{one.fingerprint}")
    _say_unpublished(folder)


@authority.command()
@desk_argument
@click.argument("office")
def withdraw(folder: Path, office: str) -> None:
    """Leave an office out from the next directory on: its keys were lost, or it was closed."""
    Desk.at(folder).withdraw(office)
    _say_unpublished(folder)


@authority.command()
@desk_argument
@click.argument("key_file", metavar="OTHER_PUBLIC_FILE", type=FILE)
@compared
@replace_option
@as_json
def recognise(
    folder: Path,
    key_file: Path,
    expected: tuple[str, ...],
    yes: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """Recognise another country's authority: its offices become known to ours.

    Letters pass the border once each of the two authorities recognises the other.
    """
    desk, data = Desk.at(folder), key_file.read_bytes()
    other = read_public(data)
    compare(f"{other.authority} ({other.country})", other.fingerprint, expected, yes=yes)
    desk.recognise(data, replace=replace)
    if as_json:
        _print(_authority(other))
        return
    click.echo(f"{other.country}\t{other.authority}\t{other.fingerprint}")
    _say_unpublished(folder)


@authority.command()
@desk_argument
@click.argument("country")
def unrecognise(folder: Path, country: str) -> None:
    """Recognise COUNTRY's authority no more: its border is shut to letters in both directions."""
    Desk.at(folder).unrecognise(country)
    _say_unpublished(folder)


@authority.command()
@desk_argument
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 3660))
@passphrase_option
@as_json
def publish(
    folder: Path, out: Path, days: int, passphrase_file: Path | None, as_json: bool
) -> None:
    """Sign the next directory and write it to --out, for every office to import."""
    desk = Desk.at(folder)
    directory, signed = desk.publish(_passphrase(passphrase_file), datetime.now(UTC), days)
    out.write_bytes(signed)
    if as_json:
        _print({**_directory(directory), "hash": directory_hash(signed).hex(), "file": str(out)})
        return
    click.echo(f"serial: {directory.serial}")
    click.echo(f"valid until: {directory.valid_until:%Y-%m-%d %H:%M} UTC")
    click.echo(f"file: {out}")
    say(f"Offices: {len(directory.offices)}; recognised: {len(directory.recognises)}.")


@authority.command()
@desk_argument
@click.argument("file", type=FILE)
def adopt(folder: Path, file: Path) -> None:
    """After DIR came back from a backup: take back the newest directory from any office.

    Without it the next serial would be signed a second time, and every office would raise an alarm.
    """
    directory = Desk.at(folder).adopt(file.read_bytes())
    say(f"The next directory will be {directory.serial + 1}.")


@authority.command()
@desk_argument
@as_json
def show(folder: Path, as_json: bool) -> None:
    """Show who is listed, who is recognised, and what was published last."""
    desk = Desk.at(folder)
    newest, requests, recognised = desk.newest(), desk.requests(), desk.recognised()
    if as_json:
        _print(
            {
                **_authority(desk.public),
                "published": _directory(newest) if newest else None,
                "offices": [_request(one) for one in requests],
                "recognises": [_authority(one) for one in recognised],
            }
        )
        return
    click.echo(f"{desk.public.country}\t{desk.public.authority}\t{desk.public.fingerprint}")
    for one in requests:
        click.echo(f"office\t{one.public.office}\t{one.fingerprint}\t{' '.join(one.agencies)}")
    for other in recognised:
        click.echo(f"recognised\t{other.country}\t{other.authority}\t{other.fingerprint}")
    if newest is None:
        say("Nothing was published yet.")
    else:
        say(f"Directory {newest.serial}, valid until {newest.valid_until:%Y-%m-%d %H:%M} UTC.")


def _passphrase(path: Path | None) -> str:
    if path is None:
        return ""
    first = path.read_text(encoding="utf-8").partition("\n")[0].strip("\r")
    if not first:
        raise AuthorityError(f"{path}: the first line is empty")
    return first


def _say_unpublished(folder: Path) -> None:
    say(f"This counts once it is signed: blo authority publish {folder} --out FILE")


def _print(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _authority(public: AuthorityPublic) -> dict[str, Any]:
    return {
        "authority": public.authority,
        "country": public.country,
        "fingerprint": public.fingerprint,
        "kid": public.kid.hex(),
    }


def _request(request: Request) -> dict[str, Any]:
    return {
        "office": request.public.office,
        "agencies": list(request.agencies),
        "fingerprint": request.fingerprint,
        "kid": request.public.kid.hex(),
        "created": request.created.isoformat(),
    }


def _directory(directory: Directory) -> dict[str, Any]:
    return {
        "serial": directory.serial,
        "issued": directory.issued.isoformat(),
        "valid_until": directory.valid_until.isoformat(),
        "offices": [one.public.office for one in directory.offices],
        "recognises": [one.country for one in directory.recognises],
    }
