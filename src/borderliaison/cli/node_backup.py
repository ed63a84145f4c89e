"""``blo node backup``, ``backup-key`` and ``restore``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from borderliaison.cli import hint, say
from borderliaison.cli.new_file import write_new
from borderliaison.cli.options import as_json, node_directory
from borderliaison.cli.passphrases import passphrase, passphrase_file_option

if TYPE_CHECKING:
    from borderliaison.node.backups.lock import Opener, Seal
    from borderliaison.node.backups.manifest import Manifest

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
key_option = click.option(
    "--key", type=FILE, help="The half of the pair that was kept off the node; opens the backup."
)


@click.command
@node_directory
@click.option("--to", type=click.Path(path_type=Path), help="A folder, or the new file itself.")
@click.option("--passphrase", "asks", is_flag=True, help="Seal it with a passphrase.")
@passphrase_file_option
@click.option("--with-keys", is_flag=True, help="With the office's private keys, still encrypted.")
@click.option(
    "--keep-days",
    type=click.IntRange(1, 3660),
    help="Then delete this office's older backups in that folder; never the newest.",
)
@click.option("--check", type=FILE, help="Verify this backup to its last byte; take none.")
@key_option
@as_json
def backup(directory: Path, **given: Any) -> None:
    """Take a backup of the node while it runs, or verify one.

    Database, settings, trust and secrets of the pages, in one encrypted file. It is sealed to the
    pair that `blo node backup-key` made, or with a passphrase. The office's private keys are left out
    unless --with-keys is said; they go in only as they lie on disk, encrypted.
    """
    if given["check"] is not None:
        manifest = _verified(given["check"], given["key"], given["passphrase_file"])
        _show(manifest, given["check"], as_json=given["as_json"])
        return
    from borderliaison.node.backups import kept  # noqa: PLC0415  # keeps `blo --help` quick
    from borderliaison.node.backups.taking import Wanted  # noqa: PLC0415
    from borderliaison.node.start import start_django  # noqa: PLC0415

    config = start_django(directory)
    from borderliaison.node.backups.keeping import take_on_record  # noqa: PLC0415  # wants Django

    to = given["to"] or (config.directory / config.backup_to if config.backup_to else None)
    if to is None:
        raise click.UsageError("say where: --to DIR, or `backup_to` in node.toml")
    if given["keep_days"] and not to.is_dir():
        raise click.UsageError("--keep-days prunes a folder: give --to DIR")
    seal = _seal(config.directory, asks=given["asks"], file=given["passphrase_file"])
    made = take_on_record(config, Wanted(to, seal, given["with_keys"], lambda s: say(f"blo: {s}")))
    gone = []
    if given["keep_days"]:
        gone = kept.prune(to, config.office, given["keep_days"], datetime.now(UTC))
    if given["as_json"]:
        click.echo(json.dumps(made.taken.to_data() | {"pruned": [str(one) for one in gone]}))
        return
    click.echo(made.taken.file)
    for one in gone:
        say(f"blo: pruned {one}")
    for name in made.manifest.left_out:
        say(f"blo: not in the backup: {name}")


@click.command("backup-key")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@node_directory
@passphrase_file_option
@click.option("--replace", is_flag=True, help="Put a new pair in the place of an earlier one.")
def backup_key(file: Path, directory: Path, passphrase_file: Path | None, replace: bool) -> None:
    """Make the pair of keys for backups: FILE opens them, the node's half only seals them.

    Bring FILE to a safe off this machine, with its passphrase apart from it: without the two no backup
    opens. Backups that were sealed to an earlier pair open with the earlier FILE only.
    """
    from borderliaison.node.backups.errors import PairIsThere  # noqa: PLC0415
    from borderliaison.node.backups.pair import OpeningHalf  # noqa: PLC0415  # loads cryptography
    from borderliaison.node.backups.taking import SEAL_NAME  # noqa: PLC0415
    from borderliaison.node.config import NodeConfig  # noqa: PLC0415

    seal = NodeConfig.load(directory).directory / SEAL_NAME
    if seal.exists() and not replace:
        raise PairIsThere(str(seal))
    half = OpeningHalf.generate()
    write_new(file, half.to_bytes(passphrase(str(file), passphrase_file, new=True)))
    if replace:
        seal.unlink(missing_ok=True)
    write_new(seal, half.sealing.to_bytes())
    click.echo(half.sealing.kid.hex())
    say(f"Bring {file} to a safe: with its passphrase it opens every backup from now on.")


@click.command
@click.argument("file", type=FILE)
@click.option(
    "--to",
    "directory",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The node's directory: a new one, or with --replace the one that is there.",
)
@key_option
@passphrase_file_option
@click.option("--replace", is_flag=True, help="Keep the node that is there aside; take its place.")
@click.option(
    "--database-url",
    default="",
    help="Another PostgreSQL database than the backup's own. What is in it is kept with --replace.",
)
@click.option(
    "--dry-run", is_flag=True, help="Verify everything, say what would be done, do nothing."
)
@as_json
def restore(**given: Any) -> None:
    """Restore a node from the backup FILE. All of it is verified before anything is touched.

    What no backup holds, the private keys above all, is taken from the node that is replaced. Afterwards
    run `blo serve`: pages stay closed until the other offices have given back what is newer than the
    backup.
    """
    from borderliaison.node.backups import archive  # noqa: PLC0415  # loads cryptography
    from borderliaison.node.backups.restoring import Wanted, restore  # noqa: PLC0415

    if urlsplit(given["database_url"]).password:
        raise click.UsageError("a password on a command line is seen by others: use ~/.pgpass")
    archive.read_outside(
        given["file"]
    )  # what is no backup is told before a passphrase is asked for
    done = restore(
        Wanted(
            file=given["file"],
            opener=_opener(given["key"], given["passphrase_file"]),
            to=given["directory"],
            replace=given["replace"],
            dry_run=given["dry_run"],
            database_url=given["database_url"],
            step=lambda what: say(f"blo: {what}"),
        )
    )
    taken_at = done.manifest.taken_at
    if given["as_json"]:
        click.echo(
            json.dumps(
                {
                    "office": done.manifest.office,
                    "taken_at": taken_at.isoformat(),
                    "directory": str(done.directory),
                    "aside": str(done.aside or ""),
                    "schema_aside": done.schema_aside,
                    "carried_over": list(done.carried_over),
                    "has_keys": done.has_keys,
                    "done": not given["dry_run"],
                }
            )
        )
    else:
        click.echo(f"{done.manifest.office}\t{taken_at:%Y-%m-%d %H:%M} UTC\t{done.directory}")
    if given["dry_run"]:
        say("blo: nothing was changed")
        return
    if done.aside:
        say(f"blo: the node that was there is kept as {done.aside}")
    if done.schema_aside:
        say(f"blo: the tables that were there are kept in the schema {done.schema_aside}")
    if not done.has_keys:
        hint("keys/office.key is missing; put your copy of it there before `blo serve`")
    hint("import your authority's newest directory before `blo serve`; keys may be revoked since")


def _seal(directory: Path, *, asks: bool, file: Path | None) -> "Seal":
    from borderliaison.node.backups.lock import Passphrase  # noqa: PLC0415  # loads cryptography
    from borderliaison.node.backups.taking import own_seal  # noqa: PLC0415

    if asks or file:
        return Passphrase(passphrase("the backup", file, new=True))
    return own_seal(directory)


def _opener(key: Path | None, file: Path | None) -> "Opener":
    from borderliaison.node.backups.lock import Passphrase, WithPair  # noqa: PLC0415
    from borderliaison.node.backups.pair import OpeningHalf  # noqa: PLC0415

    if key is None:
        return Passphrase(passphrase("the backup", file))
    return WithPair(OpeningHalf.from_bytes(key.read_bytes(), passphrase(str(key), file)))


def _verified(backup: Path, key: Path | None, file: Path | None) -> "Manifest":
    from borderliaison.node.backups import archive  # noqa: PLC0415  # loads cryptography

    archive.read_outside(backup)  # what is no backup is told before a passphrase is asked for
    return archive.unpack(backup, _opener(key, file), None)


def _show(manifest: "Manifest", path: Path, *, as_json: bool) -> None:
    size = sum(piece.size for piece in manifest.pieces)
    facts = {
        "file": str(path),
        "office": manifest.office,
        "taken_at": manifest.taken_at.isoformat(),
        "version": manifest.version,
        "database": manifest.database,
        "files": [piece.name.removeprefix("files/") for piece in manifest.pieces],
        "bytes": size,
    }
    if as_json:
        click.echo(json.dumps(facts))
        return
    click.echo(f"{manifest.office}\t{manifest.taken_at:%Y-%m-%d %H:%M} UTC\t{manifest.version}")
    say(f"The backup is whole: {len(manifest.pieces)} files, {size} bytes.")
