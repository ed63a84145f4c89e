"""The first look: what is served is closed until the worker of this start has compared what it found.

An old copy of the database that nobody has noted, a machine's snapshot say, is found out by the worker. So
``blo serve`` says before it starts anything that a look is awaited, in ``run/look-awaited``, and the worker
takes that away when it has looked. One that is started again after it died finds it gone: an office at
work is not closed because of that. What serves pages outside ``blo serve`` is not closed.

States: awaited --looked--> done; awaited --directory behind--> awaited, and it is said why;
done --directory behind--> awaited.
"""

from enum import StrEnum
from pathlib import Path
from typing import Final

from borderliaison.kernel.durable import write_whole

FILE_NAME: Final = "look-awaited"


class Awaits(StrEnum):
    """What is awaited before anything is shown."""

    WORKER = "worker"
    """The worker has not looked since the node was started."""
    DIRECTORY = "directory"
    """The worker waits for a directory as new as the one that was held here before."""


class FirstLook:
    """The look of one node since it was started."""

    def __init__(self, run_directory: Path) -> None:
        """Say where it is noted: the node's ``run`` folder."""
        self._path = run_directory / FILE_NAME

    def await_(self, what: Awaits = Awaits.WORKER) -> None:
        """Say that nothing is to be shown before the worker has looked, and what it waits for."""
        write_whole(self._path, f"{what.value}\n")

    def awaited(self) -> Awaits | None:
        """Return what is awaited; None where the worker has looked."""
        try:
            said = self._path.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        return next((one for one in Awaits if one.value == said), Awaits.WORKER)

    def done(self) -> None:
        """Say that the worker has looked."""
        self._path.unlink(missing_ok=True)
