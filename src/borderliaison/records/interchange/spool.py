"""Items on the disk, while they are sorted, put together and counted: any number in little memory.

The file is a private one of the node, gone when its block is left, and never part of a backup.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from borderliaison.kernel.marking import Grading, Marking
from borderliaison.records.interchange.items import (
    UNGRADED,
    Item,
    Origin,
    Place,
    Told,
    ends_of,
    merged,
    pairs_of,
)
from borderliaison.records.statements.lines import Line
from borderliaison.records.statements.rows import Drawn

_AT_ONCE: Final = 2_000
_CACHE_KB: Final = 32_768
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_TABLES: Final = """
CREATE TABLE piece (key TEXT, kind TEXT, link INTEGER, line INTEGER, first TEXT, last TEXT, data TEXT);
CREATE TABLE item (
  number INTEGER PRIMARY KEY, key TEXT UNIQUE, kind TEXT, link INTEGER, line INTEGER, first TEXT, last TEXT,
  data TEXT
);
CREATE TABLE kept (number INTEGER PRIMARY KEY);
CREATE TABLE before (number INTEGER PRIMARY KEY);
CREATE TABLE known (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE line (
  source INTEGER, entity INTEGER, kind TEXT, first TEXT, last TEXT, since TEXT, until TEXT
);
"""
_PUT: Final = "INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?, ?)"
_SORTED: Final = (
    "SELECT named(key), kind, link, line, first, last, data FROM piece ORDER BY 1, rowid"
)
_KEEP: Final = (
    "INSERT INTO item (key, kind, link, line, first, last, data)"
    " VALUES (?, ?, ?, ?, named(?), named(?), ?)"
)
_ITEMS: Final = "SELECT key, kind, line, data FROM item"
_PLACED: Final = f"{_ITEMS} WHERE link = 0 AND data NOT LIKE '[null%'"
_LOOSE: Final = """
SELECT key, kind, line, data FROM item WHERE link = 1 AND NOT (
  EXISTS (SELECT 1 FROM item AS other WHERE other.key = item.first)
  AND EXISTS (SELECT 1 FROM item AS other WHERE other.key = item.last)
)
"""
_KNOW: Final = "INSERT OR IGNORE INTO known VALUES (?, ?)"
_DRAW: Final = "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?)"
_UNKNOWN: Final = """
SELECT first FROM line UNION SELECT last FROM line EXCEPT SELECT key FROM known
"""
_LINES: Final = """
SELECT entity, one.number, other.number, kind, since, until FROM line
JOIN known AS one ON one.key = first JOIN known AS other ON other.key = last
WHERE source = ? ORDER BY line.rowid
"""
_Piece = tuple[str, str, int, int, str | None, str | None, str]


class Spool:
    """Items, to be put in in any order and taken out by their keys, each once."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        for pragma in (
            "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE",
            f"cache_size = -{_CACHE_KB}",
        ):  # fmt: skip
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        self._waiting: list[_Piece] = []
        self._markings: dict[Marking, int] = {}
        self._by_number: list[Marking] = []
        self._digest = hashlib.sha256()
        self._named: Callable[[str], str] = str
        self.gradings: set[Grading] = set()
        """All that were put in."""
        self.mixed: list[tuple[int, str]] = []
        """The line and the schema of what has the key of something of another kind, once it is settled."""

    def put(self, item: Item) -> None:
        """Put an item in; what is said of the same key is put together."""
        self.gradings.update(one.grading for one in item.told)
        piece = self._piece(item)
        self._digest.update(f"{item.key} {item.schema} {item.line} {piece[-1]}\n".encode())
        self._waiting.append(piece)
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    @property
    def digest(self) -> str:
        """A hash of all that was put in, in its order, in hexadecimal."""
        return self._digest.hexdigest()

    def settle(self, named: Callable[[str], str] = str) -> None:
        """Sort what was put in, and put together what is one: nothing is put in afterwards.

        Args:
            named: what an item is called from now on, by its key until now; references are not renamed.
        """
        self._flush()
        self._named = named
        self._database.create_function("named", 1, lambda key: key and named(key))
        rows = self._database.cursor().execute(_SORTED)
        together = (self._together(list(some)) for _, some in groupby(rows, key=itemgetter(0)))
        self._database.executemany(_KEEP, together)
        self._database.execute("DELETE FROM piece")

    def items(self) -> Iterator[Item]:
        """Yield all items by their keys."""
        return self._read(_ITEMS)

    def things(self) -> Iterator[Item]:
        """Yield everything that is no link, by key."""
        return self._read(f"{_ITEMS} WHERE link = 0")

    def links(self) -> Iterator[Item]:
        """Yield the links, by key."""
        return self._read(f"{_ITEMS} WHERE link = 1")

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield the key and the place of each thing that has one, by key."""
        return ((one.key, one.place) for one in self._read(_PLACED) if one.place is not None)

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Yield the key and the schema of each item, by key."""
        return self._database.cursor().execute("SELECT key, kind FROM item ORDER BY number")

    def loose(self) -> Iterator[tuple[int, str]]:
        """Yield the line and the schema of each link of which no two ends are there."""
        for one in self._read(_LOOSE):
            pairs = ((self._named(begin), self._named(end)) for begin, end in pairs_of(one))
            if not any(self.has(begin) and self.has(end) for begin, end in pairs):
                yield one.line, one.schema

    def has(self, key: str) -> bool:
        """Whether there is an item of a key."""
        found = self._database.execute("SELECT 1 FROM item WHERE key = ?", (key,))
        return found.fetchone() is not None

    def count(self) -> tuple[int, int]:
        """Return how many things there are, and how many links."""
        found = self._database.execute("SELECT COUNT(*), COALESCE(SUM(link), 0) FROM item")
        every, links = found.fetchone()
        return every - links, links

    def keep(self, numbers: Iterable[int]) -> None:
        """Remember the numbers of entities of which something is said now."""
        self._remember("kept", numbers)

    def begin_gone(self, numbers: Iterable[int]) -> None:
        """Remember the numbers of entities of which something was said before, and nothing else."""
        self._database.execute("DELETE FROM kept")
        self._database.execute("DELETE FROM before")
        self._remember("before", numbers)

    def gone(self) -> list[int]:
        """Return the numbers of entities of which something was said before and nothing is now."""
        found = self._database.execute("SELECT number FROM before EXCEPT SELECT number FROM kept")
        return [int(one) for (one,) in found]

    def know(self, numbers: Mapping[str, int]) -> None:
        """Remember the numbers of entities, by their keys."""
        self._database.executemany(_KNOW, numbers.items())

    def draw(self, source: int, lines: Iterable[tuple[int, Line]]) -> None:
        """Remember lines of a source, each with the number of the entity that draws it."""
        self._database.executemany(_DRAW, (
            (source, number, one.kind, one.begin, one.end, _text(one.since), _text(one.until))
            for number, one in lines
        ))  # fmt: skip

    def unknown_ends(self) -> Iterator[str]:
        """Yield the keys to which lines lead and of which no number is known."""
        return (key for (key,) in self._database.cursor().execute(_UNKNOWN))

    def lines(self, source: int) -> Iterator[Drawn]:
        """Yield the lines of a source of which both ends are known."""
        found = self._database.cursor().execute(_LINES, (source,))
        for entity, begin, end, kind, since, until in found:
            yield Drawn(entity, begin, end, kind, _moment(since), _moment(until))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _remember(self, table: str, numbers: Iterable[int]) -> None:
        sql = f"INSERT OR IGNORE INTO {table} VALUES (?)"  # noqa: S608 - one of the two above
        self._database.executemany(sql, ((one,) for one in numbers))

    def _flush(self) -> None:
        self._database.executemany(_PUT, self._waiting)
        self._waiting.clear()

    def _together(self, pieces: Sequence[_Piece]) -> _Piece:
        """Return one piece of several with the same key."""
        first = pieces[0]
        if all(one[-1] == first[-1] and one[1] == first[1] for one in pieces):
            return first
        items = [self._item(key, kind, line, data) for key, kind, _, line, _, _, data in pieces]
        one = merged(items)
        self.mixed += [(i.line, i.schema) for i in items if not one.kind.is_a(i.schema)]
        return self._piece(one)

    def _read(self, sql: str) -> Iterator[Item]:
        rows = self._database.cursor().execute(f"{sql} ORDER BY number")
        return (self._item(*row) for row in rows)

    def _piece(self, item: Item) -> _Piece:
        first, last = ends_of(item) or (None, None)
        at = item.place
        place = None if at is None else [at.x, at.y, at.stands_as]
        data = _JSON.encode([place, *(self._told_data(one) for one in item.told)])
        link = int(item.kind.edge is not None)
        return (item.key, item.schema, link, item.line, first, last, data)

    def _item(self, key: str, kind: str, line: int, data: str) -> Item:
        place, *told = json.loads(data)
        said = tuple(self._told(one) for one in told)
        return Item(key, kind, said, Place(*place) if place else None, line)

    def _told(self, data: Sequence[Any]) -> Told:
        if len(data) == 2:
            return Told(data[0], data[1])
        grading = Grading(*data[3:6]) if len(data) > 3 else UNGRADED
        return Told(data[0], data[1], data[2], grading, self._origin(data[6:]))

    def _origin(self, data: Sequence[Any]) -> Origin | None:
        if not data:
            return None
        source, office, marking, first, last = data
        seen = datetime.fromisoformat(first), datetime.fromisoformat(last)
        return Origin(source, office, self._by_number[marking], *seen)

    def _told_data(self, one: Told) -> list[Any]:
        if one.grading == UNGRADED and one.origin is None:
            return [one.prop, one.value, one.language] if one.language else [one.prop, one.value]
        grade, origin = one.grading, one.origin
        graded = [one.prop, one.value, one.language, grade.scheme, grade.version, grade.value]
        if origin is None:
            return graded
        marking = self._number(origin.marking)
        seen = [origin.first_seen.isoformat(), origin.last_seen.isoformat()]
        return [*graded, origin.source, origin.office, marking, *seen]

    def _number(self, marking: Marking) -> int:
        if marking not in self._markings:
            self._markings[marking] = len(self._by_number)
            self._by_number.append(marking)
        return self._markings[marking]


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@contextmanager
def spooled(folder: Path | None = None) -> Iterator[Spool]:
    """Give an empty spool; its file has no name any more, and is gone with whoever has it open.

    Args:
        folder: of the node, for its file; without it, the machine's own for temporary files.
    """
    if folder is not None:
        folder.mkdir(mode=0o700, exist_ok=True)
    number, name = tempfile.mkstemp(".spool", "blo-", folder)
    os.close(number)
    try:
        spool = Spool(Path(name))
    finally:
        Path(name).unlink()
    try:
        yield spool
    finally:
        spool.close()
