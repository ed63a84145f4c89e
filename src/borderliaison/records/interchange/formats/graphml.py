"""GraphML, as yEd, Gephi, Cytoscape and networkx open it."""

from collections.abc import Iterator, Mapping
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
from borderliaison.records.interchange.items import Item, Outgoing

_SPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_LABEL, _KIND = "label", "kind"
_WAY, _NO_WAY = "direction", "none"
"""Of an edge whose ends do not differ: many programs open no graph that has both kinds of edges."""
_OWN: Final = (_LABEL, _KIND, _WAY, NAME)
_LABELS: Final = ("label", "name", "title")
_KINDS: Final = ("kind", "type", "category", "relation", "relationship")
_WANTED: Final = frozenset({"graphml", "key", "node", "edge"})


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write a graph, nodes before edges."""
    to = Writer(file)
    columns = (column_of(one, _OWN) for one in properties_of(outgoing))
    names = (*_OWN, *columns)
    with to.element("graphml", xmlns=_SPACE):
        to.whole("desc", outgoing.heading.marking_text)
        for of in ("node", "edge"):
            for name in names:
                attributes = {"attr.name": name, "attr.type": "string"}
                to.whole("key", id=f"{of}.{name}", for_=of, **attributes)
        with to.element("graph", id="records", edgedefault="directed"):
            for item in outgoing.things():
                _write(to, "node", node_of(item), id=item.key)
            for items in (outgoing.things(), outgoing.links()):
                for item in items:
                    for edge in edges_of(item):
                        ends = {"source": edge.begin, "target": edge.end}
                        _write(to, "edge", edge, id=edge.key, **ends)
    to.close()


def read(file: IO[bytes], findings: Findings) -> Iterator[Item]:
    """Yield the nodes and edges of a graph."""
    names = _names(file)
    schemata: dict[str, str] = {}
    for element in elements(file, _WANTED):
        try:
            if element.tag == "node":
                item = item_of_node(_node(element, names))
                schemata[item.key] = item.schema
                yield item
        except MalformedData:
            findings.add(Flaw.LINE, 0, element.tag)
    for element in elements(file, _WANTED):
        if element.tag == "edge":
            try:
                found = item_of_edge(_edge(element, names), schemata, findings)
            except MalformedData:
                findings.add(Flaw.LINE, 0, element.tag)
                continue
            if found is not None:
                yield found


def _write(to: Writer, tag: str, one: Node | Edge, **attributes: str) -> None:
    way = {_WAY: _NO_WAY} if isinstance(one, Edge) and not one.is_directed else {}
    values = {column_of(prop, _OWN): text for prop, text in one.values.items()}
    said = {**way, _LABEL: one.label, _KIND: one.kind, NAME: one.statements, **values}
    with to.element(tag, **attributes):
        for name, text in said.items():
            if text:
                to.whole("data", text, key=f"{tag}.{name}")


def _names(file: IO[bytes]) -> Mapping[str, str]:
    """Return the names of the attributes by their keys.

    Raises:
        UnreadableFile: it is no GraphML.
    """
    found, is_graph = {}, False
    for element in elements(file, _WANTED):
        if element.tag == "key":
            found[element.get("id", "")] = element.get("attr.name") or element.get("id", "")
        is_graph = is_graph or element.tag == "graphml"
    if not is_graph:
        raise UnreadableFile("there is no graphml in it")
    return found


def _values(element: Any, names: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for one in element:
        if one.tag.rpartition("}")[2] == "data":
            text = "".join(one.itertext()).strip()
            found[names.get(one.get("key", ""), one.get("key", ""))] = text
    return found


def _node(element: Any, names: Mapping[str, str]) -> Node:
    values, key = _values(element, names), element.get("id", "")
    statements = values.pop(NAME, "")
    label, kind = _first(values, _LABELS), _first(values, _KINDS)
    return Node(key, label or ("" if statements else key), kind, values, statements)


def _edge(element: Any, names: Mapping[str, str]) -> Edge:
    values = _values(element, names)
    statements = values.pop(NAME, "")
    label, kind = _first(values, _LABELS), _first(values, _KINDS)
    ends = element.get("source", ""), element.get("target", "")
    key = element.get("id") or key_of(*ends, label, kind, *values.values())
    return Edge(key, *ends, label, kind, values=values, statements=statements)


def _first(values: dict[str, str], names: tuple[str, ...]) -> str:
    """Take the first of some attributes out of the others."""
    for name in names:
        for known in list(values):
            if known.casefold() == name:
                return values.pop(known)
    return ""


GRAPHML: Final = Format("graphml", "GraphML", (".graphml",), "application/xml", read, write)
