"""FtM JSON: one entity a line, as followthemoney, OpenAleph and OpenSanctions read and write it.

What their schemata do not know goes out as the nearest that they know; beside it, under a name that they
pass over, stands what was said here, value by value with its source and grade, and that comes in again.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import IO, Any, Final

from borderliaison.kernel.errors import MalformedData
from borderliaison.records.interchange.errors import UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.statements import NAME, told_data, told_of
from borderliaison.records.interchange.items import Item, Outgoing, Told, caption_of, ends_of
from borderliaison.records.ontology.model import published, schema
from borderliaison.records.ontology.schema import Schema

_LINK: Final = "UnknownLink"
_THING: Final = "Asset"
"""What a thing goes out as of which followthemoney knows nothing nearer."""


def read(file: IO[bytes], findings: Findings) -> Iterator[Item]:
    """Yield the entities of a file."""
    lines = 0
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        lines += 1
        try:
            yield _item(json.loads(line), number)
        except (ValueError, RecursionError, MalformedData) as error:
            if lines == 1:
                raise UnreadableFile(f"line {number} is no entity in JSON") from error
            findings.add(Flaw.LINE, number, "")


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write one entity a line, things before links."""
    for items in (outgoing.things(), outgoing.links()):
        for item in items:
            file.write(json.dumps(entity_of(item), ensure_ascii=False).encode() + b"\n")


def entity_of(item: Item) -> dict[str, Any]:
    """Return an item as followthemoney knows entities."""
    kind = _nearest(item.kind)
    properties: dict[str, list[str]] = {}
    for name in dict.fromkeys(one.prop for one in item.told):
        if name in kind.properties:
            properties[name] = item.values(name)
    ends = ends_of(item)
    if ends is not None and kind.name == _LINK != item.schema:
        properties |= {"subject": [ends[0]], "object": [ends[1]]}
        properties.setdefault("role", [item.kind.label.text("en")])
    own = {"schema": item.schema, "statements": told_data(item.told)}
    return {
        "id": item.key,
        "schema": kind.name,
        "caption": caption_of(item),
        "properties": properties,
        NAME: own,
    }


@cache
def _nearest_name(name: str) -> str:
    kind = schema(name)
    found = next((one for one in kind.ancestors if _is_concrete(one)), "")
    return found or (_LINK if kind.edge is not None else _THING)


def _nearest(kind: Schema) -> Schema:
    return published()[_nearest_name(kind.name)]


def _is_concrete(name: str) -> bool:
    known = published().get(name)
    return known is not None and not known.is_abstract


def _item(data: Any, line: int) -> Item:
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise MalformedData("not an entity")
    own = data.get(NAME)
    if isinstance(own, dict):
        told = tuple(told_of(own.get("statements")))
        return Item(data["id"], str(own.get("schema", "")), told, line=line)
    properties = data.get("properties", {})
    if not isinstance(properties, dict):
        raise MalformedData("not an entity")
    said = [(str(prop), _texts(values)) for prop, values in properties.items()]
    told = tuple(Told(prop, text) for prop, texts in said for text in texts)
    return Item(data["id"], str(data.get("schema", "")), told, line=line)


def _texts(values: Any) -> list[str]:
    many = values if isinstance(values, list) else [values]
    return [_text(one) for one in many if one is not None]


def _text(value: Any) -> str:
    """Return a value; of an entity that stands within another one, its id."""
    return str(value.get("id", "")) if isinstance(value, dict) else str(value)


FTM: Final = Format(
    "ftm", "FtM JSON", (".ftm.json", ".ftm", ".ijson"), "application/json+ftm", read, write
)
