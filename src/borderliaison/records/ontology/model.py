"""The model of this system: every schema, read once."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

from borderliaison.records.ontology.errors import BadOntology, UnknownSchema
from borderliaison.records.ontology.reading import Sources, read_schemata
from borderliaison.records.ontology.schema import Property, Schema

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HERE: Final = files("borderliaison.records.ontology")


@cache
def schemata() -> Mapping[str, Schema]:
    """Return every schema by its name.

    Raises:
        BadOntology: the data of this installation contradict themselves.
    """
    found = read_schemata(Sources(
        schemata=[*_schemata("ftm"), *_schemata("own")],
        left_out=left_out(),
        words={one.name.removesuffix(".yaml"): _read(one) for one in _listed("words")},
    ))  # fmt: skip
    for prop in _references(found):
        if prop.range and prop.range not in found:
            raise BadOntology(f"{prop.qname} leads to {prop.range}, which there is not")
    return found


@cache
def published() -> Mapping[str, Schema]:
    """Return followthemoney's own schemata, as whoever has its package knows them."""
    return read_schemata(Sources(schemata=[*_schemata("ftm")], left_out=left_out(), words={}))


@cache
def left_out() -> Mapping[str, str]:
    """Return what nobody is recorded by, ``Schema:property``, each with why."""
    return _read(_HERE / "left_out.yaml")


def schema(name: str) -> Schema:
    """Return one schema.

    Raises:
        UnknownSchema: there is none of this name.
    """
    found = schemata().get(name)
    if found is None:
        raise UnknownSchema(name[:60])
    return found


@cache
def kinds_below(kind: str) -> tuple[str, ...]:
    """Return the kinds that are of a kind; all that are no links where it is none."""
    known = schemata()
    if kind in known:
        return tuple(one.name for one in known.values() if one.is_a(kind))
    return tuple(one.name for one in known.values() if one.edge is None)


def things() -> list[Schema]:
    """Return the kinds of things of which something can be said, in the order of the ontology."""
    return [one for one in schemata().values() if not one.is_abstract and one.edge is None]


def links() -> list[Schema]:
    """Return the kinds of links that are entities of their own."""
    return [one for one in schemata().values() if not one.is_abstract and one.edge is not None]


@cache
def references_to(name: str) -> tuple[Property, ...]:
    """Return the properties that may lead to an entity of a schema, by their names."""
    goal = schema(name)
    found = {one.qname: one for one in _references(schemata()) if goal.is_a(one.range)}
    return tuple(found[qname] for qname in sorted(found))


def _references(found: Mapping[str, Schema]) -> Iterator[Property]:
    for one in found.values():
        for prop in one.properties.values():
            if prop.type.name == "entity":
                yield prop


def _schemata(folder: str) -> Iterator[tuple[str, Any]]:
    for one in _listed(folder):
        yield from _read(one).items()


def _listed(folder: str) -> list[Traversable]:
    inside = (one for one in (_HERE / folder).iterdir() if one.name.endswith(".yaml"))
    return sorted(inside, key=lambda one: one.name)


def _read(file: Traversable) -> dict[str, Any]:
    found = yaml.load(file.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    return dict(found or {})
