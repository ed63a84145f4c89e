"""Files as nobody should write them: what is wrong is said, and nothing falls over."""

import io
import json
from pathlib import Path

import pytest

from borderliaison.records.interchange.errors import InterchangeError
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.anx_reading import _at
from borderliaison.records.interchange.formats.known import FORMATS, reader_of
from borderliaison.records.interchange.imports.importing import looked_at
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.imports.set_form import as_title
from borderliaison.records.interchange.items import Item, Told
from borderliaison.records.ontology.model import schema
from borderliaison.records.statements.lines import moment_of
from borderliaison.records.values import cleaned
from tests.records.interchange.cast import chosen, wanted


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


@pytest.mark.parametrize("name", ["ftm", "stix", "gexf", "graphml"])
def test_a_name_that_no_page_can_show_is_noted_as_far_as_it_can_be_shown(name: str) -> None:
    kind = "\ud800Nothing" + "g" * 500
    statements = json.dumps([{"prop": "name", "value": "Bek"}])
    files = {
        "ftm": json.dumps(_entity(schema=kind)),
        "stix": json.dumps({"objects": [{"type": kind, "id": "a", "name": "Bek"}]}),
        "graphml": f'<graphml><graph><node id="a"><data key="kind">{kind[1:]}</data>'
        f'<data key="borderliaison">{statements}</data></node></graph></graphml>',
        "gexf": f'<gexf><graph><nodes><node id="a" label="{kind[1:]}"/></nodes></graph></gexf>',
    }
    _, findings = _read(name, files[name].encode())
    for one in findings.first:
        assert one.field.encode().decode().isprintable()
        assert len(one.field) <= 80


def test_a_key_is_the_same_with_marks_that_nobody_sees() -> None:
    owns = {"owner": ["Be\u0301k"], "asset": ["car"]}
    lines = [
        _entity(id="B\u00e9k\u200b"),
        _entity(id="\u200fB\u00e9k"),
        {"id": "car", "schema": "Vehicle", "properties": {"registrationNumber": ["01KG742ABC"]}},
        {"id": "owns", "schema": "Ownership", "properties": owns},
    ]
    items, findings = _read("ftm", b"\n".join(json.dumps(one).encode() for one in lines))
    assert [one.key for one in items] == ["B\u00e9k", "B\u00e9k", "car", "owns"]
    assert items[-1].values("owner") == ["B\u00e9k"]
    assert not findings.counts


def test_a_language_that_is_none_is_left_out() -> None:
    own = {"prop": "name", "value": "Bek", "language": "english"}
    data = json.dumps(_entity(borderliaison={"schema": "Person", "statements": [own]}))
    (item,), _ = _read("ftm", data.encode())
    assert [(one.value, one.language) for one in item.told] == [("Bek", "")]


@pytest.mark.parametrize(
    ("given", "title"),
    [("\u200fMay\x00\ud800", "May"), ("т" * 240, "т" * 200), (" a  b ", "a  b"), ("\x00", "")],
)
def test_a_title_is_as_long_as_it_may_be_and_can_be_seen(given: str, title: str) -> None:
    assert as_title(given) == title


@pytest.mark.parametrize("date", ["2026-02-31", "0001-01-01T00:00:00+06:00"])
def test_a_date_that_none_can_be_is_noted_before_it_is_taken_in(date: str, tmp_path: Path) -> None:
    bek = Item("a", "Person", (Told("name", "Bek"), Told("birthDate", date)), line=1)
    findings = Findings()
    with looked_at(iter([bek]), findings, wanted(), tmp_path) as looked:
        assert looked.things == 1
    assert [(one.flaw, one.line) for one in findings.first] == [(Flaw.VALUE, 1)]


@pytest.mark.parametrize(
    "date", ["2026-02-31", "0001-01-01T00:00:00+06:00", "9999-12-31T23:59:59-05:00"]
)
def test_a_date_that_was_kept_once_stops_no_file(date: str) -> None:
    seen = Item("a", "Sighting", (Told("summary", "Seen"), Told("date", date)))
    file = io.BytesIO()
    FORMATS["anx"].write(chosen(seen), file)
    assert "Seen" in file.getvalue().decode("utf-16")
    assert moment_of(date) is None


def test_a_time_with_fractions_keeps_its_date() -> None:
    both = [
        {"type": "identity", "id": f"identity--{n}", "identity_class": "individual", "name": n}
        for n in "ab"
    ]
    link = {
        "type": "relationship", "id": "relationship--1", "relationship_type": "related-to",
        "source_ref": "identity--a", "target_ref": "identity--b",
        "start_time": "2020-01-01T00:00:00.000Z",
    }  # fmt: skip
    items, findings = _read("stix", json.dumps({"objects": [*both, link]}).encode())
    prop = schema("Person").properties["birthDate"]
    (start,) = (one.value for one in items[-1].told if one.prop == "startDate")
    assert cleaned(prop, start) == "2020-01-01T00:00:00Z"
    assert not findings.counts


def test_an_index_of_an_i2_chart_is_a_number_in_figures() -> None:
    assert _at(["A", "B", "C"], "2") == "C"
    assert _at(["A", "B", "C"], "²") == ""
