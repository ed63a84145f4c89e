"""A schema and its properties, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from borderliaison.forms.words import Words
from borderliaison.records.ontology.types import PropertyType


@dataclass(frozen=True, slots=True)
class Reverse:
    """How a reference is called at the other end.

    Attributes:
        name: unique in the schema that is referred to.
        label: in words.
    """

    name: str
    label: Words


@dataclass(frozen=True, slots=True)
class Property:
    """One thing that can be said of an entity; each can have several values.

    Attributes:
        name: unique in the schema and below it: ``birthDate``.
        schema: the schema that brings it in.
        type: of the values.
        label: in words.
        about: what it means, in English; empty where the label says it.
        range: of a reference, the schema that it must lead to; else empty.
        reverse: of a reference, how it is called at the other end.
        is_matchable: whether two entities are compared by it.
        is_hidden: whether it stays off the screen.
        max_length: of a value, in characters.
        format: of an identifier: ``imo``; else empty.
    """

    name: str
    schema: str
    type: PropertyType
    label: Words
    about: str = ""
    range: str = ""
    reverse: Reverse | None = None
    is_matchable: bool = False
    is_hidden: bool = False
    max_length: int = 250
    format: str = ""

    @property
    def qname(self) -> str:
        """The name with its schema: ``Person:birthDate``."""
        return f"{self.schema}:{self.name}"


@dataclass(frozen=True, slots=True)
class Edge:
    """How an entity is drawn as a line between two others.

    Attributes:
        source: the property that names where it begins.
        target: the property that names where it ends.
        label: what the line says.
        is_directed: whether the two ends differ.
        caption: the properties of which the first with a value is written along the line.
    """

    source: str
    target: str
    label: Words
    is_directed: bool
    caption: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """The properties that say since when and until when.

    Attributes:
        start: of which the earliest value counts.
        end: of which the latest value counts.
    """

    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """A number by which a thing is itself, whoever speaks of it.

    Attributes:
        name: the kind of number, the same in all schemata that go by it: ``plate``.
        number: the property that holds it.
        within: the properties that say what gave it out; the number counts only where each has one value.
        without: the properties of which nothing may be said; the number then counts if it is a whole one.
        scheme: of ``forms.identifiers`` that it must be of; empty where there is none.
    """

    name: str
    number: str
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of thing, event or link.

    Attributes:
        name: ``Person``.
        label: in words, for one.
        plural: in words, for several.
        about: what it means, in English.
        extends: the schemata whose properties it takes over, the nearest first.
        ancestors: itself and all that it takes over from, nearest first.
        properties: all of them by name, those taken over included.
        is_abstract: whether no entity is of it, only of what extends it.
        is_matchable: whether two of it may turn out to be one.
        caption: the properties of which the first with a value names an entity.
        featured: what is shown of it first.
        required: without which it says nothing.
        edge: how it is a line between two others, if it is.
        extent: which properties say when.
        identities: the numbers that one of it is itself by, those taken over included.
    """

    name: str
    label: Words
    plural: Words
    about: str = ""
    extends: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    properties: Mapping[str, Property] = field(default_factory=dict)
    is_abstract: bool = False
    is_matchable: bool = False
    caption: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    edge: Edge | None = None
    extent: Extent = field(default_factory=Extent)
    identities: tuple[Identity, ...] = ()

    def is_a(self, name: str) -> bool:
        """Whether an entity of this schema is one of ``name`` too."""
        return name in self.ancestors
