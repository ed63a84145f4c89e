"""Groups that repeat: several substances, packages, vehicles in one report."""

from dataclasses import replace
from typing import Any

import pytest

from borderliaison.forms.check import check
from borderliaison.forms.compare import diff, show_diff
from borderliaison.forms.context import Context, Purpose
from borderliaison.forms.describe import collect, describe, spread
from borderliaison.forms.errors import BadFile
from borderliaison.forms.load import load_form, parse_form
from borderliaison.forms.schema import Form
from borderliaison.forms.show import show, title

HEROIN = {"substance": "heroin", "quantity": {"amount": "85,505", "unit": "kg"}}
HASHISH = {"substance": "cannabis_resin", "quantity": {"amount": "11.425", "unit": "kg"}}


@pytest.fixture
def seizure() -> Form:
    return load_form("seizure", 1)


@pytest.fixture
def under_yarn() -> dict[str, Any]:
    return {
        "event_at": "14.05.2026 20:30",
        "agencies": ["KG-CUS"],
        "place_kind": "crossing",
        "crossing": "dostuk",
        "seized": [HEROIN, HASHISH],
        "packages": [
            {"content": "heroin", "packaging": "film", "pieces": "82"},
            {"content": "cannabis_resin", "packaging": "film", "pieces": "11"},
        ],
        "concealment": ["load"],
        "mode": "lorry",
        "vehicles": [{"kind": "lorry", "plate": "01 7784 ad"}],
        "selection": "dog",
        "detained": [{"count": "1", "sex": "male", "age": "35_49", "citizenship": "TJ"}],
        "text_language": "en",
    }


def test_a_seizure_holds_several_substances_packages_vehicles_and_persons(
    seizure, under_yarn, context, directory
):
    found = check(seizure, under_yarn, context)
    assert found.errors == {}
    assert found.values["seized"][0]["quantity"] == {"amount": "85.505", "unit": "kg"}
    assert found.values["vehicles"] == [{"kind": "lorry", "plate": "01 7784 AD"}]
    assert check(seizure, found.values, context).values == found.values
    line = title(seizure, found.values, "en", directory)
    assert line == "Heroin 85.505 kg, cannabis resin (hashish) 11.425 kg, Dostuk"


def test_an_error_stands_at_its_field_in_its_row(seizure, under_yarn, context):
    rows = [HEROIN, {**HASHISH, "gross": {"amount": "11", "unit": "kg"}, "form": "brick"}]
    found = check(seizure, under_yarn | {"seized": rows}, context)
    assert list(found.errors) == ["seized.1.form", "seized.1.gross"]
    gross = found.errors["seized.1.gross"]
    assert gross.input == "seized.1.gross.amount"
    assert gross.text("en") == "Enter 11.425 kg or more"
    assert gross.text("ru") == "Введите 11,425 кг или больше"
    assert (
        found.values["seized"][1]
        == check(seizure, {"seized": [HASHISH]}, context).values["seized"][0]
    )


def test_what_is_needed_in_a_row_is_missing_there(seizure, under_yarn, context):
    found = check(seizure, under_yarn | {"seized": [{"form": "powder"}]}, context)
    assert set(found.missing) == {"seized.0.substance", "seized.0.quantity"}
    assert found.errors["seized.0.quantity"].input == "seized.0.quantity.amount"


def test_rows_in_which_nothing_is_filled_are_left_out_and_the_others_keep_their_place(
    seizure, under_yarn, context
):
    blank = {"substance": "", "quantity": {"amount": "", "unit": "kg"}}
    wrong = {"substance": "heroin", "quantity": {"amount": "much", "unit": "kg"}}
    found = check(seizure, under_yarn | {"seized": [blank, HEROIN, blank, wrong]}, context)
    assert set(found.errors) == {"seized.3.quantity"}
    assert [row["substance"] for row in found.values["seized"]] == ["heroin", "heroin"]


def test_without_any_row_the_group_is_missing(seizure, under_yarn, context):
    for nothing in ([], [{}], [{"quantity": {"amount": "", "unit": "kg"}}], ""):
        found = check(seizure, under_yarn | {"seized": nothing}, context)
        assert set(found.missing) == {"seized"}
    assert "packages" not in check(seizure, under_yarn | {"packages": []}, context).errors


def test_purity_is_asked_for_only_where_a_laboratory_has_tested(seizure, under_yarn, context):
    purity = {"purity": {"amount": "61.5", "unit": "percent"}}
    tested = {**HEROIN, **purity, "tested": "laboratory"}
    assert check(seizure, under_yarn | {"seized": [tested]}, context).ok
    untested = {**HEROIN, **purity, "tested": "no"}
    found = check(seizure, under_yarn | {"seized": [untested]}, context)
    assert found.ok
    assert "purity" not in found.values["seized"][0]
    notice = found.left_out["seized.0.purity"]
    assert notice.text("en") == "Choose Laboratory in “Tested”, or empty this field"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("heroin", "not_rows"),
        (["heroin"], "not_rows"),
        ({"substance": "heroin"}, "not_rows"),
        ([HEROIN] * 21, "too_many_rows"),
    ],
)
def test_what_is_no_list_of_rows_is_named(seizure, under_yarn, context, rows, code):
    received = replace(context, purpose=Purpose.RECEIVED)
    found = check(seizure, under_yarn | {"seized": rows}, received)
    assert found.errors["seized"].code == code
    assert found.errors["seized"].text("ru")


def test_a_field_that_rows_do_not_have_is_named_with_its_row(seizure, under_yarn, context):
    rows = [HEROIN, {**HASHISH, "colour": "brown"}]
    errors = check(seizure, under_yarn | {"seized": rows}, context).errors
    assert list(errors) == ["seized.1.colour"]


