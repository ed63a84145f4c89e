"""Bringing a node's database up to the installed version.

``version`` in the node's directory names the version that the database was made or brought up for. A
node that is behind is not served, so that pages and worker never meet tables that they do not know.
"""

from pathlib import Path
from typing import Final

from borderliaison import __version__
from borderliaison.kernel.errors import LiaisonError

VERSION_NAME: Final = "version"


class BehindVersion(LiaisonError):
    """The node's database belongs to another version of this program."""

    code = "E-UPG-01"
    hint = "back the node up, then run `blo node upgrade`"


def prepare_database() -> None:
    """Apply migrations and load the shipped network; what an administrator edited stays."""
    from django.core.management import call_command  # noqa: PLC0415  # wants Django started

    from borderliaison.offices.services import load_network  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    load_network()


def note_version(directory: Path) -> None:
    """Note that the database in ``directory`` is of the installed version."""
    (directory / VERSION_NAME).write_text(f"{__version__}\n", encoding="ascii")


def check_version(directory: Path) -> None:
    """Check that the database is of the installed version.

    Raises:
        BehindVersion: it is not.
    """
    path = directory / VERSION_NAME
    noted = path.read_text(encoding="ascii").strip() if path.exists() else "an unknown version"
    if noted != __version__:
        raise BehindVersion(f"made for {noted}, and this is {__version__}")
