"""``blo authority``: the signing authority's desk, in a folder of its own, apart from every node."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.comparing import compare, compared
from borderliaison.cli.options import as_json
from borderliaison.cli.passphrases import passphrase
from borderliaison.kernel.cose import key_id
from borderliaison.kernel.ids import CountryCode, OfficeCode
from borderliaison.offices.desk.authority import PUBLIC, Desk
from borderliaison.offices.desk.certificates import (
    AUTHORITY_CERTIFICATE,
    certify,
    read_link_request,
    requested_office,
)
from borderliaison.offices.directory.authorities import AuthorityPublic, read_public
from borderliaison.offices.directory.document import Directory, directory_hash
from borderliaison.offices.directory.enrolment import (
    Request,
    read_request,
    read_rotation,
    rotated_office,
)
from borderliaison.offices.directory.fingerprints import of_office
from borderliaison.offices.directory.listed import ListedOffice, Revocation, RevocationReason

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
desk_argument = click.argument("folder", metavar="DIR", type=FOLDER)
passphrase_option = click.option(
    "--passphrase-file",
    type=FILE,
    help="A file, mode 0600, whose first line seals the private key.",
)
key_days_option = click.option(
    "--key-days",
    default=730,
    show_default=True,
    type=click.IntRange(1, 3660),
    help="After how many days the office's keys expire.",
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
    desk = Desk.set_up(folder, CountryCode(country), name, _passphrase(passphrase_file, new=True))
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
@key_days_option
@as_json
def enrol(  # noqa: PLR0913, PLR0917  # they are the command's options
    folder: Path,
    requests: tuple[Path, ...],
    expected: tuple[str, ...],
    yes: bool,
    replace: bool,
    key_days: int,
    as_json: bool,
) -> None:
    """List offices: accept the requests that `blo node init` wrote.

    Each fingerprint is compared with what the office's administrator reads out.
    """
    desk, accepted, now = Desk.at(folder), [], datetime.now(UTC)
    expires = now + timedelta(days=key_days)
    for path in requests:
        data = path.read_bytes()
        request = read_request(data)
        compare(request.public.office, request.fingerprint, expected, yes=yes)
        accepted.append(desk.roll.enrol(data, now, replace=replace, not_after=expires))
    if as_json:
        _print([_request(one) for one in accepted])
        return
    for one in accepted:
        click.echo(f"{one.public.office}\t{one.fingerprint}")
    _say_unpublished(folder)


@authority.command()
@desk_argument
@click.argument("requests", metavar="REQUEST...", nargs=-1, required=True, type=FILE)
@compared
@click.option(
    "--since-days",
    default=3,
    show_default=True,
    type=click.IntRange(0, 365),
    help="In how many days the office begins to sign with the new keys; until then, every office"
    " should have imported the directory.",
)
@click.option(
    "--overlap-days",
    default=90,
    show_default=True,
    type=click.IntRange(1, 3660),
    help="How many days after that what was signed with the earlier keys is still taken in.",
)
@key_days_option
@as_json
def rotate(  # noqa: PLR0913, PLR0917  # they are the command's options
    folder: Path,
    requests: tuple[Path, ...],
    expected: tuple[str, ...],
    yes: bool,
    since_days: int,
    overlap_days: int,
    key_days: int,
    as_json: bool,
) -> None:
    """List new keys of offices: accept the requests that `blo node keys rotate` wrote.

    The office's present key vouches for the new ones; compare the fingerprint nevertheless. The
    earlier keys stay listed, so that what is on its way arrives.
    """
    desk, accepted = Desk.at(folder), []
    since = datetime.now(UTC) + timedelta(days=since_days)
    until, expires = since + timedelta(days=overlap_days), since + timedelta(days=key_days)
    for path in requests:
        data = path.read_bytes()
        present = desk.roll.present(rotated_office(data))
        request = read_rotation(data, present)
        compare(request.public.office, request.fingerprint, expected, yes=yes)
        accepted.append(desk.roll.rotate(data, since=since, until=until, not_after=expires))
    if as_json:
        _print([_request(one) for one in accepted])
        return
    for one in accepted:
        click.echo(f"{one.public.office}\t{one.fingerprint}")
    say(f"They sign with the new keys from {since:%Y-%m-%d %H:%M} UTC on.")
    _say_unpublished(folder)


@authority.command()
@desk_argument
@click.argument("office")
@click.option(
    "--key", "kids", multiple=True, metavar="KEYID", help="A key, by its id. May be repeated."
)
@click.option("--office", "whole", is_flag=True, help="All keys of the office: it is shut out.")
@click.option(
    "--reason",
    required=True,
    type=click.Choice([one.value for one in RevocationReason]),
    help="What the other offices are told.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
    metavar="DATE",
    help="From when on what the key signed is doubtful, UTC; from now on where nothing is said.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
def revoke(  # noqa: PLR0913, PLR0917  # they are the command's options
    folder: Path,
    office: str,
    kids: tuple[str, ...],
    whole: bool,
    reason: str,
    since: datetime | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Let keys of OFFICE count no more: its PC was stolen, say. There is no way back.

    Everyone who imports the next directory refuses whatever these keys signed. An office without
    other keys is shut out until it is enrolled with new ones.
    """
    if whole == bool(kids):
        raise click.UsageError("give either --key KEYID or --office")
    desk = Desk.at(folder)
    if not yes:
        what = "all its keys" if whole else ", ".join(kids)
        click.confirm(f"Revoke {what} of {office} for good?", abort=True, err=True)
    from_when = since.replace(tzinfo=UTC) if since else datetime.now(UTC)
    made: list[Revocation] = []
    for kid in [b""] if whole else [_kid(one) for one in kids]:
        made += desk.roll.revoke(OfficeCode(office), kid, from_when, RevocationReason(reason))
    if as_json:
        _print([_revocation(one) for one in made])
        return
    for one in made:
        click.echo(f"{one.office}\t{key_id(one.sign_key).hex()}\t{one.reason}")
    if not any(one.public.office == office for one in desk.roll.requests()):
        say(f"{office} has no keys any more: it is shut out until it is enrolled with new ones.")
    _say_unpublished(folder)


