"""Our reading of followthemoney's schemata beside its own, and its data beside what it publishes."""

from importlib.resources import files
from typing import Any

import pytest

from borderliaison.records.ontology.model import schemata

LEFT_OUT = {
    "Person": {"nationality", "ethnicity", "religion", "political"},
    "Occupancy": {"politicalGroup"},
}


@pytest.fixture(scope="module")
def theirs() -> Any:
    """Their model; importing it takes seconds."""
    from followthemoney import model

    return model


def test_their_schemata_are_those_of_the_version_that_is_installed() -> None:
    ours, published = (
        files("borderliaison.records.ontology") / "ftm",
        files("followthemoney") / "schema",
    )
    names = {one.name for one in published.iterdir()}
    assert {one.name for one in ours.iterdir()} - {"LICENSE"} == names
    assert [
        one for one in names if (ours / one).read_bytes() != (published / one).read_bytes()
    ] == []


def test_each_schema_means_to_us_what_it_means_to_them(theirs: Any) -> None:
    for name, their in theirs.schemata.items():
        our = schemata()[name]
        gone = {one for above in our.ancestors for one in LEFT_OUT.get(above, ())}
        kept = {
            key: one for key, one in their.properties.items() if not one.stub and key not in gone
        }
        added = {one.name for one in our.properties.values()} - set(kept)
        assert set(our.ancestors) == their.names, name
        assert set(kept) - set(our.properties) == set(), name
        assert added == _ours(our.ancestors), name
        assert our.is_abstract == their.abstract, name
        assert our.is_matchable == their.matchable, name
        assert our.extent.start == tuple(their.temporal_start), name
        assert our.extent.end == tuple(their.temporal_end), name
        for key, prop in kept.items():
            mine = our.properties[key]
            assert (mine.qname, mine.type.name) == (prop.qname, prop.type.name)
            assert mine.range == (prop.range.name if prop.range else ""), prop.qname
            assert mine.format == (prop.format or ""), prop.qname
            assert mine.is_matchable == prop.matchable, prop.qname


def test_each_line_of_theirs_has_the_same_ends(theirs: Any) -> None:
    for name, their in theirs.schemata.items():
        edge = schemata()[name].edge
        found = (edge.source, edge.target, edge.is_directed) if edge else None
        expected = (their.edge_source, their.edge_target, their.edge_directed)
        assert found == (expected if their.edge else None), name


def test_the_types_of_values_are_theirs(theirs: Any) -> None:
    from followthemoney.types import registry

    from borderliaison.records.ontology.types import TYPES

    named = {one.name: one for one in registry.types}
    assert set(TYPES) == set(named)
    for name, one in TYPES.items():
        found = (one.group, one.is_matchable, one.is_pivot)
        assert found == (named[name].group or "", named[name].matchable, named[name].pivot), name


def _ours(ancestors: tuple[str, ...]) -> set[str]:
    """What we add to their schemata."""
    more = {
        "Person": {"looks"},
        "LegalEntity": {"role"},
        "Vehicle": {"registeredIn", "vin", "make", "trailerNumber"},
        "UnknownLink": {"weight"},
    }
    return {one for name in ancestors for one in more.get(name, ())}
