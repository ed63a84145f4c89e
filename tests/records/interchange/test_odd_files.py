"""Files as nobody should write them: what is wrong is said, and nothing falls over."""

import io
import json
from pathlib import Path

import pytest

from borderliaison.records.interchange.errors import InterchangeError
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.known import FORMATS, reader_of
from borderliaison.records.interchange.importing import looked_at
from borderliaison.records.interchange.intake import taken_in
from borderliaison.records.interchange.items import Item, Told
from tests.records.interchange.cast import wanted


def _read(name: str, data: bytes) -> tuple[list[Item], Findings]:
    findings = Findings()
    items = reader_of(FORMATS[name])(io.BytesIO(data), findings)
    return list(taken_in(items, findings, "KG")), findings


def _entity(**other: object) -> dict[str, object]:
    return {"id": "a", "schema": "Person", "properties": {"name": ["Bek"]}} | other


def test_what_has_no_key_of_its_own_is_noted() -> None:
    lines = [_entity(), _entity(id=""), _entity(id="\x00")]
    items, findings = _read("ftm", b"\n".join(json.dumps(one).encode() for one in lines))
    assert [one.key for one in items] == ["a"]
    assert [(one.flaw, one.line) for one in findings.first] == [(Flaw.EMPTY, 2), (Flaw.EMPTY, 3)]


def test_what_no_database_takes_is_left_out_of_a_value() -> None:
    data = json.dumps(_entity(properties={"name": ["Bek\x00 \ud800Askarov"]})).encode()
    (item,), _ = _read("ftm", data)
    assert [one.value for one in item.told] == ["Bek Askarov"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ftm", b'{"id": "a", "schema": "Person", "properties": ' + b"[" * 100_000),
        ("stix", b'{"objects": ' + b"[" * 100_000),
        ("graphml", b'<?xml version="1.0" encoding="foo"?><graphml/>'),
        ("anx", b'<?xml version="1.0" encoding="foo"?><Chart/>'),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(name: str, data: bytes) -> None:
    with pytest.raises(InterchangeError):
        _read(name, data)


def test_a_bundle_of_thousands_is_read_once() -> None:
    link = {
        "type": "relationship",
        "relationship_type": "related-to",
        "source_ref": "a",
        "target_ref": "b",
    }
    many = [{"type": "identity", "id": f"identity--{n}", "name": f"n {n}"} for n in range(5000)]
    bundle = {"type": "bundle", "objects": [*many, *({"id": f"r{n}"} | link for n in range(5000))]}
    items, _ = _read("stix", json.dumps(bundle).encode())
    assert len(items) == 5000


def test_what_is_of_two_kinds_in_one_file_is_noted(tmp_path: Path) -> None:
    bek = Item("a", "Person", (Told("name", "Bek"), Told("birthDate", "1987")), line=1)
    car = Item("a", "Vehicle", (Told("registrationNumber", "01KG742ABC"),), line=2)
    findings = Findings()
    with looked_at(iter([bek, car]), findings, wanted(), tmp_path) as looked:
        assert looked.things == 1
    assert [one.flaw for one in findings.first] == [Flaw.MIXED]