@authority.command()
@desk_argument
@click.argument("office")
def withdraw(folder: Path, office: str) -> None:
    """Leave an office out from the next directory on: it was closed.

    Where somebody else may have its keys, `blo authority revoke` is right.
    """
    Desk.at(folder).roll.withdraw(office)
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
@click.argument("request", type=FILE)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--days", default=397, show_default=True, type=click.IntRange(1, 3660))
@passphrase_option
def certificate(
    folder: Path, request: Path, out: Path, days: int, passphrase_file: Path | None
) -> None:
    """Certify an office's machine for links: REQUEST is what `blo node keys tls` wrote.

    The office's listed key vouches for it. DIR/link-ca.pem is what the other machines compare with;
    it is made the first time, with a key of its own.
    """
    desk, data = Desk.at(folder), request.read_bytes()
    asked = read_link_request(data, desk.roll.present(requested_office(data)))
    made = certify(desk.folder, asked, _passphrase(passphrase_file), datetime.now(UTC), days)
    out.write_bytes(made)
    click.echo(f"{asked.office}\t{out}")
    say(f"Give it to the office together with {folder / AUTHORITY_CERTIFICATE}.")


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
    newest, listed, recognised = desk.newest(), desk.roll.listed(), desk.recognised()
    revoked = desk.roll.revoked()
    if as_json:
        _print(
            {
                **_authority(desk.public),
                "published": _directory(newest) if newest else None,
                "offices": [_office(one) for one in listed],
                "revoked": [_revocation(one) for one in revoked],
                "recognises": [_authority(one) for one in recognised],
            }
        )
        return
    click.echo(f"{desk.public.country}\t{desk.public.authority}\t{desk.public.fingerprint}")
    for one in listed:
        name, until = one.public.office, f"{one.not_after:%Y-%m-%d}"
        click.echo(f"office\t{name}\t{of_office(one.public)}\t{until}\t{' '.join(one.agencies)}")
    for gone in revoked:
        click.echo(f"revoked\t{gone.office}\t{key_id(gone.sign_key).hex()}\t{gone.reason}")
    for other in recognised:
        click.echo(f"recognised\t{other.country}\t{other.authority}\t{other.fingerprint}")
    if newest is None:
        say("Nothing was published yet.")
    else:
        say(f"Directory {newest.serial}, valid until {newest.valid_until:%Y-%m-%d %H:%M} UTC.")


def _passphrase(path: Path | None, *, new: bool = False) -> str:
    return passphrase(str(path), path, new=new) if path else ""


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


def _office(listed: ListedOffice) -> dict[str, Any]:
    return {
        "office": listed.public.office,
        "agencies": list(listed.agencies),
        "fingerprint": of_office(listed.public),
        "kid": listed.public.kid.hex(),
        "since": listed.since.isoformat(),
        "not_after": listed.not_after.isoformat(),
        "retired": [
            {"kid": key_id(one.sign_key).hex(), "until": one.until.isoformat()}
            for one in listed.retired
        ],
    }


def _revocation(revocation: Revocation) -> dict[str, Any]:
    return {
        "office": revocation.office,
        "kid": key_id(revocation.sign_key).hex(),
        "since": revocation.since.isoformat(),
        "reason": str(revocation.reason),
    }


def _kid(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise click.UsageError(f"{text}: a key's id is 32 hexadecimal digits") from error


def _directory(directory: Directory) -> dict[str, Any]:
    return {
        "serial": directory.serial,
        "issued": directory.issued.isoformat(),
        "valid_until": directory.valid_until.isoformat(),
        "offices": [one.public.office for one in directory.offices],
        "recognises": [one.country for one in directory.recognises],
    }
