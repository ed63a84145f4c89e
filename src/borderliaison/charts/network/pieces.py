"""Pieces of a chart as values: items and links as one reader may know them. Pure."""

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """Somebody, something or what happened.

    Attributes:
        key: the canonical key for this reader.
        schema: a schema of the ontology.
        kind: its word.
        shape: circle, square or diamond.
        icon: its name in the sprite.
        name: what names it.
        under: what stands below the name; may be empty.
        degree: how many links it has in all that the reader may read.
        first: when it is first heard of, in seconds.
        last: likewise, last.
        facts: what is said of it, by property.
        amounts: of an event, how much was seized at it, by unit.
        place: of an event, where it was, in words.
    """

    key: str
    schema: str
    kind: str
    shape: str
    icon: str
    name: str
    under: str
    degree: int
    first: int | None
    last: int | None
    facts: dict[str, list[str]]
    amounts: dict[str, float] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two items.

    Attributes:
        key: of the first that says it; the same for whoever may read that.
        kind: the schema of the link, or the name of the reference.
        begin: the key of the item where it begins.
        end: the key of the item where it ends.
        label: what it says.
        certainty: confirmed, unconfirmed or tentative.
        directed: whether its two ends differ.
        since: when it began, in seconds.
        until: when it ended.
        sources: how many say it.
        amounts: how much it says, by unit.
    """

    key: str
    kind: str
    begin: str
    end: str
    label: str
    certainty: str
    directed: bool
    since: int | None
    until: int | None
    sources: int
    amounts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a page adds to its chart.

    Attributes:
        items: each once.
        links: among them, and to those that the page has.
        words: the label of each property that ``facts`` name, and of each kind of link.
        signs: the icon of each.
        said: by schema and property (``Vehicle:registeredIn``), values in words where these differ.
        aliases: by which key an item is known now, for keys by which it was asked for or saved.
        left_out: how many items more there would have been.
    """

    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    left_out: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return the piece by its parts' names; items and links are written as they are."""
        return {one.name: getattr(self, one.name) for one in fields(self)}
