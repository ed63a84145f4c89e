"""Items on the disk, while they are sorted, put together and counted: any number in little memory.

The file is a private one of the node, gone when its block is left, and never part of a backup.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from borderliaison.kernel.marking import Grading, Marking
from borderliaison.records.interchange.items import UNGRADED, Item, Origin, Place, Told, merged
from borderliaison.records.ontology.model import schema

_AT_ONCE: Final = 2_000
_TABLES: Final = """
CREATE TABLE piece (key TEXT NOT NULL, link INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE kept (number INTEGER PRIMARY KEY);
CREATE TABLE before (number INTEGER PRIMARY KEY);
"""
_SORTED: Final = "SELECT key, data FROM piece ORDER BY key, rowid"
_SORTED_BY_KIND: Final = "SELECT key, data FROM piece WHERE link = ? ORDER BY key, rowid"


class Spool:
    """Items, to be put in in any order and taken out by their keys, each once."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        self._waiting: list[tuple[str, int, str]] = []
        self._markings: dict[Marking, int] = {}
        self._digest = hashlib.sha256()
        self.gradings: set[Grading] = set()
        """All that were put in."""

    def put(self, item: Item) -> None:
        """Put an item in; what is said of the same key is put together."""
        self.gradings.update(one.grading for one in item.told)
        link = int(schema(item.schema).edge is not None)
        text = self._text(item)
        self._digest.update(f"{item.key} {text}\n".encode())
        self._waiting.append((item.key, link, text))
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    @property
    def digest(self) -> str:
        """A hash of all that was put in, in its order, in hexadecimal."""
        return self._digest.hexdigest()

    def items(self) -> Iterator[Item]:
        """Yield all items by their keys."""
        return self._merged(_SORTED)

    def things(self) -> Iterator[Item]:
        """Yield everything that is no link, by key."""
        return self._merged(_SORTED_BY_KIND, 0)

    def links(self) -> Iterator[Item]:
        """Yield the links, by key."""
        return self._merged(_SORTED_BY_KIND, 1)

    def index(self) -> None:
        """Make ready for ``has``."""
        self._flush()
        self._database.execute("CREATE INDEX IF NOT EXISTS by_key ON piece (key)")

    def has(self, key: str) -> bool:
        """Whether there is an item of a key; after ``index``."""
        found = self._database.execute("SELECT 1 FROM piece WHERE key = ? LIMIT 1", (key,))
        return found.fetchone() is not None

    def count(self) -> int:
        """Return how many different items there are."""
        self._flush()
        found = self._database.execute("SELECT COUNT(DISTINCT key) FROM piece").fetchone()
        return int(found[0])

    def keep(self, numbers: Iterable[int]) -> None:
        """Remember the numbers of entities of which something is said now."""
        self._remember("kept", numbers)

    def begin_gone(self, numbers: Iterable[int]) -> None:
        """Remember the numbers of entities of which something was said before, and nothing else."""
        self._database.execute("DELETE FROM before")
        self._remember("before", numbers)

    def gone(self) -> list[int]:
        """Return the numbers of entities of which something was said before and nothing is now."""
        found = self._database.execute("SELECT number FROM before EXCEPT SELECT number FROM kept")
        return [int(one) for (one,) in found]

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _remember(self, table: str, numbers: Iterable[int]) -> None:
        sql = f"INSERT OR IGNORE INTO {table} VALUES (?)"  # noqa: S608 - one of the two above
        self._database.executemany(sql, ((one,) for one in numbers))

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO piece VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def _merged(self, sql: str, *values: int) -> Iterator[Item]:
        self._flush()
        rows = self._database.cursor().execute(sql, values)
        markings = list(self._markings)
        for key, some in groupby(rows, key=lambda row: str(row[0])):
            yield merged([_item(key, data, markings) for _, data in some])

    def _text(self, item: Item) -> str:
        place = None if item.place is None else [item.place.x, item.place.y]
        told = [self._told_data(one) for one in item.told]
        return json.dumps([item.schema, item.line, place, told], ensure_ascii=False)

    def _told_data(self, one: Told) -> list[Any]:
        if one.grading == UNGRADED and one.origin is None:
            return [one.prop, one.value, one.language] if one.language else [one.prop, one.value]
        grade, origin = one.grading, one.origin
        graded = [one.prop, one.value, one.language, grade.scheme, grade.version, grade.value]
        if origin is None:
            return graded
        marking = self._markings.setdefault(origin.marking, len(self._markings))
        seen = [origin.first_seen.isoformat(), origin.last_seen.isoformat()]
        return [*graded, origin.source, origin.office, marking, *seen]


@contextmanager
def spooled(folder: Path | None = None) -> Iterator[Spool]:
    """Give an empty spool, and take its file away afterwards.

    Args:
        folder: of the node, for its file; without it, the machine's own for temporary files.
    """
    if folder is not None:
        folder.mkdir(mode=0o700, exist_ok=True)
    number, name = tempfile.mkstemp(".spool", "blo-", folder)
    os.close(number)
    spool = Spool(Path(name))
    try:
        yield spool
    finally:
        spool.close()
        Path(name).unlink()


def _item(key: str, data: str, markings: Sequence[Marking]) -> Item:
    name, line, place, told = json.loads(data)
    said = tuple(_told(one, markings) for one in told)
    return Item(key, name, said, Place(*place) if place else None, line)


def _told(data: Sequence[Any], markings: Sequence[Marking]) -> Told:
    language = data[2] if len(data) > 2 else ""
    grading = Grading(*data[3:6]) if len(data) > 3 else UNGRADED
    return Told(data[0], data[1], language, grading, _origin(data[6:], markings))


def _origin(data: Sequence[Any], markings: Sequence[Marking]) -> Origin | None:
    if not data:
        return None
    source, office, marking, first, last = data
    seen = datetime.fromisoformat(first), datetime.fromisoformat(last)
    return Origin(source, office, markings[marking], *seen)
