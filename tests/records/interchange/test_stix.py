"""STIX 2.1: ours come back whole under a TLP mark; others' identities and relationships come in."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import (
    Classification,
    Handling,
    HandlingCodes,
    Level,
    Marking,
)
from borderliaison.records.interchange.errors import UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.stix import TLP, read, tlp_of, write
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.items import Item, Origin, Told, ends_of
from tests.records.interchange.cast import ALL, AT, OURS, chosen, said_again

SEIZED = Item("s", "Seizure", (Told("name", "82 parcels"), Told("crossing", "point")))
OFFICIAL = replace(OURS, classification=Classification(Level.OFFICIAL))


def _bundle(*items: Item) -> dict[str, Any]:
    file = io.BytesIO()
    write(chosen(*items), file)
    bundle: dict[str, Any] = json.loads(file.getvalue())
    return bundle


def _read(bundle: object) -> tuple[list[Item], Findings]:
    findings = Findings()
    items = read(io.BytesIO(json.dumps(bundle).encode()), findings)
    return list(taken_in(items, findings, "KG")), findings


def test_what_goes_out_comes_back_as_it_was() -> None:
    sent = (*ALL, SEIZED)
    found, findings = _read(_bundle(*sent))
    assert findings.counts == {(Flaw.KIND, "identity"): 1} or findings.total == 0
    assert said_again(one for one in found if not one.key.startswith("identity")) == said_again(
        iter(sent)
    )


def test_others_find_objects_that_they_know_and_every_reference_leads_to_one() -> None:
    said = Origin("a" * 32, "KG-DST", OFFICIAL, AT, AT)
    bek = replace(ALL[0], told=tuple(replace(one, origin=said) for one in ALL[0].told))
    objects = _bundle(bek, *ALL[1:], SEIZED)["objects"]
    by_type = {one["type"] for one in objects}
    assert {"identity", "incident", "relationship", "x-borderliaison-thing"} <= by_type
    numbers = {one["id"] for one in objects}
    for one in objects:
        refs = [one[name] for name in ("source_ref", "target_ref", "created_by_ref") if name in one]
        assert {*refs, *one.get("object_marking_refs", ())} <= numbers
        assert one["spec_version"] == "2.1"
        assert one["id"].startswith(f"{one['type']}--")
    person = next(one for one in objects if one.get("identity_class") == "individual")
    assert person["object_marking_refs"] == [TLP["amber+strict"]]
    assert next(one for one in objects if one["type"] == "incident")["name"] == "82 parcels"


@pytest.mark.parametrize(
    ("marking", "tlp"),
    [
        (OURS, "green"),
        (OFFICIAL, "amber+strict"),
        (replace(OURS, handling=HandlingCodes(frozenset({Handling.H1}))), "amber"),
        (replace(OURS, handling=HandlingCodes(frozenset({Handling.H2}))), "red"),
    ],
)
def test_outsiders_get_a_mark_that_is_as_strict_as_ours(marking: Marking, tlp: str) -> None:
    assert marking.originator == OfficeCode("KG-BDB")
    assert tlp_of(marking) == tlp


def test_bundles_of_others_come_in_as_far_as_they_are_records() -> None:
    bek = {"type": "identity", "id": "identity--1", "name": "Bek", "identity_class": "individual"}
    firm = {
        "type": "identity",
        "id": "identity--2",
        "name": "Firm",
        "identity_class": "organization",
    }
    virus = {"type": "malware", "id": "malware--1", "name": "x"}
    knows = {
        "type": "relationship", "id": "relationship--1", "relationship_type": "employed-by",
        "source_ref": "identity--1", "target_ref": "identity--2", "start_time": "2026-05-12T00:00:00Z",
    }  # fmt: skip
    lost = {**knows, "id": "relationship--2", "target_ref": "malware--1"}
    found, findings = _read({"objects": [knows, lost, bek, firm, virus]})
    assert [one.schema for one in found] == ["Person", "Organization", "Employment"]
    assert ends_of(found[2]) == ("identity--1", "identity--2")
    assert found[2].values("startDate") == ["2026-05-12T00:00:00Z"]
    assert findings.counts == {(Flaw.KIND, "malware"): 1, (Flaw.END, "employed by"): 1}


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"objects": 1}', b"<a/>"])
def test_what_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        list(read(io.BytesIO(data), Findings()))