def test_inputs_of_rows_are_collected_in_order_and_spread_again(seizure, context):
    given = {
        "seized.0.substance": ["heroin"],
        "seized.0.quantity.amount": ["85.505"],
        "seized.0.quantity.unit": ["kg"],
        "seized.10.substance": ["cannabis_resin"],
        "seized.2.substance": [""],
        "transit": ["UZ", "KG"],
        "seized.x.substance": ["heroin"],
    }
    raw = collect(seizure, given)
    assert [row["substance"] for row in raw["seized"]] == ["heroin", "", "cannabis_resin"]
    assert raw["seized"][0]["quantity"] == {"amount": "85.505", "unit": "kg"}
    assert raw["seized.x.substance"] == ["heroin"]
    texts = spread(seizure, raw, context.zone)
    assert texts["seized.2.substance"] == ["cannabis_resin"]
    assert texts["seized.0.quantity.amount"] == ["85.505"]


def test_the_page_is_told_how_to_draw_a_row(seizure, directory):
    parts = describe(seizure, "ru", directory)
    (group,) = next(part for part in parts if part.name == "packages").fields
    assert group.rows_of
    assert (group.rows_of.add, group.rows_of.least, group.rows_of.most) == (
        "Добавить упаковку",
        0,
        30,
    )
    content = group.rows_of.fields[0]
    assert content.choose_as == "search"
    assert {one.group for one in content.options} >= {"Каннабис", "Табак"}


def test_rows_are_shown_field_by_field(seizure, under_yarn, context, directory):
    values = check(seizure, under_yarn, context).values
    parts = {part.name: part for part in show(seizure, values, "en", directory)}
    (packages,) = parts["packages"].rows
    assert [[cell.text for cell in row] for row in packages.rows] == [
        ["Heroin", "Cling film or tape", "82"],
        ["Cannabis resin (hashish)", "Cling film or tape", "11"],
    ]
    later = values | {"packages": [{"pieces": 3, "colour": "brown"}]}
    (packages,) = next(
        p for p in show(seizure, later, "en", directory) if p.name == "packages"
    ).rows
    assert [cell.name for cell in packages.rows[0]] == ["pieces", "colour"]


def test_a_correction_says_which_field_of_which_row_changed(
    seizure, under_yarn, context, directory
):
    old = check(seizure, under_yarn, context).values
    rows = [{**HEROIN, "quantity": {"amount": "85.5", "unit": "kg"}}, HASHISH]
    new = check(seizure, under_yarn | {"seized": rows}, context).values
    (change,) = show_diff(seizure, diff(seizure, old, new), "en", directory)
    assert change.label == "Substance 1 · Net quantity"
    assert (change.old, change.new) == ("85.505 kg", "85.5 kg")


def test_a_row_that_came_or_went_is_one_change(seizure, under_yarn, context, directory):
    old = check(seizure, under_yarn, context).values
    new = check(seizure, under_yarn | {"seized": [HASHISH]}, context).values
    (gone,) = show_diff(seizure, diff(seizure, old, new), "ru", directory)
    assert gone.label == "Вещество 1"
    assert gone.old.startswith("Вещество или товар: Героин")
    assert gone.new == ""
    (come,) = show_diff(seizure, diff(seizure, new, old), "en", directory)
    assert come.old == ""
    assert "Net quantity: 85.505 kg" in come.new


FORM = """
form: small
version: 1
label: {{en: S, ru: М}}
parts:
  - name: first
    label: {{en: F, ru: П}}
    fields:
      - name: things
        type: {kind}
        label: {{en: T, ru: В}}
        max: 3
        row: {{en: T, ru: В}}
        add: {{en: A, ru: Д}}
        line: [{line}]
        fields:
          - {{name: kind, type: {cell}, label: {{en: K, ru: В}}, max_length: 9{more}}}
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"line": "none"}, "'none' is not a field of the row"),
        ({"more": ", when: {field: later}"}, "there is no field 'later' before this one"),
        ({"more": ", default: {value: [x]}"}, "a field of a row begins empty and is typed"),
        ({"kind": "boolean"}, "unknown key"),
    ],
)
def test_a_group_that_leads_nowhere_is_refused(change, said):
    given = {"kind": "rows", "line": "kind", "cell": "text", "more": ""}
    assert parse_form(FORM.format(**given), "small.v1.yaml").field("things").fields
    with pytest.raises(BadFile) as refused:
        parse_form(FORM.format(**{**given, **change}), "small.v1.yaml")
    assert said in str(refused.value)


def test_a_row_may_depend_on_a_field_before_the_rows(context: Context):
    text = FORM.format(kind="rows", line="kind", cell="text", more=", when: {field: gate}")
    gate = "      - {name: gate, type: text, label: {en: G, ru: Г}, max_length: 9}\n"
    form = parse_form(
        text.replace("      - name: things", gate + "      - name: things"), "small.v1.yaml"
    )
    assert check(form, {"gate": "x", "things": [{"kind": "y"}]}, context).ok
    found = check(form, {"things": [{"kind": "y"}]}, context)
    assert found.left_out["things.0.kind"].code == "needs_other"
    assert found.values == {}


def test_the_unit_that_a_page_sends_with_an_empty_field_is_not_left_out(
    seizure, under_yarn, context
):
    unit_alone = {**HEROIN, "purity": {"amount": "", "unit": "percent"}}
    found = check(seizure, under_yarn | {"seized": [unit_alone]}, context)
    assert found.ok
    assert found.left_out == {}
