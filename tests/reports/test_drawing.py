"""What records say of a report: drawn from each form by its own rules, the same each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from borderliaison.forms.check import check
from borderliaison.forms.codes import load_codes
from borderliaison.forms.context import Context
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.recorded import Recorded, load_recorded, recorded
from borderliaison.forms.schema import Form
from borderliaison.forms.store import versions
from borderliaison.records.ontology.model import schema
from borderliaison.records.statements.drafted import Drafted, key_of_entity
from borderliaison.records.values import cleaned
from borderliaison.reports.content import ReportContent
from borderliaison.reports.projection.drawing import Told, draw
from tests.forms.conftest import DIRECTORY
from tests.forms.filled import filled

NOW = datetime(2026, 5, 14, 14, 51, tzinfo=UTC)
NAMES = {"HERE": "bor-dobo", "THERE": "dostuk", "OFFICE": "KG-DST", "AGENCY": "KG-BOR",
         "THIS_WEEK": "2026-W20"}  # fmt: skip
SOURCE = "a" * 32
ANSWERED = "c" * 32
RULES = [
    load_recorded(name, number)
    for name, numbers in versions("records").items()
    if name != "parts"
    for number in numbers
]
FIELDS = [one for name in known_forms() for one in load_form(name).fields()]
ROWS = {
    name: {cell.name for one in FIELDS if one.name == name for cell in one.fields}
    for name in {one.name for one in FIELDS}
}
SILENT = {
    "alert", "answer", "crossing_status", "extension", "referral", "refusal", "request", "weekly_summary",
}  # fmt: skip
"""Forms that speak of nobody and nothing that is kept: a referral never, by right of the person."""


def _typed(form: str, **changes: Any) -> dict[str, Any]:
    def at(hours: float) -> str:
        moment = NOW.astimezone(ZoneInfo("Asia/Bishkek")) + timedelta(hours=hours)
        return f"{moment:%Y-%m-%d %H:%M}"

    return {**filled(form, at, NAMES), **changes}


def _values(form: Form, **changes: Any) -> dict[str, Any]:
    given = {"language": "en", "crossing": "bor-dobo", "agencies": ["KG-BOR"]}
    context = Context(now=NOW, zone="Asia/Bishkek", directory=DIRECTORY, given=given)
    found = check(form, _typed(form.form_id, **changes), context)
    assert not found.errors
    return dict(found.values)


def _drawn(name: str, **changes: Any) -> list[Drafted]:
    form = load_form(name)
    rules = recorded(name, form.version)
    assert rules is not None
    content = ReportContent(name, form.version, "KG-BDB-2026-0117", _values(form, **changes))
    return draw(Told(SOURCE, "KG-BDB", "Grey lorry", content, ANSWERED), form, rules)


def _of(found: list[Drafted], kind: str) -> list[dict[str, str]]:
    return [
        {said.prop: said.value for said in one.says} | {"key": one.key}
        for one in found
        if one.schema == kind
    ]


def test_each_form_says_what_it_records_or_that_it_records_nothing() -> None:
    assert {one.form for one in RULES} | SILENT == set(known_forms())
    assert {one.form for one in RULES} & SILENT == set()


@pytest.mark.parametrize("rules", RULES, ids=lambda one: one.form)
def test_the_rules_speak_of_kinds_and_fields_that_there_are(rules: Recorded) -> None:
    kinds = {one.name: one.schema for one in rules.things} | {"event": rules.schema}
    for name, says in _sayings(rules):
        assert set(says) <= set(schema(name).properties), name
    for link in rules.links:
        edge = schema(link.schema).edge
        assert edge is not None
        for prop, end in ((edge.source, kinds[link.begin]), (edge.target, kinds[link.end])):
            assert schema(end).is_a(schema(link.schema).properties[prop].range), (link, end)
    newest = load_form(rules.form)
    assert newest.version in rules.versions
    fields = {one.name for one in newest.fields()}
    for thing in rules.things:
        inside = ROWS[thing.each] | {thing.each} if thing.each else fields
        named = {
            *thing.when,
            *thing.but,
            *thing.key,
            *filter(None, [thing.known]),
            *_fields(thing.says),
        }
        assert named <= inside, thing.name
    assert _fields(rules.event) <= fields


def _sayings(rules: Recorded) -> Iterator[tuple[str, Any]]:
    yield rules.schema, rules.event
    yield from ((one.schema, one.says) for one in (*rules.things, *rules.links))


def _fields(says: Any) -> set[str]:
    return {one.partition(".")[0] for one in says.values() if one[0] not in "@="}


@pytest.mark.parametrize("rules", RULES, ids=lambda one: one.form)
def test_every_value_that_is_drawn_is_one_of_its_property(rules: Recorded) -> None:
    found = _drawn(rules.form)
    keys = {one.key for one in found}
    assert len(keys) == len(found)
    for one in found:
        assert one.says, one.schema
        for said in one.says:
            prop = schema(one.schema).properties[said.prop]
            assert cleaned(prop, said.value, "KG") is not None, (prop.qname, said.value)
            assert prop.type.name != "entity" or said.value in keys
    assert found == _drawn(rules.form)


def test_a_suspicious_person_is_drawn_with_paper_telephone_and_part_in_the_event() -> None:
    found = _drawn("suspicious_person")
    bakyt = _of(found, "Person")[0]
    assert (bakyt["name"], bakyt["alias"], bakyt["birthDate"]) == (
        "ASANOV Bakyt",
        "Асанов Бакыт",
        "1984",
    )
    (paper,) = _of(found, "TravelDocument")
    assert (paper["number"], paper["holder"]) == ("AC1234567", bakyt["key"])
    (phone,) = _of(found, "Phone")
    (use,) = _of(found, "Use")
    assert (use["user"], use["used"]) == (bakyt["key"], phone["key"])
    (event,) = _of(found, "Sighting")
    assert event["crossing"] == key_of_entity("CrossingPoint", "bor-dobo")
    assert event["reportedBy"] == key_of_entity("LiaisonOffice", "KG-BDB")
    roles = {
        (one["entity"], one["event"], one["role"])
        for one in _of(found, "Involvement")
        if "role" in one
    }
    assert (bakyt["key"], event["key"], "passenger") in roles


def test_a_correction_of_another_field_leaves_everybody_who_he_is() -> None:
    before, after = (
        _drawn("suspicious_person"),
        _drawn("suspicious_person", details="Two passports"),
    )
    assert {one.key for one in before} == {one.key for one in after}


def test_a_row_that_is_put_before_another_does_not_make_him_another() -> None:
    before = _of(_drawn("suspicious_person"), "Person")
    rows = _typed("suspicious_person")["persons"]
    after = _of(_drawn("suspicious_person", persons=rows[::-1]), "Person")
    assert {one["name"]: one["key"] for one in before} == {one["name"]: one["key"] for one in after}


def test_a_seizure_says_how_much_of_what_in_kilograms_too() -> None:
    rows = [
        {
            "substance": "heroin",
            "quantity": {"amount": "500", "unit": "g"},
            "tested": "field_positive",
        }
    ]
    found = _drawn("seizure", seized=rows, packages=[])
    (quantity,) = _of(found, "SeizedQuantity")
    assert quantity["substance"] == key_of_entity("Substance", "heroin")
    assert (quantity["quantity"], quantity["unit"], quantity["kgEquivalent"]) == ("500", "g", "0.5")


def test_a_meeting_is_an_event_of_the_offices_that_meet() -> None:
    found = _drawn("joint_event", with_office="KG-DST")
    (event,) = _of(found, "JointEvent")
    assert event["kind"] in load_codes("joint_event").codes
    assert event["startDate"] < event["endDate"]
    offices = {one["entity"] for one in _of(found, "Involvement") if one["event"] == event["key"]}
    assert key_of_entity("LiaisonOffice", "KG-DST") in offices


def test_the_result_of_a_lookout_is_said_of_the_lookout_that_it_answers() -> None:
    (lookout,) = _drawn("lookout_result", found="found", what="28 blocks under the floor")
    said = {one.prop: one.value for one in lookout.says}
    assert (lookout.key, lookout.schema) == (key_of_entity(ANSWERED, "event"), "Lookout")
    assert (said["outcome"], said["found"]) == ("found", "28 blocks under the floor")
    form, rules = load_form("lookout_result"), recorded("lookout_result", 2)
    assert rules is not None
    content = ReportContent("lookout_result", 2, "KG-BDB-2026-0118", _values(form))
    assert draw(Told(SOURCE, "KG-BDB", "", content), form, rules) == []


@pytest.mark.parametrize("rules", RULES, ids=lambda one: one.form)
def test_every_link_that_is_drawn_says_when_its_event_was(rules: Recorded) -> None:
    found = _drawn(rules.form)
    (event,) = (one for one in found if one.schema == rules.schema)
    moments = {said.value for said in event.says if said.prop in ("date", "startDate")}
    for one in found:
        if schema(one.schema).edge is not None:
            assert {said.value for said in one.says if said.prop == "date"} & moments, one.schema


def test_what_has_the_same_code_is_one_for_every_report_and_what_has_not_is_the_reports_own() -> (
    None
):
    one = {each.key for each in _drawn("lookout")}
    form, rules = load_form("lookout"), recorded("lookout", load_form("lookout").version)
    assert rules is not None
    content = ReportContent("lookout", form.version, "", _values(form))
    other = {each.key for each in draw(Told("b" * 32, "KG-BDB", "", content), form, rules)}
    assert one & other == {
        key_of_entity("CrossingPoint", "dostuk"),
        key_of_entity("LiaisonOffice", "KG-BDB"),
    }
