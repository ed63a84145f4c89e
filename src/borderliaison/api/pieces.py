"""Items and links of charts and of the network, as programs read them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from borderliaison.charts.network.pieces import Item, Link, Piece


class ItemShape(Schema):
    """Somebody, something or what happened; ``degree`` counts its links in all that one may read."""

    key: str
    schema_name: str = Field(serialization_alias="schema")
    name: str
    degree: int
    first: datetime | None
    last: datetime | None
    facts: dict[str, list[str]]


class LinkShape(Schema):
    """A link; ``certainty``: confirmed, unconfirmed or tentative; ``sources``: how many say it."""

    kind: str
    begin: str
    end: str
    label: str
    certainty: str
    directed: bool
    since: datetime | None
    until: datetime | None
    sources: int


class PieceShape(Schema):
    """Items with the links among them.

    ``aliases``: by which key an item is known now, for keys by which it was asked for or saved.
    """

    items: list[ItemShape]
    links: list[LinkShape]
    aliases: dict[str, str]


def piece_data(piece: Piece) -> dict[str, Any]:
    """Return items and links as plain data."""
    return {
        "items": [_item(one) for one in piece.items],
        "links": [_link(one) for one in piece.links],
        "aliases": piece.aliases,
    }


def pairs_of(keys: Iterable[str], links: Iterable[Link]) -> list[tuple[int, int]]:
    """Return the links as pairs of places in a list of items; those that lead out are left out."""
    places = {key: place for place, key in enumerate(keys)}
    ends = ((places.get(one.begin), places.get(one.end)) for one in links)
    return [(begin, end) for begin, end in ends if begin is not None and end is not None]


def _item(one: Item) -> dict[str, Any]:
    return {
        "key": one.key,
        "schema_name": one.schema,
        "name": one.name,
        "degree": one.degree,
        "first": _moment(one.first),
        "last": _moment(one.last),
        "facts": one.facts,
    }


def _link(one: Link) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "begin": one.begin,
        "end": one.end,
        "label": one.label,
        "certainty": one.certainty,
        "directed": one.directed,
        "since": _moment(one.since),
        "until": _moment(one.until),
        "sources": one.sources,
    }


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
