"""``blo node upgrade``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from borderliaison import __version__
from borderliaison.cli import say
from borderliaison.cli.options import with_node
from borderliaison.cli.passphrases import passphrase, passphrase_file_option

if TYPE_CHECKING:
    from borderliaison.node.backups.taking import Wanted as WantedBackup


@click.command
@with_node
@click.option(
    "--backup-to",
    type=click.Path(path_type=Path),
    help="Where the encrypted backup goes that is taken first; `backup_to` of node.toml if unsaid.",
)
@passphrase_file_option
@click.option("--without-backup", is_flag=True, help="Take no encrypted backup first.")
def upgrade(
    config: Any, backup_to: Path | None, passphrase_file: Path | None, without_backup: bool
) -> None:
    """Bring the node's database up to the installed version. End `blo serve` first.

    Takes a backup first where backups are set up, applies what is new, checks everything, and leaves the
    database as it was if anything fails. What an administrator edited stays. Doing it again changes
    nothing.
    """
    from borderliaison.node.upgrade import Wanted, upgrade  # noqa: PLC0415  # wants Django started

    backup = None if without_backup else _backup(config, backup_to, passphrase_file)
    done = upgrade(config, Wanted(backup, without_backup, lambda what: say(f"blo: {what}")))
    if done.backup:
        say(f"blo: the backup is {done.backup}")
    if done.aside:
        say(f"blo: the database as it was is {done.aside}")
    for name in done.applied:
        click.echo(name)
    say(f"blo: {config.office} is of version {__version__}")


def _backup(config: Any, to: Path | None, file: Path | None) -> "WantedBackup | None":
    """Return the backup to take first; ``None`` where nothing says where to or what to seal it to."""
    from borderliaison.node.backups.lock import Passphrase  # noqa: PLC0415  # loads cryptography
    from borderliaison.node.backups.taking import SEAL_NAME, own_seal  # noqa: PLC0415
    from borderliaison.node.backups.taking import Wanted as WantedBackup  # noqa: PLC0415

    folder = to or (config.directory / config.backup_to if config.backup_to else None)
    if folder is None:
        return None
    if file is not None:
        return WantedBackup(folder, Passphrase(passphrase("the backup", file, new=True)))
    if to is None and not (config.directory / SEAL_NAME).exists():
        return None
    return WantedBackup(folder, own_seal(config.directory))
