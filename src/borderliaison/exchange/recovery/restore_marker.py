"""The marker ``state/restored``: that a backup was put back. The worker reads it at its next start.

It stands beside the database because the database is the backup's own. While it is there, pages are
closed: the worker has not seen yet what is lacking.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from borderliaison.kernel.durable import make_folder, write_whole

FILE_NAME: Final = "restored"
STATE: Final = "state"


@dataclass(frozen=True, slots=True)
class Restored:
    """What the marker says.

    Attributes:
        taken_at: when the backup was made; None where the marker cannot be read.
    """

    taken_at: datetime | None


class RestoreMarker:
    """The marker of one node."""

    def __init__(self, state_directory: Path) -> None:
        """Say where it is: the node's ``state`` folder."""
        self._path = state_directory / FILE_NAME

    def read(self) -> Restored | None:
        """Return what it says; None where there is none."""
        try:
            said = self._path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        try:
            return Restored(datetime.fromisoformat(said).astimezone(UTC))
        except ValueError:
            return Restored(None)

    def is_there(self) -> bool:
        """Whether a backup was put back that the worker has not seen yet."""
        return self._path.exists()

    def write(self, taken_at: datetime) -> None:
        """Say that a backup of this time was put back."""
        make_folder(self._path.parent)
        write_whole(self._path, f"{taken_at.astimezone(UTC).isoformat()}\n")

    def remove(self) -> None:
        """Say that the worker has seen it."""
        self._path.unlink(missing_ok=True)


def note_restore(node_directory: Path, taken_at: datetime) -> None:
    """Note that a backup was put back into a node that does not run; for ``blo node restore``.

    Args:
        node_directory: the node's directory.
        taken_at: when the backup was made.
    """
    RestoreMarker(node_directory / STATE).write(taken_at)
