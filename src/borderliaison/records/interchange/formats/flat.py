"""Nodes and edges with plain attributes, as formats of graphs and tables know them.

Values of a property stand together in one text. Beside them goes what was said one by one, in JSON, so that
our own files come back whole. Of others' files the label, the kind and each attribute that the kind has are
read; what the kind has not is kept as a note.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from borderliaison.kernel.errors import MalformedData
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats import kinds
from borderliaison.records.interchange.formats.statements import told_data, told_of
from borderliaison.records.interchange.items import (
    Item,
    Outgoing,
    Told,
    caption_of,
    drawn_of,
)
from borderliaison.records.ontology.model import schema
from borderliaison.records.ontology.schema import Schema

BETWEEN: Final = "; "
_REFERENCE: Final = ":"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing.

    Attributes:
        key: by which edges name it.
        label: what it is called.
        kind: the name of its schema; of others' files, their word.
        values: the values of each property, joined.
        statements: each value with who says it, JSON; empty in others' files.
    """

    key: str
    label: str
    kind: str
    values: Mapping[str, str] = field(default_factory=dict)
    statements: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link, or a reference, whose kind has a colon: ``Identification:holder``.

    Attributes:
        key: unique among edges.
        begin: the node where it begins.
        end: the node where it ends.
        label: what is written along it.
        kind: as of a node.
        is_directed: whether its ends differ.
        values: as of a node.
        statements: as of a node.
    """

    key: str
    begin: str
    end: str
    label: str
    kind: str
    is_directed: bool = True
    values: Mapping[str, str] = field(default_factory=dict)
    statements: str = ""


def node_of(item: Item) -> Node:
    """Return a thing as a node."""
    return Node(item.key, caption_of(item), item.schema, _values(item), _statements(item))


def edges_of(item: Item) -> Iterator[Edge]:
    """Yield a link as an edge; of a thing, each of its references."""
    kind = item.kind
    for line in drawn_of(item):
        if kind.edge is None:
            prop = kind.properties[line.kind.partition(_REFERENCE)[2]]
            label = prop.label.text("en")
            yield Edge(line.key, line.begin, line.end, label, line.kind)
        else:
            label = kind.edge.label.text("en")
            more = (line.is_directed, _values(item), _statements(item))
            yield Edge(line.key, line.begin, line.end, label, line.kind, *more)


def item_of_node(node: Node) -> Item:
    """Return a node as a thing.

    Raises:
        MalformedData: its statements are none.
    """
    if node.statements:
        return Item(node.key, node.kind, _told(node.statements))
    known = kinds.thing_called(node.kind)
    kind = known or schema(kinds.THING)
    told = list(_said(kind, node.values, "notes"))
    if node.label and not any(one.value == node.label for one in told):
        told.insert(0, Told(kinds.label_property(kind), node.label))
    if known is None and node.kind:
        told.append(Told("keywords", node.kind))
    return Item(node.key, kind.name, tuple(told))


def item_of_edge(edge: Edge, nodes: Mapping[str, str], findings: Findings) -> Item | None:
    """Return an edge as a link; None for a reference, which its node has, and where there can be none.

    Args:
        edge: the edge.
        nodes: the schemata of the nodes, by their keys.
        findings: where an edge is noted that leads nowhere.

    Raises:
        MalformedData: its statements are none.
    """
    if edge.statements:
        key = edge.key.removesuffix(f"/{edge.begin}/{edge.end}")
        return Item(key, edge.kind, _told(edge.statements))
    if _REFERENCE in edge.kind:
        return None
    ends = [nodes.get(edge.begin), nodes.get(edge.end)]
    if ends[0] is None or ends[1] is None:
        findings.add(Flaw.END, 0, edge.kind)
        return None
    begins, ends_ = schema(ends[0]), schema(ends[1])
    known = kinds.link_called(edge.kind, begins, ends_)
    kind = known or schema(kinds.LINK)
    if kind.edge is None or not kinds.leads(kind, begins, ends_):
        findings.add(Flaw.END, 0, edge.kind)
        return None
    told = list(_said(kind, edge.values, "description"))
    if known is None:
        told += [Told("role", one) for one in dict.fromkeys((edge.kind, edge.label)) if one]
    both = (Told(kind.edge.source, edge.begin), Told(kind.edge.target, edge.end))
    return Item(edge.key, kind.name, (*both, *told))


def properties_of(outgoing: Outgoing) -> list[str]:
    """Return the names of all properties of which anything is said."""
    items = (item for items in (outgoing.things(), outgoing.links()) for item in items)
    return sorted({one.prop for item in items for one in item.told})


def column_of(prop: str, own: Collection[str]) -> str:
    """Return under which name a property stands beside a format's own names."""
    return f"property.{prop}" if prop in own else prop


def key_of(*parts: str) -> str:
    """Return a key of what an edge says, where its file has none."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _values(item: Item) -> dict[str, str]:
    edge = item.kind.edge
    ends = () if edge is None else (edge.source, edge.target)
    names = dict.fromkeys(one.prop for one in item.told if one.prop not in ends)
    return {name: BETWEEN.join(item.values(name)) for name in names}


def _statements(item: Item) -> str:
    return json.dumps(told_data(item.told), ensure_ascii=False)


def _told(text: str) -> tuple[Told, ...]:
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedData("not statements") from error
    return tuple(told_of(data))


def _said(kind: Schema, values: Mapping[str, str], note: str) -> Iterator[Told]:
    for name, text in values.items():
        prop = kinds.property_called(kind, name)
        if prop is None:
            if text:
                yield Told(note, f"{name}: {text}")
            continue
        for one in text.split(BETWEEN):
            if one.strip():
                yield Told(prop.name, one.strip())
