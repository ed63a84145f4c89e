"""Which kind of record another system means, by its word for it, and which property by its label."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from borderliaison.forms.words import Words
from borderliaison.records.ontology.model import schema, schemata
from borderliaison.records.ontology.schema import Property, Schema

THING: Final = "Asset"
"""A thing of which no kind is known."""
LINK: Final = "UnknownLink"
"""A link of which no kind is known."""


def thing_called(word: str) -> Schema | None:
    """Return the kind of thing that somebody calls so."""
    return _called("things").get(_plain(word))


def link_called(word: str, begin: Schema, end: Schema) -> Schema | None:
    """Return the kind of link that somebody calls so, if it can lead from the one kind to the other."""
    found = _called("links").get(_plain(word))
    return found if found is not None and leads(found, begin, end) else None


def leads(kind: Schema, begin: Schema, end: Schema) -> bool:
    """Whether a kind of link can lead from one kind to another."""
    if kind.edge is None:
        return False
    ranges = (kind.properties[kind.edge.source].range, kind.properties[kind.edge.target].range)
    return all(not one or of.is_a(one) for one, of in zip(ranges, (begin, end), strict=True))


def property_called(kind: Schema, word: str) -> Property | None:
    """Return the property of a kind that somebody calls so; never a reference."""
    return _properties(kind.name).get(_plain(word))


def label_property(kind: Schema) -> str:
    """Return the property that holds what another system writes below an item of a kind."""
    known = _data()["labels"].get(kind.name)
    return str(known) if known else (kind.caption or ("summary",))[0]


@cache
def _called(which: str) -> Mapping[str, Schema]:
    found: dict[str, Schema] = {}
    for one in schemata().values():
        if not one.is_abstract and (one.edge is not None) == (which == "links"):
            words = [one.name, *_words(one.label), *_words(one.plural)]
            words += _words(one.edge.label) if one.edge is not None else []
            for word in words:
                found.setdefault(_plain(word), one)
    return {**found, **{_plain(word): schema(name) for word, name in _data()[which].items()}}


@cache
def _properties(name: str) -> Mapping[str, Property]:
    found: dict[str, Property] = {}
    own = [one for one in schema(name).properties.values() if one.type.name != "entity"]
    for words in (lambda one: [one.name], lambda one: _words(one.label)):
        for one in own:
            for word in words(one):
                found.setdefault(_plain(word), one)
    return found


@cache
def _data() -> Mapping[str, Any]:
    text = (files("borderliaison.records.interchange.formats") / "kinds.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


def _words(words: Words) -> list[str]:
    return [words.text("en"), words.text("ru")]


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()
