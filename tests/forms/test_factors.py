"""Kilogram equivalents: only by a published factor, shown with its source; else that there is none."""

from decimal import Decimal

import pytest

from borderliaison.forms.errors import BadFile
from borderliaison.forms.factors import load_factors, parse_factors
from borderliaison.forms.load import load_form
from borderliaison.forms.totals import totals_in_words, totals_of

SEIZED = load_form("seizure", 1).field("seized")


def row(substance: str, amount: str, unit: str) -> dict[str, object]:
    return {"substance": substance, "quantity": {"amount": amount, "unit": unit}}


def test_weights_add_up_exactly_in_kilograms():
    rows = [row("heroin", "85.505", "kg"), row("heroin", "495", "g"), row("opium", "0.1", "t")]
    assert [(one.code, one.unit, one.amount) for one in totals_of(SEIZED, rows)] == [
        ("heroin", "kg", Decimal("86.000")),
        ("opium", "kg", Decimal("100.0")),
    ]


def test_litres_become_kilograms_by_the_published_factor_with_its_source():
    (total,) = totals_in_words(SEIZED, [row("heroin", "2.5", "l")], "en")
    assert (total.amount, total.equivalent) == ("2.5 l", "2.500 kg")
    assert "1 kg per litre" in total.note
    assert total.address == "https://dataunodc.un.org/drugs/global_seizures"


def test_a_factor_published_as_a_range_gives_a_range():
    (total,) = totals_in_words(SEIZED, [row("methamphetamine", "10000", "tablets")], "ru")
    assert total.equivalent == "0,900–3,000 кг"


@pytest.mark.parametrize(
    ("substance", "unit"),
    [
        ("zopiclone", "tablets"),
        ("cannabis_plants", "plants"),
        ("acetic_anhydride", "l"),
        ("cigarettes", "cartons"),
        ("cash", "USD"),
    ],
)
def test_where_no_factor_is_published_that_is_said(substance, unit):
    (total,) = totals_in_words(SEIZED, [row(substance, "238000", unit)], "en")
    assert total.amount.startswith("238\u202f000 ")
    assert total.equivalent == ""
    assert total.note == "no published factor to kilograms"


def test_a_row_without_quantity_or_substance_adds_nothing():
    assert (
        totals_of(SEIZED, [{"substance": "heroin"}, {"quantity": {"amount": "1", "unit": "g"}}])
        == ()
    )
    assert totals_of(SEIZED, [{"substance": "heroin", "quantity": "1 kg"}]) == ()


def test_every_factor_names_where_it_is_published():
    for factor in load_factors("kg_equivalent", 1).rules:
        assert factor.source.title
        assert factor.source.address.startswith("https://")


def test_a_factor_without_source_or_of_an_unknown_unit_is_refused():
    text = (
        "factors: x\nversion: 1\nlabel: {en: X, ru: Х}\ncodes: substance.v1\n"
        "units: quantity_unit.v1\nsources:\n  s: {title: T, says: {en: S, ru: С}}\n"
        'rules:\n  - {unit: pound, groups: [sweets], kg: "1", source: t}\n'
    )
    with pytest.raises(BadFile) as refused:
        parse_factors(text, "x.v1.yaml")
    for said in ("no unit 'pound'", "no source 't'", "has no 'sweets'"):
        assert said in str(refused.value)
