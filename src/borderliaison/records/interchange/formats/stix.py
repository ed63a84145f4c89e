"""STIX 2.1 bundles, for MISP, OpenCTI and others outside: identities, locations, incidents, relationships.

What STIX has no object for is an ``x-borderliaison-thing``; a seizure is an incident with our extension.
Every object carries what was said, and the TLP 2.0 mark that its marking asks for.
"""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import IO, Any, Final

import yaml

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.marking import Handling, Level, Marking
from borderliaison.records.interchange.errors import UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats import kinds
from borderliaison.records.interchange.formats.flat import Edge, edges_of, item_of_edge
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.statements import NAME, told_data, told_of
from borderliaison.records.interchange.items import Item, Outgoing, Told, caption_of
from borderliaison.records.ontology.model import schema

_SPEC: Final = "2.1"
_OURS: Final = "extension-definition--5b6cf5a0-6f2c-5d0c-9d3e-8a1b6b1f0c77"
_SPACE: Final = uuid.UUID("5b6cf5a0-6f2c-5d0c-9d3e-8a1b6b1f0c77")
_EXPORTER: Final = "exporter"
"""Says of an identity that it is the office that wrote the bundle, and no record."""
_THING: Final = "x-borderliaison-thing"
_MAX_BYTES: Final = 256 * 1024**2
_LINKS: Final = ("relationship", "sighting")
_NO_THINGS: Final = (*_LINKS, "marking-definition", "extension-definition")
TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP: Final[Mapping[str, str]] = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""OASIS, STIX 2.1 marking definitions for TLP 2.0."""


def write(outgoing: Outgoing, file: IO[bytes]) -> None:
    """Write a bundle, object by object."""
    made = f"{outgoing.heading.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
    office = f"identity--{uuid.uuid5(_SPACE, outgoing.heading.office)}"
    head = json.dumps({"type": "bundle", "id": f"bundle--{uuid.uuid4()}"})
    file.write(f'{head[:-1]}, "objects": ['.encode())
    before = b"\n"
    for one in _objects(outgoing, made, office):
        file.write(before + json.dumps(one, ensure_ascii=False).encode())
        before = b",\n"
    file.write(b"\n]}\n")


def _objects(outgoing: Outgoing, made: str, office: str) -> Iterator[Mapping[str, Any]]:
    yield _office(office, outgoing.heading.office, made)
    yield _extension(office, made)
    yield from (_tlp(name, number) for name, number in TLP.items())
    numbers: dict[str, str] = {}
    for item in outgoing.things():
        thing = _object(item, made, office)
        numbers[item.key] = thing["id"]
        yield thing
    for items in (outgoing.things(), outgoing.links()):
        for item in items:
            for edge in edges_of(item):
                yield _relationship(item, edge, numbers, made, office)


def read(file: IO[bytes], findings: Findings) -> Iterator[Item]:
    """Yield the objects and relationships of a bundle; what is no record of ours is noted.

    Raises:
        UnreadableFile: it is no bundle.
    """
    try:
        bundle = json.loads(file.read(_MAX_BYTES))
        objects = [one for one in bundle["objects"] if isinstance(one, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFile("it is no STIX bundle") from error
    schemata: dict[str, str] = {}
    names: dict[str, str] = {}
    links = [one for one in objects if one.get("type") in _LINKS]
    for one in objects:
        if one.get("type") in _NO_THINGS:
            continue
        found = _thing(one, findings)
        if found is not None:
            schemata[found.key], names[str(one.get("id"))] = found.schema, found.key
            yield found
    for one in links:
        found = _link(one, schemata, names, findings)
        if found is not None:
            yield found


def tlp_of(marking: Marking) -> str:
    """Return the TLP mark that a marking asks for outside the network; it is no classification."""
    codes = marking.handling.codes
    if Handling.H2 in codes or Handling.H3 in codes:
        return "red"
    if marking.classification.level >= Level.OFFICIAL:
        return "amber+strict"
    return "amber" if codes else "green"


def _office(number: str, code: str, made: str) -> dict[str, Any]:
    times = {"created": made, "modified": made}
    head = {"type": "identity", "spec_version": _SPEC, "id": number, **times}
    ours = {_OURS: {"extension_type": "property-extension", _EXPORTER: True}}
    return {**head, "name": code, "identity_class": "organization", "extensions": ours}


def _extension(office: str, made: str) -> dict[str, Any]:
    return {
        "type": "extension-definition",
        "spec_version": _SPEC,
        "id": _OURS,
        "created": made,
        "modified": made,
        "created_by_ref": office,
        "name": "Border Liaison statements",
        "schema": "https://border-liaison.invalid/stix/statements",
        "version": "1.0.0",
        "extension_types": ["property-extension", "new-sdo"],
    }


def _tlp(name: str, number: str) -> dict[str, Any]:
    extension = {"extension_type": "property-extension", "tlp_2_0": name}
    return {
        "type": "marking-definition",
        "spec_version": _SPEC,
        "id": number,
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{name.upper()}",
        "extensions": {TLP_EXTENSION: extension},
    }


def _object(item: Item, made: str, office: str) -> dict[str, Any]:
    as_ = _known(item.schema)
    if as_["type"] == "location" and not (item.values("country") or item.values("latitude")):
        as_ = {"type": _THING}
    number = f"{as_['type']}--{uuid.uuid5(_SPACE, item.key)}"
    return {**as_, **_common(item, number, made, office), **_own(item, as_["type"])}


def _own(item: Item, type_name: str) -> dict[str, Any]:
    caption = caption_of(item)
    if type_name == "user-account":
        return {"display_name": caption}
    if type_name != "location":
        return {"name": caption}
    said: dict[str, Any] = {
        "name": caption,
        "country": next(iter(item.values("country")), "").upper(),
    }
    for name in ("latitude", "longitude"):
        values = item.values(name)
        said |= {name: float(values[0])} if values else {}
    return {name: value for name, value in said.items() if value != ""}


def _relationship(
    item: Item, edge: Edge, types: Mapping[str, str], made: str, office: str
) -> dict[str, Any]:
    head = {"type": "relationship", "relationship_type": _plain(edge.label)}
    ends = {"source_ref": types[edge.begin], "target_ref": types[edge.end]}
    number = f"relationship--{uuid.uuid5(_SPACE, edge.key)}"
    if item.kind.edge is None:
        common = _common(Item(edge.key, item.schema), number, made, office)
        return {**head, **common, **ends}
    return {**head, **_common(item, number, made, office), **ends}


def _common(item: Item, number: str, made: str, office: str) -> dict[str, Any]:
    tlp = sorted(
        {tlp_of(one.origin.marking) for one in item.told if one.origin is not None}, key=_strict
    )
    is_object = not number.startswith("user-account")
    times = {"created": made, "modified": made, "created_by_ref": office} if is_object else {}
    is_new = number.startswith(_THING)
    way = "new-sdo" if is_new else "property-extension"
    said: dict[str, Any] = {"extension_type": way, "schema": item.schema, "key": item.key}
    said["statements"] = told_data(item.told)
    return {
        "id": number,
        "spec_version": _SPEC,
        **times,
        **({"object_marking_refs": [TLP[tlp[-1]]]} if tlp else {}),
        "extensions": {_OURS: said},
    }


def _strict(name: str) -> int:
    return list(TLP).index(name)


def _plain(label: str) -> str:
    return re.sub("[^a-z0-9]+", "-", label.casefold()).strip("-") or "related-to"


@cache
def _known(name: str) -> dict[str, str]:
    here = files("borderliaison.records.interchange.formats") / "stix.yaml"
    data = dict(yaml.safe_load(here.read_text("utf-8")))
    found = next((one for one in schema(name).ancestors if one in data), None)
    return dict(data[found]) if found else {"type": _THING}


def _thing(one: Mapping[str, Any], findings: Findings) -> Item | None:
    own = _ours(one)
    if own is not None:
        return None if own.get(_EXPORTER) else _whole(own, findings)
    kind = _kind_of(one)
    if kind is None:
        findings.add(Flaw.KIND, 0, str(one.get("type"))[:60])
        return None
    label = str(one.get("name") or one.get("display_name") or one.get("value") or "")
    told = [Told(kinds.label_property(schema(kind)), label)] if label else []
    described = one.get("description")
    if isinstance(described, str) and described:
        told.append(Told("description", described))
    return Item(str(one.get("id")), kind, tuple(told))


def _link(
    one: Mapping[str, Any],
    schemata: Mapping[str, str],
    names: Mapping[str, str],
    findings: Findings,
) -> Item | None:
    own = _ours(one)
    if own is not None:
        return _whole(own, findings) if own.get("statements") else None
    begin, end = (names.get(str(one.get(name)), "") for name in ("source_ref", "target_ref"))
    word = str(one.get("relationship_type", "")).replace("-", " ")
    values = {"startDate": str(one.get("start_time", "")), "endDate": str(one.get("stop_time", ""))}
    said = {name: value for name, value in values.items() if value}
    return item_of_edge(
        Edge(str(one.get("id")), begin, end, "", word, values=said), schemata, findings
    )


def _ours(one: Mapping[str, Any]) -> Mapping[str, Any] | None:
    extensions = one.get("extensions")
    found = extensions.get(_OURS) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else None


def _whole(own: Mapping[str, Any], findings: Findings) -> Item | None:
    try:
        told = tuple(told_of(own.get("statements", ())))
    except MalformedData:
        findings.add(Flaw.LINE, 0, NAME)
        return None
    return Item(str(own.get("key")), str(own.get("schema")), told)


def _kind_of(one: Mapping[str, Any]) -> str | None:
    """Return the kind of record that an object of others is."""
    if one.get("type") == "identity":
        classes = {"individual": "Person", "organization": "Organization"}
        return classes.get(str(one.get("identity_class")), "LegalEntity")
    known = {"location": "Address", "incident": "Event", "user-account": "UserAccount"}
    more = {"email-addr": "UserAccount", "threat-actor": "LegalEntity", "campaign": "Event"}
    return {**known, **more}.get(str(one.get("type")))


STIX: Final = Format(
    "stix", "STIX 2.1", (".stix.json", ".stix"), "application/stix+json", read, write
)
