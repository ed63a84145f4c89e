"""A backup as the administrator or the daily job asks for one: taken, written down, old ones pruned.

Django is started: that a backup was taken is a line of the audit.
"""

from datetime import UTC, datetime
from pathlib import Path

from borderliaison.audit import services as audit
from borderliaison.node.backups import kept
from borderliaison.node.backups.errors import BackupError
from borderliaison.node.backups.taking import Made, Wanted, own_seal, take
from borderliaison.node.config import NodeConfig
from borderliaison.node.versions import difference


def take_on_record(node: NodeConfig, wanted: Wanted) -> Made:
    """Take a backup, and write an audit line of it.

    Raises:
        BackupError, DatabaseAway: it cannot be taken.
    """
    made = take(node, wanted)
    if not difference(
        made.manifest.migrations
    ).waiting:  # a database that is behind is upgraded first
        audit.record(
            "backup.taken",
            actor=audit.SYSTEM,
            subject=node.office,
            sha256=made.taken.sha256,
            private_keys="with" if wanted.with_keys else "without",
        )
    return made


def daily_backup(node: NodeConfig) -> str:
    """Take the backup that ``node.toml`` asks for; return what was done, in ids.

    Raises:
        BackupError: the folder is missing, or the backup cannot be taken.
    """
    folder = _folder(node)
    made = take_on_record(node, Wanted(folder, own_seal(node.directory)))
    return f"{made.taken.file}, {made.taken.size} bytes"


def prune_backups(node: NodeConfig) -> str:
    """Delete expired backups of the folder in ``node.toml``; return what was done.

    Raises:
        BackupError: the folder is missing.
    """
    now = datetime.now(UTC)
    gone = kept.prune(_folder(node), node.office, node.backup_keep_days, now)
    return f"{len(gone)} pruned"


def _folder(node: NodeConfig) -> Path:
    folder = node.directory / node.backup_to
    if not folder.is_dir():
        raise BackupError(f"{folder}: there is no such folder; is the disk mounted?")
    return folder
