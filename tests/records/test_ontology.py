"""The kinds of records: followthemoney's own, ours, and what is left out."""

import re
from dataclasses import replace
from typing import Any

import pytest

from borderliaison.forms.words import REQUIRED_LANGUAGES
from borderliaison.records.ontology import model
from borderliaison.records.ontology.errors import BadOntology, UnknownSchema
from borderliaison.records.ontology.model import references_to, schema, schemata
from borderliaison.records.ontology.reading import Sources, read_schemata

NEVER = re.compile(
    r"nationality|ethnic|religio|political|национальн|этнич|религи|политич", re.IGNORECASE
)
SMALL = Sources(
    schemata=[
        ("Thing", {"properties": {"name": {"label": "Name", "type": "name"}}, "caption": ["name"]}),
        ("Person", {"extends": ["Thing"], "properties": {"faith": {"label": "Faith"}}}),
        ("Knows", {
            "edge": {"source": "a", "target": "b", "directed": False},
            "properties": {
                "a": {"type": "entity", "range": "Person", "reverse": {"name": "x", "label": "X"}},
                "b": {"type": "entity", "range": "Person", "reverse": {"name": "y", "label": "Y"}},
            },
        }),
    ],
    left_out={"Person:faith": "not here"},
    words={"ru": {"Thing": {"name": "Имя"}}},
)  # fmt: skip


def test_nothing_asks_for_what_nobody_is_judged_by() -> None:
    said = [
        text
        for one in schemata().values()
        for prop in one.properties.values()
        for text in (
            prop.name,
            prop.about if prop.schema == "Person" else "",
            *prop.label.texts.values(),
        )
    ]
    assert [one for one in said if NEVER.search(one)] == []
    assert schema("Person").properties["citizenship"].label.text("ru") == "Гражданство"


def test_every_label_is_there_in_english_and_russian() -> None:
    lacking = [
        f"{one.name} {words.texts}"
        for one in schemata().values()
        for words in (
            one.label,
            one.plural,
            *(prop.label for prop in one.properties.values()),
            *(prop.reverse.label for prop in one.properties.values() if prop.reverse),
            *((one.edge.label,) if one.edge else ()),
        )
        for language in REQUIRED_LANGUAGES
        if not words.texts.get(language, "").strip()
    ]
    assert lacking == []


def test_what_a_schema_takes_over_it_has_and_what_is_left_out_nobody_has() -> None:
    found = read_schemata(SMALL)
    person = found["Person"]
    assert set(person.properties) == {"name"}
    assert person.properties["name"].qname == "Thing:name"
    assert person.is_a("Thing")
    assert not found["Thing"].is_a("Person")


def test_words_of_another_language_stand_beside_the_english_ones() -> None:
    assert read_schemata(SMALL)["Person"].properties["name"].label.text("ru") == "Имя"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Person": {"extends": ["Nobody"]}}, "Nobody"),
        ({"Thing": {"extends": ["Person"]}}, "Person"),
        ({"Person": {"caption": ["colour"]}}, "colour"),
        ({"Person": {"properties": {"size": {"type": "colour"}}}}, "no known type"),
        ({"Knows": {"edge": {"source": "a", "target": "c"}}}, "c"),
    ],
)
def test_data_that_contradict_themselves_are_refused(change: dict[str, Any], said: str) -> None:
    wrong = replace(SMALL, schemata=[*SMALL.schemata, *change.items()])
    with pytest.raises(BadOntology, match=said):
        read_schemata(wrong)


def test_what_is_to_be_left_out_must_be_there() -> None:
    with pytest.raises(BadOntology, match="colour"):
        read_schemata(replace(SMALL, left_out={"Person:colour": "gone"}))


def test_a_schema_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownSchema):
        schema("Nobody")


def test_every_line_in_a_chart_has_two_ends_that_it_cannot_be_without() -> None:
    links = [one for one in schemata().values() if one.edge is not None]
    assert {"Involvement", "Carriage", "Use", "Crossing", "Ownership"} <= {
        one.name for one in links
    }
    ours = [one for one in links if one.name in dict(model._schemata("own"))]
    assert all({one.edge.source, one.edge.target} <= set(one.required) for one in ours if one.edge)


def test_a_wanted_person_has_charge_authority_basis_and_end() -> None:
    assert schema("WantedNotice").required == ("charge", "authority", "legalBasis", "endDate")


def test_what_may_lead_to_a_person_is_known() -> None:
    names = {one.qname for one in references_to("Person")}
    assert {"Involvement:entity", "Identification:holder"} <= names
    assert "PartyTo:consignment" not in names
