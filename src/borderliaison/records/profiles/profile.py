"""One entity as one reader may know it, as values. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from borderliaison.kernel.marking import Grading, Marking
from borderliaison.records.ontology.model import schema
from borderliaison.records.ontology.schema import Property, Schema


@dataclass(frozen=True, slots=True)
class Saying:
    """Where a value comes from: one statement of one source.

    Attributes:
        pk: of the statement.
        entity: of which the source says it; one of the profile's ``pks``.
        source: the source's key: of a report's item, or of an import.
        kind: of the source, one of ``Source.Kind``.
        office: that says so.
        said_at: when.
        marking: under which it is read.
        first_seen: when it was first so, as far as the source knows.
        last_seen: likewise, last.
        original: as it was said, where that differs from the value.
    """

    pk: int
    entity: int
    source: str
    kind: str
    office: str
    said_at: datetime
    marking: Marking
    first_seen: datetime
    last_seen: datetime
    original: str

    @property
    def grading(self) -> Grading:
        """How reliable the source and what it says are."""
        return self.marking.grading


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one property.

    Attributes:
        prop: the property's name.
        value: as it is kept; of a reference, the key of the other entity.
        language: in which it was said; empty where it does not matter.
        sayings: who says it, the earliest first; at least one.
    """

    prop: str
    value: str
    language: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a reader may know of all entities that are one for him.

    Attributes:
        key: the lowest of theirs.
        pks: of the entities, the one with that key first.
        schema: the most specific of theirs.
        caption: what names it; empty where nothing does (``named`` then has its kind).
        values: in the order of the schema's properties, of each the one that most say first.
    """

    key: str
    pks: tuple[int, ...]
    schema: str
    caption: str
    values: tuple[Value, ...]

    @property
    def kind(self) -> Schema:
        """The schema itself."""
        return schema(self.schema)

    def named(self, language: str) -> str:
        """Return what names it; its kind in ``language`` where nothing does."""
        return self.caption or self.kind.label.text(language)

    def of(self, prop: str) -> tuple[Value, ...]:
        """Return the values of one property."""
        return tuple(one for one in self.values if one.prop == prop)

    def by_property(self) -> Iterator[tuple[Property, tuple[Value, ...]]]:
        """Yield each property of which there is a value; what is featured comes first."""
        found: dict[str, list[Value]] = {}
        for one in self.values:
            found.setdefault(one.prop, []).append(one)
        kind = self.kind
        for name in dict.fromkeys((*kind.featured, *found)):
            if name in found:
                yield kind.properties[name], tuple(found[name])


def made(key: str, pks: tuple[int, ...], schemata: list[str], values: list[Value]) -> Profile:
    """Return the profile of entities that are one.

    Args:
        key: the lowest of theirs.
        pks: of the entities.
        schemata: of each of them.
        values: of all of them, each once.
    """
    kind = most_specific(schemata)
    places = _places(kind.name)
    known = [one for one in values if one.prop in places]
    known.sort(key=lambda one: (places[one.prop], -len(one.sayings), one.sayings[0].said_at))
    return Profile(key, pks, kind.name, _caption(kind, known), tuple(known))


@cache
def _places(name: str) -> Mapping[str, int]:
    """Return where each property of a schema stands in their order."""
    return {prop: place for place, prop in enumerate(schema(name).properties)}


def most_specific(schemata: list[str]) -> Schema:
    """Return the schema that says most: the one with most above it, of several the most frequent."""
    if len(schemata) == 1:
        return schema(schemata[0])
    often = Counter(schemata)
    return max(map(schema, often), key=lambda one: (len(one.ancestors), often[one.name], one.name))


def _caption(kind: Schema, values: list[Value]) -> str:
    for name in kind.caption:
        for one in values:
            if one.prop == name:
                return one.value
    return ""
