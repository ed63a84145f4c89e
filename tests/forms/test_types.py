from typing import Any

import pytest

from borderliaison.forms.load import parse_form
from borderliaison.forms.schema import FormField, Refused
from borderliaison.forms.types import TYPES


def one_field(lines: str) -> FormField:
    text = f"""
form: one
version: 1
label: {{en: One, ru: Один}}
parts:
  - name: part
    label: {{en: Part, ru: Часть}}
    fields:
      - name: one
        label: {{en: One, ru: Один}}
        {lines}
"""
    return parse_form(text, "one.v1.yaml").field("one")


def read(kind: str, raw: Any, context, **options: Any) -> Any:
    lines = "\n        ".join(f"{key}: {value}" for key, value in {"type": kind, **options}.items())
    field = one_field(lines)
    return field.type.read(raw, field, context)


def refused(kind: str, raw: Any, context, **options: Any) -> str:
    with pytest.raises(Refused) as caught:
        read(kind, raw, context, **options)
    return caught.value.code


def test_every_type_says_what_it_is():
    for name, kind in TYPES.items():
        assert kind.name == name
        assert kind.about.endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("kg 01 7784 ad", "KG 01 7784 AD"),
        (" 01  7784   ad ", "01 7784 AD"),
        ("а123вс 77", "А123ВС 77"),
        ("KG 01 7?84", "KG 01 7?84"),
        ("40-A 123 BC", "40-A 123 BC"),
    ],
)
def test_a_plate_is_kept_in_capitals(typed, kept, context):
    assert read("plate", typed, context) == kept
    assert read("plate", kept, context) == kept


@pytest.mark.parametrize("typed", ["%", "???", "KG;01", "١٢٣", 7, ["KG"]])
def test_what_is_no_plate_is_refused(typed, context):
    assert refused("plate", typed, context) in ("not_plate", "not_text")


def test_codes_are_each_once_and_in_the_order_of_the_list(context):
    chosen = read("codes", ["out", "in", "out"], context, codes="lane.v1")
    assert chosen == ["out", "in"]
    assert read("codes", "in", context, codes="lane.v1") == ["in"]
    assert refused("codes", ["in", 3], context, codes="lane.v1") == "not_text"
    assert refused("codes", ["in", "out"], context, codes="lane.v1", max_items=1) == "too_many"
    assert refused("codes", ["in"] * 5000, context, codes="lane.v1") == "too_many"


@pytest.mark.parametrize(
    ("typed", "kept"), [("yes", True), (" NO ", False), (True, True), (False, False), ("", "")]
)
def test_yes_and_no_are_answers_and_nothing_is_neither(typed, kept, context):
    assert read("boolean", typed, context) == kept


@pytest.mark.parametrize("typed", [1, 0, "maybe", [], {}])
def test_anything_else_is_neither_yes_nor_no(typed, context):
    assert refused("boolean", typed, context) == "not_yes_no"


def test_whole_numbers_have_limits(context):
    assert read("integer", " 12 ", context, min=0, max=20) == 12
    assert refused("integer", "21", context, min=0, max=20) == "too_large"
    assert refused("integer", -1, context, min=0, max=20) == "too_small"
    for wrong in ("1.5", "1e3", "１２", True, 1.0, "9" * 40, [1]):
        assert refused("integer", wrong, context) == "not_whole"


def test_decimals_keep_their_zeros_and_take_a_comma(context):
    def weigh(amount: Any, unit: Any = "kg") -> Any:
        raw = {"amount": amount, "unit": unit}
        return read("decimal", raw, context, codes="weight_unit.v1", places=3, min=0)

    assert weigh("14,600") == {"amount": "14.600", "unit": "kg"}
    assert weigh("007") == {"amount": "7", "unit": "kg"}
    assert weigh("-0.0") == {"amount": "0.0", "unit": "kg"}
    assert weigh(5) == {"amount": "5", "unit": "kg"}
    for amount, unit, code in [
        ("14.6000", "kg", "too_many_places"),
        ("1", "pood", "no_unit"),
        ("1", None, "no_unit"),
        ("-1", "kg", "too_small"),
        ("1 000", "kg", "not_number"),
        (1.5, "kg", "not_number"),
        (True, "kg", "not_number"),
        ("NaN", "kg", "not_number"),
    ]:
        with pytest.raises(Refused) as caught:
            weigh(amount, unit)
        assert caught.value.code == code


def test_a_case_number_begins_with_its_register(context):
    def cases(raw: Any) -> Any:
        options = {"codes": "case_register.v1", "max_length": 40, "max_items": 2}
        return read("case_numbers", raw, context, **options)

    assert cases("ЕРП 03-158\n\nkz ердр № 17") == [
        {"register": "kg_erp", "number": "03-158"},
        {"register": "kz_erdr", "number": "17"},
    ]
    assert cases(cases("ЕРП: 1")) == [{"register": "kg_erp", "number": "1"}]
    for wrong in ("03-158", "ЕРП", "ЕРПа 5", [{"register": "x", "number": "1"}]):
        with pytest.raises(Refused, match="no_register"):
            cases(wrong)
    with pytest.raises(Refused, match="too_many"):
        cases("ЕРП 1\nЕРП 2\nЕРП 3")


def test_lines_are_a_list(context):
    options = {"max_length": 10, "max_items": 2}
    assert read("lines", "Азиз\r\n\n Aziz ", context, **options) == ["Азиз", "Aziz"]
    assert refused("lines", "a\nb\nc", context, **options) == "too_many"
    assert refused("lines", ["x" * 11], context, **options) == "too_long"
    assert refused("lines", [1], context, **options) == "not_text"
    assert refused("lines", [""] * 5000, context, **options) == "too_many"


def test_places_must_be_in_the_directory(context):
    assert read("office", "KG-DST", context) == "KG-DST"
    assert refused("office", "XX-XXX", context) == "unknown_office"
    assert read("agencies", ["KG-CUS", "KG-BOR", "KG-CUS", ""], context) == ["KG-BOR", "KG-CUS"]
    assert refused("agencies", ["KG-MIA"], context) == "unknown_agency"
    assert refused("agencies", {"a": 1}, context) == "not_list"
