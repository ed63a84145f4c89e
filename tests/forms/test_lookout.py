from dataclasses import replace
from datetime import timedelta

import pytest

from borderliaison.forms.check import check
from borderliaison.forms.context import Purpose
from borderliaison.forms.load import load_form
from borderliaison.forms.show import draft_title, show, title
from borderliaison.kernel import canonical
from borderliaison.kernel.realm import Realm


def test_the_lookout_of_the_scenario_can_be_sent(lookout, grey_lorry, context):
    checked = check(lookout, grey_lorry, context)
    assert not checked.errors
    assert checked.ok
    assert checked.raw is grey_lorry
    assert checked.values["event_at"] == {
        "local": "2026-05-14T20:40",
        "zone": "Asia/Bishkek",
        "utc": "2026-05-14T14:40:00Z",
    }
    assert checked.values["cases"] == [{"register": "kg_erp", "number": "03-158-2026-000041"}]
    assert checked.values["measures"] == ["tighten_control", "dog"]


def test_what_was_checked_is_accepted_again_unchanged_and_can_be_signed(
    lookout, grey_lorry, context
):
    values = check(lookout, grey_lorry, context).values
    assert check(lookout, values, context).values == values
    assert canonical.decode(canonical.encode(values)) == values


def test_the_title_is_made_by_the_rule_of_the_form(lookout, grey_lorry, context):
    values = check(lookout, grey_lorry, context).values
    assert title(lookout, values, "en") == "Narcotics KG → UZ, grey lorry with trailer"
    assert title(lookout, values, "ru") == "Наркотики КР → РУз, grey lorry with trailer"
    assert title(lookout, {}, "ru") == "Ориентировка"


def test_a_title_whose_first_field_is_missing_begins_with_the_name_of_the_form(lookout):
    route = {"route_from": "KG", "route_to": "UZ"}
    assert title(lookout, route, "en") == "Lookout KG → UZ"
    assert title(lookout, route | {"subject": "Grey lorry"}, "en") == "Lookout KG → UZ, grey lorry"


def test_a_draft_says_in_its_title_that_it_is_not_yet_described(lookout, directory):
    assert draft_title(lookout, {}, "en") == "Lookout, not yet described"
    assert draft_title(lookout, {"route_from": "KG"}, "en") == "Lookout KG, not yet described"
    assert draft_title(lookout, {"subject": "Grey lorry"}, "en") == "Lookout, grey lorry"
    seizure = load_form("seizure", 1)
    at_dostuk = {"crossing": "dostuk"}
    assert draft_title(seizure, at_dostuk, "en", directory) == "Seizure, Dostuk, not yet described"
    assert draft_title(seizure, {}, "ru", directory) == "Изъятие, пока без описания"
    assert draft_title(load_form("refusal", 1), {}, "en") == "Refusal of a request"


def test_a_title_counts_what_it_does_not_write_out(lookout, grey_lorry, context):
    several = ["narcotics", "psychotropics", "medicines", "cash"]
    values = check(lookout, grey_lorry | {"suspicion": several}, context).values
    assert title(lookout, values, "en") == (
        "Narcotics, psychotropics +2 KG → UZ, grey lorry with trailer"
    )


def test_an_empty_lookout_says_for_each_needed_field_what_to_enter(lookout, context):
    errors = check(lookout, {}, context).errors
    needed = {one.name for one in lookout.fields() if one.required}
    assert set(errors) == needed
    assert errors["window"].text("en") == "Enter from when until when it is expected"
    assert errors["window"].input == "window.from"
    assert errors["action"].text("ru").startswith("Выберите одно действие")
    assert all(one.is_missing for one in errors.values())
    assert all(one.text("en") != one.text("ru") for one in errors.values())


@pytest.mark.parametrize(
    ("typed", "english", "russian"),
    [
        (
            {"window": {"from": "2026-05-14 22:00", "until": "2026-05-14 21:00"}},
            "Enter a time after 14 May 22:00",
            "Укажите время позже 14 мая 22:00",
        ),
        (
            {"expires": "2026-05-18 05:59"},
            "Enter 18 May 06:00 or later",
            "Укажите 18 мая 06:00 или позже",
        ),
        (
            {"expires": "2026-06-14 06:00"},
            "Enter 13 Jun 20:51 or earlier: 30 days are the longest",
            "Укажите 13 июня 20:51 или раньше: наибольший срок — 30 дней",
        ),
        (
            {"event_at": "2026-05-14 21:40"},
            "Enter a time that has passed: now it is 14 May 20:51",
            "Укажите прошедшее время: сейчас 14 мая 20:51",
        ),
        (
            {"subject": "x" * 94},
            "Shorten by 14 characters: 80 fit here",
            "Сократите на 14 знаков: здесь помещается 80",
        ),
        (
            {"subject": "x" * 81},
            "Shorten by 1 character: 80 fit here",
            "Сократите на 1 знак: здесь помещается 80",
        ),
        (
            {"action": "arrest"},
            "Choose from the list: “arrest” is not in it",
            "Выберите из списка: «arrest» в нём нет",
        ),
        (
            {"where": "nowhere"},
            "Choose a crossing point from the list: “nowhere” is not in the directory",
            "Выберите пункт пропуска из списка: «nowhere» нет в справочнике",
        ),
    ],
)
def test_an_error_says_exactly_what_to_enter(lookout, grey_lorry, context, typed, english, russian):
    (error,) = check(lookout, grey_lorry | typed, context).errors.values()
    assert (error.text("en"), error.text("ru")) == (english, russian)
    assert not error.is_missing


