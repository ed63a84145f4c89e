"""The first thing in a backup: what it holds, of which version, and the hash of each piece."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Self

from borderliaison.kernel.ids import OfficeCode
from borderliaison.node.backups.errors import NotABackup

FORMAT: Final = 1
NAME: Final = "manifest.json"
MAX_BYTES: Final = 64 * 1024 * 1024
"""Some 300,000 files."""
SQLITE: Final = "database/node.sqlite3"
_KINDS: Final = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Piece:
    """One file in a backup.

    Attributes:
        name: ``files/node.toml``, ``database/node.sqlite3``, ``database/feed_event.copy``.
        size: in bytes.
        sha256: of its contents, in hexadecimal.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """One table of PostgreSQL in a backup, in COPY's text format.

    Attributes:
        name: of the table.
        columns: their names, in the order of the copy.
        rows: how many there are.
    """

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        office: whose node it is a backup of.
        taken_at: everything committed before is in it; aware, UTC.
        version: of the program that the node was of.
        database: ``sqlite`` or ``postgresql``.
        migrations: applied ones, as ``app.name``.
        pieces: every file in the backup, in order.
        tables: PostgreSQL only.
        sequences: PostgreSQL only: the number that each has come to.
        left_out: files in the node's directory that no backup knows of, by name.
    """

    office: OfficeCode
    taken_at: datetime
    version: str
    database: str
    migrations: tuple[str, ...]
    pieces: tuple[Piece, ...]
    tables: tuple[CopiedTable, ...] = ()
    sequences: tuple[tuple[str, int | None], ...] = ()
    left_out: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """Return it as JSON."""
        data = asdict(self) | {"format": FORMAT, "taken_at": self.taken_at.isoformat()}
        return json.dumps(data, indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote.

        Raises:
            NotABackup: it is of another format, or malformed.
        """
        try:
            raw: dict[str, Any] = json.loads(data)
            form = raw.pop("format")
            if form != FORMAT:
                raise NotABackup(f"its format is {form}, and this version reads {FORMAT}")
            return cls(
                **raw
                | {
                    "office": OfficeCode(raw["office"]),
                    "taken_at": datetime.fromisoformat(raw["taken_at"]),
                    "migrations": tuple(map(str, raw["migrations"])),
                    "pieces": tuple(Piece(**one) for one in raw["pieces"]),
                    "tables": tuple(_table(one) for one in raw["tables"]),
                    "sequences": tuple((str(name), last) for name, last in raw["sequences"]),
                    "left_out": tuple(map(str, raw["left_out"])),
                }
            )._checked()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotABackup("its manifest is malformed") from error

    def _checked(self) -> Self:
        names = [piece.name for piece in self.pieces]
        if self.database not in _KINDS or len(set(names)) != len(names):
            raise NotABackup("its manifest is malformed")
        for name in names:
            folder, _, rest = name.partition("/")
            if folder not in ("files", "database") or not _stays_within(rest):
                raise NotABackup(f"it holds a piece named {name!r}")
        return self


def _table(raw: dict[str, Any]) -> CopiedTable:
    return CopiedTable(str(raw["name"]), tuple(map(str, raw["columns"])), int(raw["rows"]))


def _stays_within(name: str) -> bool:
    return "\x00" not in name and all(part not in ("", ".", "..") for part in name.split("/"))
