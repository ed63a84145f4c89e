"""Quantities shown in another unit: by definition, or by a published factor."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.forms.check import check
from borderliaison.forms.context import Context
from borderliaison.forms.errors import BadFile
from borderliaison.forms.load import parse_form
from borderliaison.forms.show import show
from borderliaison.forms.units import converted, is_weight

FORM = """
form: small
version: 1
label: {en: S, ru: М}
parts:
  - name: first
    label: {en: F, ru: П}
    fields:
      - {name: substance, type: code, codes: substance.v1, label: {en: S, ru: В}}
      - name: quantity
        type: decimal
        codes: quantity_unit.v1
        places: 3
        shown_in: kg
        factors: kg_equivalent.v1
        by: substance
        label: {en: Q, ru: К}
"""
MASSES = st.sampled_from(["mg", "g", "kg", "t"])


@pytest.mark.parametrize(
    ("amount", "unit", "to", "found"),
    [
        ("500", "g", "kg", "0.5"),
        ("2.5", "t", "kg", "2500"),
        ("250", "ml", "l", "0.25"),
        ("1", "m3", "l", "1000"),
        ("7", "tablets", "tablets", "7"),
    ],
)
def test_units_convert_by_definition(amount, unit, to, found):
    assert converted(Decimal(amount), unit, to) == Decimal(found)


@pytest.mark.parametrize(("unit", "to"), [("l", "kg"), ("tablets", "kg"), ("kg", "pieces")])
def test_what_no_definition_connects_does_not_convert(unit, to):
    assert converted(Decimal(1), unit, to) is None


@given(st.decimals("0", "999999", places=3), MASSES, MASSES)
def test_there_and_back_is_the_same(amount, unit, to):
    there = converted(amount, unit, to)
    assert there is not None
    assert converted(there, to, unit) == amount
    assert is_weight(unit)


def said(typed: dict[str, object], context: Context, lang: str = "en") -> str:
    form = parse_form(FORM, "small.v1.yaml")
    found = check(form, typed, context)
    assert found.ok
    (part,) = show(form, found.values, lang)
    return part.rows[-1].also


def test_a_weight_is_shown_in_kilograms_too(context):
    quantity = {"amount": "450", "unit": "g"}
    assert said({"quantity": quantity}, context) == "= 0.45 kg"
    assert said({"quantity": quantity}, context, "ru") == "= 0,45 кг"


def test_what_is_in_that_unit_already_is_not_said_twice(context):
    assert said({"quantity": {"amount": "450", "unit": "kg"}}, context) == ""


def test_tablets_convert_by_the_published_factor_of_their_substance_alone(context):
    quantity = {"amount": "10000", "unit": "tablets"}
    by_factor = said({"substance": "methamphetamine", "quantity": quantity}, context)
    assert by_factor.startswith("= 0.9–3 kg (")
    assert "UNODC" in by_factor
    assert said({"quantity": quantity}, context) == ""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("shown_in: kg", "shown_in: stones", "has no code 'stones'"),
        ("        by: substance\n", "", "factors and by go together"),
        ("by: substance", "by: quantity", "'quantity' is not a field of type code before"),
        ("kg_equivalent.v1", "kg_equivalent.v9", "no 'kg_equivalent' in version 9"),
    ],
)
def test_a_conversion_that_leads_nowhere_is_refused(old, new, problem):
    with pytest.raises(BadFile) as refused:
        parse_form(FORM.replace(old, new), "small.v1.yaml")
    assert problem in str(refused.value)
