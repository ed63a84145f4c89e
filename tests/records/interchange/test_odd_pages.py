"""The page of a file that nobody should write says what is wrong, and never that the page failed."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from borderliaison.offices.services import load_network
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.formats.known import FORMATS, reader_of
from borderliaison.records.interchange.imports.importing import looked_at, take_in
from borderliaison.records.models import Entity, Statement
from tests.accounts.people import officer, signed_in
from tests.records.interchange.cast import wanted

pytestmark = pytest.mark.django_db
PAGE = "/records/in/"


@pytest.fixture(autouse=True)
def _network() -> None:
    load_network()


def _entity(**other: object) -> bytes:
    said = {"id": "a", "schema": "Person", "properties": {"name": ["Bek"]}} | other
    return json.dumps(said).encode()


def _cut() -> bytes:
    """Return a workbook whose sheet ends after its heading."""
    book, packed, made = Workbook(), io.BytesIO(), io.BytesIO()
    for row in (["name", "born"], ["Bek", "1987"], ["Aida", "1990"]):
        book.active.append(row)
    book.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            end = data.find(b"<row", data.find(b"<row") + 1) + 20
            new.writestr(name, data[:end] if "sheet1" in name else data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ftm.json", _entity(properties={"name": ["\ud800x\x00"]})),
        ("a.ftm.json", _entity(schema="\ud800")),
        ("a.ftm.json", _entity(properties={"\ud800": ["x"], "name": ["Bek"]})),
        ("a.ftm.json", _entity(id="\ud800")),
        ("a.ftm.json", _entity(properties={"name": ["Bek"], "birthDate": ["2026-02-31"]})),
        ("a.ftm.json", b'{"id":"a","schema":"Person","properties":{"name":' + b"[" * 100_000),
        ("a.stix.json", b"[" * 100_000),
        ("a.graphml", b'<?xml version="1.0" encoding="foo"?><graphml/>'),
        ("a.xlsx", _cut()),
        ("a.csv", "name;born\nБек;1987\n".encode("utf-16")),
        ("a.csv", b"name\n" + b"Bek\n" * 20_000 + b"Be\x00k\n"),
        ("a.csv", b"name,name\nBek,Bek\n"),
        ("т" * 230 + ".ftm.json", _entity()),
        ("a\x00\u200f.ftm.json", _entity()),
    ],
)  # fmt: skip
def test_a_file_is_looked_at_and_taken_in_or_refused_in_words(name: str, data: bytes) -> None:
    client, file = signed_in(officer()), io.BytesIO(data)
    file.name = name
    sent = client.post(PAGE, {"file": file})
    if sent.status_code == 302:
        at = sent["Location"]
        pages = client.get(at), client.post(at, {"do": "try", "title": "\u200f"})
        assert {one.status_code for one in pages} <= {200, 422}
    else:
        assert sent.status_code == 422
        assert b"E-RIO" in sent.content
    assert not Entity.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"properties": {"name": ["Bek\x00"]}},
        {"properties": {"name": ["Bek\ud800"], "notes": ["a\x00\nb"]}},
        {"id": "\x00b\ud800", "properties": {"name": ["Bek"]}},
        {"properties": {"name": ["Bek"], "birthDate": ["0000-05", "2026-02-31"]}},
        {
            "borderliaison": {
                "schema": "Person",
                "statements": [{"prop": "name", "value": "Bek", "language": "english"}],
            }
        },
    ],
)
def test_what_postgres_refuses_is_cleaned_before_it_is_written(
    said: dict[str, object], tmp_path: Path
) -> None:
    findings = Findings()
    items = reader_of(FORMATS["ftm"])(io.BytesIO(_entity(**said)), findings)
    with looked_at(items, findings, wanted(), tmp_path) as looked:
        assert take_in(looked, lambda _done, _all: None)
    kept = Statement.objects.as_system("a test looks at everything")
    assert kept.get(prop="name").value == "Bek"