def test_what_does_not_belong_to_the_report_is_left_out_and_said(lookout, grey_lorry, context):
    typed = grey_lorry | {"subject_kind": "person", "trailer_plate": "KG 1"}
    found = check(lookout, typed, context)
    assert found.ok
    assert "trailer_plate" not in found.values
    (notice,) = found.left_out.values()
    assert notice.text("en") == (
        "Choose Vehicle, Consignment in “Kind of subject”, or empty this field"
    )
    assert notice.text("ru") == (
        "Выберите в поле «Вид объекта»: Транспортное средство, Партия товара, или очистите это поле"
    )


def test_another_office_left_it_out_already_or_its_report_is_wrong(lookout, grey_lorry, context):
    received = replace(context, purpose=Purpose.RECEIVED)
    sent = check(lookout, grey_lorry, context).values
    wrong = sent | {"subject_kind": "person", "trailer_plate": "KG 1"}
    assert check(lookout, sent, received).ok
    assert set(check(lookout, wrong, received).errors) == {"trailer_plate"}


def test_the_status_follows_from_the_realm(lookout, grey_lorry, context):
    assert check(lookout, grey_lorry, context).values["status"] == "Actual"
    exercise = replace(context, realm=Realm("seal-2026"))
    assert check(lookout, grey_lorry, exercise).values["status"] == "Exercise"
    (error,) = check(lookout, grey_lorry | {"status": "Actual"}, exercise).errors.values()
    assert error.text("ru") == "Это поле заполняет система: здесь «УЧЕНИЕ»"


def test_a_received_status_of_the_other_realm_is_refused(lookout, grey_lorry, context):
    values = check(lookout, grey_lorry, context).values
    received = replace(context, realm=Realm("seal-2026"), purpose=Purpose.RECEIVED)
    assert set(check(lookout, values, received).errors) == {"status"}


def test_a_received_status_is_of_either_realm_where_the_realm_is_not_said(
    lookout, grey_lorry, context
):
    received = replace(context, purpose=Purpose.RECEIVED)
    values = check(lookout, grey_lorry, context).values
    for status, codes in {"Actual": set(), "Exercise": set(), "Test": {"status"}}.items():
        assert set(check(lookout, values | {"status": status}, received).errors) == codes


def test_a_received_lookout_is_not_measured_by_our_clock_and_directory(
    lookout, grey_lorry, context
):
    values = check(lookout, grey_lorry, context).values | {"where": "a-point-we-do-not-know"}
    late = replace(context, now=context.now + timedelta(days=400), purpose=Purpose.RECEIVED)
    checked = check(lookout, values, late)
    assert not checked.errors
    assert checked.values == values


def test_a_received_lookout_with_hidden_signs_or_unknown_fields_is_refused(
    lookout, grey_lorry, context
):
    values = check(lookout, grey_lorry, context).values
    received = replace(context, purpose=Purpose.RECEIVED)
    wrong = values | {"subject": "grey\u202elorry", "grounds": "x" * 4001, "extra": 1}
    codes = {name: one.code for name, one in check(lookout, wrong, received).errors.items()}
    assert codes == {
        "subject": "turning_character",
        "grounds": "too_long",
        "extra": "unknown_field",
    }


def test_every_filled_field_is_shown_with_local_time_and_utc(
    lookout, grey_lorry, context, directory
):
    values = check(lookout, grey_lorry, context).values
    rows = {row.name: row for part in show(lookout, values, "ru", directory) for row in part.rows}
    assert set(rows) == set(values)
    assert rows["window"].text == "14 мая 22:00 – 18 мая 2026 06:00 UTC+6"
    assert rows["window"].also == "14 мая 16:00 – 18 мая 2026 00:00 UTC"
    assert rows["where"].text == "Достук"
    assert rows["action"].text == "Досмотреть"
    assert rows["action"].code == "search"
    assert rows["suspicion"].items == (("narcotics", "Наркотики"),)
    assert rows["cases"].text == "ЕРП 03-158-2026-000041"


def test_a_result_asks_what_was_found_only_when_something_was(result, context):
    nothing = {
        "found": "not_found",
        "measures_taken": ["searched"],
        "next": "cancel",
        "next_why": "x",
    }
    assert check(result, nothing, context).ok
    something = check(result, nothing | {"found": "found"}, context)
    assert set(something.errors) == {"done_at", "what"}


def test_a_lookout_is_extended_only_with_a_new_expiry_and_a_reason(result, context):
    raw = {"found": "not_found", "measures_taken": ["none"], "next": "extend"}
    assert set(check(result, raw, context).errors) == {"new_expiry", "next_why"}
    raw |= {"new_expiry": "2026-05-20 06:00", "next_why": "The driver was seen at Osh"}
    assert check(result, raw, context).ok
    kept = check(result, raw | {"next": "keep"}, context)
    assert kept.ok
    assert set(kept.left_out) == {"new_expiry", "next_why"}


def test_the_weight_of_a_find_keeps_its_zeros(result, context):
    raw = {"found": "found", "weight": {"amount": "014,600", "unit": "kg"}}
    checked = check(result, raw, context)
    assert checked.values["weight"] == {"amount": "14.600", "unit": "kg"}
    rows = [row for part in show(result, checked.values, "ru") for row in part.rows]
    assert [row.text for row in rows if row.name == "weight"] == ["14,600 кг"]
