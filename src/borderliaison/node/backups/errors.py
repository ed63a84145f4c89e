"""What can go wrong with backups."""

from borderliaison.kernel.errors import LiaisonError


class BackupError(LiaisonError):
    """A backup could not be made or used."""

    code = "E-BKP-01"


class NotABackup(BackupError):
    """The file is not a backup that this version can read."""

    code = "E-BKP-02"


class CannotOpenBackup(BackupError):
    """The backup does not open: another passphrase or key, or its beginning was changed."""

    code = "E-BKP-03"


class DamagedBackup(BackupError):
    """The backup is damaged or incomplete; nothing was taken from it."""

    code = "E-BKP-04"


class NoLock(BackupError):
    """Nothing says what the backup is sealed to."""

    code = "E-BKP-05"
    hint = "give --passphrase-file, or make a pair with `blo node backup-key`"


class UnsafeSecretFile(BackupError):
    """Others than its owner may read a file that holds a secret."""

    code = "E-BKP-06"
    hint = "chmod 600 it, and give it to whoever runs the node"


class KeysInTheClear(BackupError):
    """The office's private keys are not encrypted, so they do not go into a backup."""

    code = "E-BKP-07"


class BackupIsThere(BackupError):
    """A file of that name is there already; a backup never overwrites anything."""

    code = "E-BKP-08"


class NodeInTheWay(BackupError):
    """There is something where the node is to be restored."""

    code = "E-RST-01"
    hint = "give an empty folder; or end `blo serve` and say --replace: what is there is kept aside"


class OtherOffice(BackupError):
    """The backup is of another office than the node that is to be replaced."""

    code = "E-RST-02"


class DatabaseInTheWay(BackupError):
    """The PostgreSQL database is not empty."""

    code = "E-RST-03"
    hint = "give another one with --database-url, or say --replace; its tables are kept aside"


class PairIsThere(BackupError):
    """The node has a pair of keys for its backups already."""

    code = "E-BKP-11"
    hint = "--replace makes a new one; earlier backups open with the earlier one only"
