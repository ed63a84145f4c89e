"""FtM JSON: others' entities come in, ours go out as others know them, and come back as they were."""

import io
import json
from typing import Any

import pytest
from followthemoney import model

from borderliaison.records.interchange.errors import UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.ftm import entity_of, read, write
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.items import Item, Told
from borderliaison.records.ontology.model import schemata
from tests.records.interchange.cast import BEK, PHONE, USES, chosen


def _read(*entities: Any) -> tuple[list[Item], Findings]:
    findings, text = Findings(), "\n".join(json.dumps(one) for one in entities)
    return list(taken_in(read(io.BytesIO(text.encode()), findings), findings, "KG")), findings


def test_what_goes_out_comes_back_as_it_was() -> None:
    file = io.BytesIO()
    write(chosen(BEK, PHONE, USES), file)
    file.seek(0)
    found = list(read(file, Findings()))
    assert [(one.key, one.schema, one.told) for one in found] == [
        (one.key, one.schema, one.told) for one in (BEK, PHONE, USES)
    ]


@pytest.mark.parametrize("name", [n for n, one in schemata().items() if not one.is_abstract])
def test_followthemoney_opens_every_kind(name: str) -> None:
    told = tuple(Told(prop, "x") for prop in schemata()[name].properties)
    proxy = model.get_proxy(entity_of(Item("a", name, told)))
    assert proxy.id == "a"
    assert not proxy.schema.abstract
    assert set(proxy.properties) <= set(proxy.schema.properties)


def test_a_link_that_others_do_not_know_is_a_link_to_them() -> None:
    entity = entity_of(USES)
    assert (entity["schema"], entity["properties"]["subject"]) == ("UnknownLink", ["bek"])
    assert entity["properties"]["role"] == ["Uses"]


def test_citizenship_is_kept_and_what_nobody_is_recorded_by_is_not() -> None:
    properties = {"name": ["Bek"], "nationality": ["kg"], "religion": ["x"], "colour": ["grey"]}
    (bek,), findings = _read({"id": "a", "schema": "Person", "properties": properties})
    assert {one.prop: one.value for one in bek.told} == {"name": "Bek", "citizenship": "kg"}
    assert findings.counts == {
        (Flaw.NOT_KEPT, "Person:religion"): 1, (Flaw.PROPERTY, "Person:colour"): 1,
    }  # fmt: skip


def test_flaws_are_counted_with_their_lines_and_the_rest_comes_in() -> None:
    found, findings = _read(
        {"id": "a", "schema": "Person", "properties": {"name": "Bek", "birthDate": ["spring"]}},
        {"id": "b", "schema": "Spaceship", "properties": {}},
        {"schema": "Person"},
        {"id": "c", "schema": "Use", "properties": {"user": [{"id": "a"}]}},
    )
    assert [one.key for one in found] == ["a"]
    assert [(one.flaw, one.line, one.field) for one in findings.first] == [
        (Flaw.VALUE, 1, "Person:birthDate"),
        (Flaw.KIND, 2, "Spaceship"),
        (Flaw.LINE, 3, ""),
        (Flaw.EMPTY, 4, "Use"),
    ]


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        list(read(io.BytesIO(b"PK\x03\x04"), Findings()))
