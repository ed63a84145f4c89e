"""Writing a drawn network into an office's database, as if a hundred thousand sources had said it."""

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.records.drawn import Drawn
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern

READER = Reader(OfficeCode("KG-BDB"), AgencyCode("KG-BOR"), CountryCode("KG"))
READ = Marking(audience=Audience.of(("KG-BDB", "*")))
_UNREAD = Marking(audience=Audience.of(("KG-BDB", "KG-CUS")))
_TABLES = ("records_source", "records_entity", "records_link", "records_statement")
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE sql > '' AND type = 'index' AND tbl_name = ?"
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_SOURCE = (
    "INSERT INTO records_source (id, key, kind, office, said_at, digest) VALUES (?,?,?,?,?,'')"
)
_ENTITY = "INSERT INTO records_entity (id, key, schema) VALUES (?,?,?)"
_LINK = (
    "INSERT INTO records_link (entity_id, source_id, marking_id, begin_id, end_id, kind, since)"
    " VALUES (?,?,?,?,?,'Associate',?)"
)
_STATEMENT = (
    "INSERT INTO records_statement (entity_id, source_id, marking_id, prop, value, key, language,"
    " original, first_seen, last_seen) VALUES (?,?,?,?,?,?,'','',?,?)"
)


def database(folder: Path) -> Path:
    """Return the database of a node's folder."""
    (found,) = folder.glob("**/*.sqlite3")
    return found


def fill(network: Drawn, folder: Path) -> float:
    """Write a network, its indexes last; return how long it took, in seconds."""
    began = time.perf_counter()
    markings = [intern(_UNREAD).pk, intern(READ).pk]
    base = sqlite3.connect(database(folder))
    base.execute("PRAGMA synchronous = OFF")
    indexes = [one for table in _TABLES for one in base.execute(_INDEXES, (table,))]
    for name, _ in indexes:
        base.execute(f'DROP INDEX "{name}"')
    at = _AT.strftime("%Y-%m-%d %H:%M:%S")
    base.executemany(
        _SOURCE,
        ((one, f"{one:032x}", "report", "KG-BDB", at) for one in range(1, len(network.is_read))),
    )
    people = range(1, network.entities + 1)
    base.executemany(_ENTITY, ((one, f"{one:032x}", "Person") for one in people))
    first = network.entities + 1
    base.executemany(
        _ENTITY,
        ((first + one, f"{first + one:032x}", "Associate") for one in range(len(network.begin))),
    )
    base.executemany(_LINK, _links(network, markings, first))
    of = dict.fromkeys(people, 1) | _first_sources(network)
    base.executemany(
        _STATEMENT,
        (
            (one, of[one], markings[int(network.is_read[of[one]])], "name", f"Person {one}",
             f"person {one}", at, at)
            for one in people
        ),
    )  # fmt: skip
    base.executemany(_STATEMENT, _said(network, markings, first, at))
    for _, sql in indexes:
        base.execute(sql)
    base.execute("ANALYZE")
    base.commit()
    base.close()
    return round(time.perf_counter() - began, 1)


def _links(network: Drawn, markings: list[int], first: int) -> Iterator[tuple[object, ...]]:
    columns = network.begin, network.end, network.minute, network.source
    for number, (begin, end, minute, source) in enumerate(
        zip(*(one.tolist() for one in columns), strict=True)
    ):
        since = (_AT + timedelta(minutes=minute)).strftime("%Y-%m-%d %H:%M:%S")
        marking = markings[int(network.is_read[source])]
        yield first + number, source, marking, begin, end, since


def _said(network: Drawn, markings: list[int], first: int, at: str) -> Iterator[tuple[object, ...]]:
    for number, source in enumerate(network.source.tolist()):
        marking = markings[int(network.is_read[source])]
        yield first + number, source, marking, "relationship", "knows", "", at, at


def _first_sources(network: Drawn) -> dict[int, int]:
    """Return for each entity with a line one of the sources that speak of it."""
    return dict(zip(network.begin.tolist(), network.source.tolist(), strict=True)) | dict(
        zip(network.end.tolist(), network.source.tolist(), strict=True)
    )
