"""GEXF 1.3, as Gephi opens it: nodes and edges with their values, kinds and places."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any, Final

from borderliaison.kernel.errors import MalformedData
from borderliaison.records.interchange.errors import UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.flat import (
    Edge,
    Node,
    column_of,
    edges_of,
    item_of_edge,
    item_of_node,
    key_of,
    node_of,
    properties_of,
)
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.statements import NAME
from borderliaison.records.interchange.formats.xml import Writer, elements
from borderliaison.records.interchange.items import Item, Outgoing, Place, place_at

_SPACES: Final = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz"}
_KIND: Final = "kind"
_KINDS: Final = ("kind", "type", "category")
_WAY, _NO_WAY = "direction", "none"
"""Of an edge whose ends do not differ: many programs open no graph that has both kinds of edges."""
_OWN: Final = (_KIND, _WAY, NAME)
_WANTED: Final = frozenset({"node", "edge"})


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write a graph, nodes before edges."""
    to = Writer(file)
    columns = (column_of(one, _OWN) for one in properties_of(outgoing))
    names = (*_OWN, *columns)
    with to.element("gexf", version="1.3", **_SPACES):
        with to.element("meta", lastmodifieddate=f"{outgoing.heading.made_at:%Y-%m-%d}"):
            to.whole("creator", "Border Liaison")
            to.whole("description", outgoing.heading.marking_text)
        with to.element("graph", defaultedgetype="directed", mode="static"):
            for of in ("node", "edge"):
                with to.element("attributes", **{"class": of}):
                    for name in names:
                        to.whole("attribute", id=name, title=name, type="string")
            with to.element("nodes"):
                for item in outgoing.things():
                    _node_to(to, node_of(item), item)
            with to.element("edges"):
                for items in (outgoing.things(), outgoing.links()):
                    for item in items:
                        for edge in edges_of(item):
                            _edge_to(to, edge)
    to.close()


def read(file: IO[bytes], findings: Findings) -> Iterator[Item]:
    """Yield the nodes and edges of a graph."""
    titles = _titles(file)
    schemata: dict[str, str] = {}
    for element in elements(file, _WANTED):
        if element.tag == "node":
            try:
                item = replace(item_of_node(_node(element, titles["node"])), place=_place(element))
            except MalformedData:
                findings.add(Flaw.LINE, 0, element.tag)
                continue
            schemata[item.key] = item.schema
            yield item
    for element in elements(file, _WANTED):
        if element.tag == "edge":
            try:
                found = item_of_edge(_edge(element, titles["edge"]), schemata, findings)
            except MalformedData:
                findings.add(Flaw.LINE, 0, element.tag)
                continue
            if found is not None:
                yield found


def _node_to(to: Writer, node: Node, item: Item) -> None:
    with to.element("node", id=node.key, label=node.label):
        _values_to(to, {_KIND: node.kind, NAME: node.statements}, node.values)
        if item.place is not None:
            to.whole("viz:position", x=str(item.place.x), y=str(-item.place.y), z="0")


def _edge_to(to: Writer, edge: Edge) -> None:
    ends = {"source": edge.begin, "target": edge.end}
    way = {} if edge.is_directed else {_WAY: _NO_WAY}
    with to.element("edge", id=edge.key, **ends, label=edge.label):
        _values_to(to, {**way, _KIND: edge.kind, NAME: edge.statements}, edge.values)


def _values_to(to: Writer, own: Mapping[str, str], values: Mapping[str, str]) -> None:
    columns = {column_of(prop, _OWN): text for prop, text in values.items()}
    with to.element("attvalues"):
        for name, text in {**own, **columns}.items():
            if text:
                to.whole("attvalue", **{"for": name, "value": text})


def _titles(file: IO[bytes]) -> Mapping[str, Mapping[str, str]]:
    """Return the titles of attributes by their numbers, of nodes and of edges.

    Raises:
        UnreadableFile: it is no GEXF.
    """
    found: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    is_graph = False
    for element in elements(file, frozenset({"gexf", "attributes"})):
        is_graph = is_graph or element.tag == "gexf"
        for one in element:
            if one.tag.rpartition("}")[2] == "attribute":
                known = found.setdefault(element.get("class", "node"), {})
                known[one.get("id", "")] = one.get("title", "")
    if not is_graph:
        raise UnreadableFile("there is no gexf in it")
    return found


def _values(element: Any, titles: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for one in element.iter():
        if one.tag.rpartition("}")[2] == "attvalue":
            number = one.get("for") or one.get("id", "")
            found[titles.get(number, number)] = one.get("value", "").strip()
    return found


def _node(element: Any, titles: Mapping[str, str]) -> Node:
    values = _values(element, titles)
    statements, kind = values.pop(NAME, ""), _kind(values)
    key = element.get("id", "")
    return Node(key, element.get("label") or ("" if statements else key), kind, values, statements)


def _place(element: Any) -> Place | None:
    """Return where a node stands; upwards with y there."""
    found = next((one for one in element if one.tag.rpartition("}")[2] == "position"), None)
    at = None if found is None else place_at(found.get("x"), found.get("y"))
    return None if at is None else Place(at.x, -at.y)


def _edge(element: Any, titles: Mapping[str, str]) -> Edge:
    values = _values(element, titles)
    statements, kind = values.pop(NAME, ""), element.get("kind", "") or _kind(values)
    ends = element.get("source", ""), element.get("target", "")
    label = element.get("label", "")
    key = element.get("id") or key_of(*ends, label, kind, *values.values())
    return Edge(key, *ends, label, kind, values=values, statements=statements)


def _kind(values: dict[str, str]) -> str:
    for known in list(values):
        if known.casefold() in _KINDS:
            return values.pop(known)
    return ""


GEXF: Final = Format("gexf", "GEXF", (".gexf",), "application/xml", read, write)
