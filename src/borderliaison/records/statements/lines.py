"""The lines that an entity draws: itself, where it is a link, and each of its references. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from borderliaison.records.ontology.schema import Schema

_REST: Final = {4: "-01-01", 7: "-01"}
"""What a date lacks that names a year or a month only."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two entities.

    Attributes:
        kind: the schema of the link, or the name of the reference: ``Identification:holder``.
        begin: the key of the entity where it begins.
        end: the key of the entity where it ends.
        since: when it began; None where nothing says so.
        until: when it ended; None where nothing says so.
    """

    kind: str
    begin: str
    end: str
    since: datetime | None
    until: datetime | None


def lines_of(kind: Schema, key: str, said: Collection[tuple[str, str]]) -> Iterator[Line]:
    """Yield the lines of an entity.

    Args:
        kind: its schema.
        key: its key.
        said: each property with a value that is said of it.
    """
    since = min(_moments(said, kind.extent.start), default=None)
    until = max(_moments(said, kind.extent.end), default=None)
    ends = (kind.edge.source, kind.edge.target) if kind.edge is not None else ()
    if kind.edge is not None:
        for begin in _values(said, kind.edge.source):
            for end in _values(said, kind.edge.target):
                yield Line(kind.name, begin, end, since, until)
    for name, value in said:
        prop = kind.properties[name]
        if prop.type.name == "entity" and name not in ends:
            yield Line(prop.qname, key, value, since, until)


def moment_of(text: str) -> datetime | None:
    """Return the moment at which a date begins, also one that names a year or a month only.

    None where there is no such date, or none in the years that a database knows.
    """
    try:
        found = datetime.fromisoformat(text + _REST.get(len(text), ""))
        aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
        aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return aware


def _values(said: Iterable[tuple[str, str]], name: str) -> list[str]:
    return [value for prop, value in said if prop == name]


def _moments(said: Iterable[tuple[str, str]], names: Iterable[str]) -> Iterator[datetime]:
    for name in names:
        for value in _values(said, name):
            found = moment_of(value)
            if found is not None:
                yield found
