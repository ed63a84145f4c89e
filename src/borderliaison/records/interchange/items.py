"""The in-between form: things and links with what is said of them, whatever file they are from. Pure.

A link is an item of a schema that is an edge; its ends are two of its values. A reference is a value too:
the key of the other item.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Final, Protocol

from borderliaison.kernel.marking import Grading, Marking, PageMarking
from borderliaison.records.ontology.model import schema, schemata
from borderliaison.records.ontology.schema import Schema

UNGRADED: Final = Grading()
MAX_PLACE: Final = 1e6


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says a value, of what goes out.

    Attributes:
        source: the key of the source.
        office: that says so.
        marking: under which it is read.
        first_seen: when it was first so, as far as is known.
        last_seen: likewise, last.
    """

    source: str
    office: str
    marking: Marking
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One value of one property.

    Attributes:
        prop: the property's name in the item's schema.
        value: as it is said; of a reference, the key of the other item.
        language: in which; empty where it does not matter.
        grading: of source and information; empty where the set's own holds.
        origin: who says it; None of what comes in.
    """

    prop: str
    value: str
    language: str = ""
    grading: Grading = UNGRADED
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in a chart, in the units of its file, downwards with y.

    Attributes:
        x: to the right.
        y: downwards.
        stands_as: as a `box`, `circle`, `text`, `frame` or `line`; empty as its sign.
    """

    x: float
    y: float
    stands_as: str = ""


def place_at(x: str | None, y: str | None, stands_as: str = "") -> Place | None:
    """Return the place that a file says; None where it is none, or far beyond any chart."""
    try:
        place = Place(float(x or ""), float(y or ""), stands_as)
    except ValueError:
        return None
    return place if abs(place.x) <= MAX_PLACE and abs(place.y) <= MAX_PLACE else None


@dataclass(frozen=True, slots=True)
class Item:
    """A thing, an event or a link.

    Attributes:
        key: by which others refer to it; of what comes in, any text that is its own in the file.
        schema: of the ontology.
        told: what is said of it.
        place: in a chart, where the file says so.
        line: of the file, where it stands; 0 where there are no lines.
    """

    key: str
    schema: str
    told: tuple[Told, ...] = ()
    place: Place | None = None
    line: int = 0

    @property
    def kind(self) -> Schema:
        """Its schema."""
        return schema(self.schema)

    def values(self, prop: str) -> list[str]:
        """Return what is said of one property, each value once."""
        return list(dict.fromkeys(one.value for one in self.told if one.prop == prop))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line between two items, as formats of graphs know it.

    Attributes:
        key: unique among lines.
        kind: the schema of a link, or the name of a reference: ``Identification:holder``.
        begin: the item where it begins.
        end: the item where it ends.
        is_directed: whether the two ends differ.
    """

    key: str
    kind: str
    begin: str
    end: str
    is_directed: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file that goes out says of itself.

    Attributes:
        title: of the selection.
        office: that gives it out.
        made_at: when.
        marking: the strictest of all that is in it.
        marking_text: the same in words.
        things: how many things there are.
        links: how many links.
        withheld: how many values their originator does not let pass on.
    """

    title: str
    office: str
    made_at: datetime
    marking: PageMarking = field(default_factory=PageMarking)
    marking_text: str = ""
    things: int = 0
    links: int = 0
    withheld: int = 0


class Outgoing(Protocol):
    """What is to be written, to be gone through as often as a format needs."""

    @property
    def heading(self) -> Heading:
        """What the file says of itself."""
        ...

    def things(self) -> Iterator[Item]:
        """Yield everything that is no link."""
        ...

    def links(self) -> Iterator[Item]:
        """Yield the links, whose ends are among the things."""
        ...


def caption_of(item: Item) -> str:
    """Return what an item is called: the first value of what its schema calls it by; else its kind."""
    for prop in item.kind.caption:
        found = item.values(prop)
        if found:
            return found[0]
    return item.kind.label.text("en")


def pairs_of(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the items where a link begins and ends: each with each, where it has several."""
    edge = item.kind.edge
    if edge is not None:
        yield from product(item.values(edge.source), item.values(edge.target))


def ends_of(item: Item) -> tuple[str, str] | None:
    """Return the first items where a link begins and ends; None where it lacks one."""
    return next(pairs_of(item), None)


def drawn_of(item: Item) -> Iterator[Drawn]:
    """Yield the lines of an item: of a link one for each two of its ends, or its references."""
    kind = item.kind
    if kind.edge is not None:
        for place, (begin, end) in enumerate(pairs_of(item)):
            key = f"{item.key}/{begin}/{end}" if place else item.key
            yield Drawn(key, kind.name, begin, end, kind.edge.is_directed)
        return
    for one in dict.fromkeys((one.prop, one.value) for one in item.told):
        prop = kind.properties.get(one[0])
        if prop is not None and prop.type.name == "entity":
            yield Drawn(f"{item.key}/{one[0]}/{one[1]}", prop.qname, item.key, one[1], True)


def merged(items: Iterable[Item]) -> Item:
    """Return one item of several with the same key: of the most specific schema, each value once.

    What that schema does not have is left out, as it is of a profile.
    """
    first, *others = items
    if not others:
        return first
    several = (first, *others)
    name = max((one.schema for one in several), key=lambda one: len(schemata()[one].ancestors))
    properties = schemata()[name].properties
    every = dict.fromkeys(said for one in several for said in one.told)
    told = tuple(said for said in every if said.prop in properties)
    place = next((one.place for one in several if one.place is not None), None)
    return Item(first.key, name, told, place, first.line)
