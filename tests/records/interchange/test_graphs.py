"""GraphML and GEXF: ours come back as they went out, other programs open them, theirs come in."""

import io
import re
from dataclasses import replace

import networkx
import pytest

from borderliaison.records.interchange.errors import UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.gexf import GEXF
from borderliaison.records.interchange.formats.graphml import GRAPHML
from borderliaison.records.interchange.formats.known import reader_of, writer_of
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.items import Item, Place, Told, ends_of
from tests.records.interchange.cast import ALL, BEK, PHONE, chosen, said_again

PAPER = Item("doc", "TravelDocument", (Told("number", "A1\x01 <&>"), Told("holder", "bek")))
LINKED = Item(
    "l", "UnknownLink", (Told("subject", "bek"), Told("object", "tel"), Told("role", "x"))
)
both = pytest.mark.parametrize("one", [GRAPHML, GEXF], ids=lambda one: one.name)


def _written(one: Format, *items: Item) -> io.BytesIO:
    file = io.BytesIO()
    writer_of(one)(chosen(*items), file)
    file.seek(0)
    return file


def _read(one: Format, file: io.BytesIO) -> tuple[list[Item], Findings]:
    findings = Findings()
    return list(taken_in(reader_of(one)(file, findings), findings, "KG")), findings


@both
def test_what_goes_out_comes_back_as_it_was(one: Format) -> None:
    sent = (*ALL, replace(PAPER, place=Place(1, 2)), LINKED)
    found, findings = _read(one, _written(one, *sent))
    assert findings.total == 0
    assert said_again(iter(found)) == said_again(iter(sent))


@both
def test_another_program_opens_it_with_labels_kinds_and_directions(one: Format) -> None:
    file = _written(one, BEK, PHONE, PAPER, LINKED)
    graph = (
        networkx.read_graphml(file) if one is GRAPHML else networkx.read_gexf(file, version="1.3")
    )
    assert graph.nodes["bek"]["kind"] == "Person"
    assert graph.nodes["bek"]["label"] == "Бек Аскаров"
    kinds = {data["kind"] for _, _, data in graph.edges(data=True)}
    assert kinds == {"Identification:holder", "UnknownLink"}


def test_where_nodes_stand_comes_back() -> None:
    found, _ = _read(GEXF, _written(GEXF, replace(BEK, place=Place(1.5, -2)), PHONE))
    assert [one.place for one in found] == [Place(1.5, -2), None]


@both
def test_what_a_kind_calls_as_the_format_calls_its_own_stands_beside_it(one: Format) -> None:
    said = (Told("summary", "Two"), Told("kind", "altered"), Told("direction", "entry"))
    forged = Item("f", "DocumentForgery", said)
    file = _written(one, forged, BEK)
    names = re.findall(rb'<(?:key|attribute) id="([^"]+)"', file.getvalue())
    assert len(names) == len(set(names)) * (1 if one is GRAPHML else 2)
    found, findings = _read(one, file)
    assert (said_again(iter(found)), findings.total) == (said_again(iter((forged, BEK))), 0)
    file.seek(0)
    graph = (
        networkx.read_graphml(file) if one is GRAPHML else networkx.read_gexf(file, version="1.3")
    )
    assert graph.nodes["f"]["kind"] == "DocumentForgery"
    assert graph.nodes["f"]["property.kind"] == "altered"


def test_graphs_of_others_come_in_by_their_words() -> None:
    graph = networkx.DiGraph()
    graph.add_node("a", label="Bek", type="person", birthDate="1987", shoes="43")
    graph.add_node("b", label="+996555000111", type="Mobile phone")
    graph.add_node("c", type="Spaceship")
    graph.add_edge("a", "b", type="user of", weight=2)
    graph.add_edge("a", "c", label="flies")
    graph.add_edge("a", "b", type="Identification:holder")
    for one in (GRAPHML, GEXF):
        file = io.BytesIO()
        (networkx.write_graphml if one is GRAPHML else networkx.write_gexf)(graph, file)
        found, findings = _read(one, file)
        bek, phone, strange, *links = found
        said = {(told.prop, told.value) for told in bek.told}
        assert said == {("name", "Bek"), ("birthDate", "1987"), ("notes", "shoes: 43")}
        assert [item.schema for item in (bek, phone, strange)] == ["Person", "Phone", "Asset"]
        flies = links[-1]
        assert (flies.schema, ends_of(flies)) == ("UnknownLink", ("a", "c"))
        assert findings.total == 0


@both
def test_statements_that_somebody_has_broken_are_noted_and_the_rest_comes_in(one: Format) -> None:
    text = _written(one, BEK, PHONE, LINKED).getvalue()
    found, findings = _read(one, io.BytesIO(text.replace(b"[{", b"{[", 1)))
    assert [item.key for item in found] == ["tel", "l"]
    assert findings.counts == {(Flaw.LINE, "node"): 1}


@both
@pytest.mark.parametrize("text", ["<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>", "{}"])
def test_what_is_no_graph_is_refused(one: Format, text: str) -> None:
    with pytest.raises(UnreadableFile):
        _read(one, io.BytesIO(text.encode()))
