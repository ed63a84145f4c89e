"""Which backups there are: the node's own note of those it took, and the files of a folder.

The note lies in the node's directory, outside the database and outside every backup. It is what tells
how old the newest backup is; that a file of it is still where it was written, nobody knows from here.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from borderliaison.kernel.durable import write_whole
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.node.backups.archive import read_outside

NOTE_NAME: Final = "backups.json"
SUFFIX: Final = ".blobackup"
NOTED: Final = 200
"""How many backups the note holds; the older ones are told by their files alone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken.

    Attributes:
        taken_at: everything committed before is in it; aware, UTC.
        file: where it was written.
        size: in bytes.
        sha256: of the whole file, in hexadecimal.
        version: of the program.
    """

    taken_at: datetime
    file: str
    size: int
    sha256: str
    version: str

    def to_data(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self) | {"taken_at": self.taken_at.isoformat()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read what ``to_data`` made."""
        return cls(**data | {"taken_at": datetime.fromisoformat(data["taken_at"])})


def name_of(office: OfficeCode, taken_at: datetime) -> str:
    """Return what a backup is called: ``KG-BDB-20260512T040000Z.blobackup``."""
    return f"{office}-{taken_at.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"


def taken(directory: Path) -> list[Taken]:
    """Return the backups that the node in ``directory`` has noted, oldest first."""
    try:
        raw = json.loads((directory / NOTE_NAME).read_text(encoding="utf-8"))
        return [Taken.from_data(one) for one in raw]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return []  # a note that is lost or torn says of no backup; the next backup writes a new one


def last(directory: Path) -> datetime | None:
    """Return of when the newest backup of the node in ``directory`` is; ``None`` where there is none."""
    return max((one.taken_at for one in taken(directory)), default=None)


def note(directory: Path, new: Taken) -> None:
    """Note a backup."""
    listed = [*taken(directory), new][-NOTED:]
    write_whole(directory / NOTE_NAME, json.dumps([one.to_data() for one in listed], indent=1))


def prune(folder: Path, office: OfficeCode, keep_days: int, now: datetime) -> list[Path]:
    """Delete an office's backups in a folder that are older than ``keep_days``; never the newest.

    A file counts by what its header says, not by its name or its date in the file system; what is no
    backup of this office is left alone.

    Returns:
        What was deleted, oldest first.
    """
    found: list[tuple[datetime, Path]] = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            header = read_outside(path)
        except (LiaisonError, OSError):
            continue
        if header.office == office:
            found.append((header.taken_at, path))
    found.sort()
    expired = [path for at, path in found[:-1] if at < now - timedelta(days=keep_days)]
    for path in expired:
        path.unlink()
    return expired
