"""What lies in a node's directory, file by file: what each is, and whether a backup holds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final


class Keep(Enum):
    """What a backup does with a file."""

    WITH = "in every backup"
    SEALED = "in a backup `--with-keys`, and only encrypted"
    SNAPSHOT = "in every backup, as a consistent copy"
    OUTSIDE = "in no backup; a restore leaves it as it is here"
    NEVER = "in no backup"


@dataclass(frozen=True, slots=True)
class NodeFile:
    """One file of a node, or a folder of which each file is treated alike.

    Attributes:
        name: as seen from the node's directory; a folder ends with ``/``.
        keep: what a backup does with it.
        meaning: what it is, for the administrator.
    """

    name: str
    keep: Keep
    meaning: str


FILES: Final = (
    NodeFile("node.toml", Keep.WITH, "the settings of this page"),
    NodeFile("deadlines.yaml", Keep.WITH, "the office's own deadlines; see “Ask and answer”"),
    NodeFile("forms/", Keep.WITH, "the office's own versions of forms; `blo forms add`"),
    NodeFile("map/provinces.geojson", Keep.WITH, "provinces on the map; `blo map provinces add`"),
    NodeFile(
        "map/tiles.pmtiles",
        Keep.NEVER,
        "tiles of the map, large and to be had again; `blo map tiles add`",
    ),
    NodeFile(
        "keys/office.key",
        Keep.SEALED,
        "the office's private keys, sealed; opened by the worker alone",
    ),
    NodeFile(
        "keys/web.secret",
        Keep.WITH,
        "signs sessions, seals second factors; without it nobody can sign in",
    ),
    NodeFile("keys/authority.pub", Keep.WITH, "the authority that this node believes; pinned once"),
    NodeFile("keys/link.key", Keep.WITH, "the key of this machine's certificate for links"),
    NodeFile("keys/link.pem", Keep.WITH, "that certificate; `blo authority certificate`"),
    NodeFile("keys/link-ca.pem", Keep.WITH, "whose offices may be at the other end of a link"),
    NodeFile("keys/backup.seal", Keep.WITH, "seals backups and opens none; `blo node backup-key`"),
    NodeFile("enrolment.request", Keep.WITH, "what was brought to the authority"),
    NodeFile("rotation.request", Keep.NEVER, "asks the authority for new keys; made again at will"),
    NodeFile("link.request", Keep.NEVER, "asks the authority for a certificate; likewise"),
    NodeFile("version", Keep.WITH, "the version that the database is of; another is not served"),
    NodeFile(
        "node.sqlite3",
        Keep.SNAPSHOT,
        "the database, where it is SQLite; `-wal`, `-shm` and `-writer` belong to it",
    ),
    NodeFile(
        "files/",
        Keep.WITH,
        "what officers have added and what came with letters: encrypted, the keys in the database",
    ),
    NodeFile("backups.json", Keep.OUTSIDE, "which backups were taken, and when"),
    NodeFile("jobs.json", Keep.OUTSIDE, "when each job ran last, how it ended, when it runs next"),
    NodeFile(
        "state/",
        Keep.OUTSIDE,
        "how far this machine has come with each office, and which directories it held; shows it when an"
        " old database came back. In `imports/`, sealed, what was sent to be taken in, for a day",
    ),
    NodeFile("staging/", Keep.NEVER, "what a backup under way is made of; its owner's alone"),
    NodeFile(
        "before-upgrade/", Keep.NEVER, "the database as it was before the last upgrade, SQLite only"
    ),
    NodeFile(
        "run/",
        Keep.NEVER,
        "sockets, locks, the hub's configuration; nothing in it need survive a restart",
    ),
)


def of_kind(directory: Path, keep: Keep) -> Iterator[str]:
    """Name the files in a node's directory that a backup treats in this way."""
    for one in FILES:
        if one.keep is not keep:
            continue
        if one.name.endswith("/"):
            found = sorted(path for path in (directory / one.name).rglob("*") if path.is_file())
            yield from (str(path.relative_to(directory)) for path in found)
        elif (directory / one.name).is_file():
            yield one.name


def is_known(name: str) -> bool:
    """Whether a file, named as seen from the node's directory, is one of a node's."""
    return any(
        name.startswith(one.name) if one.name.endswith("/") else name == one.name for one in FILES
    )


def unknown(directory: Path) -> list[str]:
    """Name the settings, keys and certificates in a node's directory that no backup knows of."""
    found = [*directory.glob("*"), *(directory / "keys").rglob("*")]
    names = sorted(str(path.relative_to(directory)) for path in found if path.is_file())
    return [name for name in names if not is_known(name) and not name.startswith("node.sqlite3-")]
