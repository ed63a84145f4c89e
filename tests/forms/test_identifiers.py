"""Numbers that things carry, with the examples of the standards that say how they are checked."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.forms.check import check
from borderliaison.forms.context import Context
from borderliaison.forms.describe import collect, spread
from borderliaison.forms.identifiers import digits
from borderliaison.forms.identifiers.schemes import SCHEMES
from borderliaison.forms.load import parse_form
from borderliaison.forms.schema import Form
from borderliaison.forms.show import show

FORM = """
form: small
version: 1
label: {{en: S, ru: М}}
parts:
  - name: first
    label: {{en: F, ru: П}}
    fields:
      - {{name: thing, type: identifier, scheme: {scheme}, label: {{en: Thing, ru: Предмет}}}}
"""


def form(scheme: str) -> Form:
    return parse_form(FORM.format(scheme=scheme), "small.v1.yaml")


@pytest.mark.parametrize(
    ("check_digit", "number"),
    [
        # UIC 438-2 as two railways work its check digit out
        (digits.luhn, "505126180015"),
        (digits.luhn, "218124712173"),
        # a wagon of the 1520 mm gauge, worked out with the weights 2, 1, 2, 1, 2, 1, 2
        (digits.luhn, "45488855"),
        # 3GPP TS 23.003 and GSMA: the IMEI by which the check digit is explained
        (digits.luhn, "490154203237518"),
        # ISO 6346, annex A, and the code's register
        (digits.container, "ZEPU0037255"),
        (digits.container, "CSQU3054383"),
        (digits.container, "TEXU3070079"),
        (digits.container, "CMAU5110875"),
        (digits.container, "MSKU6011672"),
        # IMO resolution A.1117(30)
        (digits.ship, "9074729"),
        (digits.ship, "9321483"),
        # IATA Resolution 600a
        (digits.waybill, "16012345675"),
    ],
)
def test_published_examples_have_the_check_digit_that_they_should(check_digit, number):
    assert check_digit(number) == number[-1]


def test_a_vehicle_number_is_checked_where_the_law_asks_for_it():
    assert digits.vehicle("1M8GDM9AXKP042788") == "X"
    assert digits.vehicle("11111111111111111") == "1"
    assert digits.vehicle("XTA210740B1234567") == ""
    assert SCHEMES["vin"].digit_wanted("1M8GDM9A1KP042788") == "X"
    assert SCHEMES["vin"].digit_wanted("XTA210740B1234567") == ""


digits_of = st.text(string.digits, min_size=7, max_size=7)


@given(digits_of, st.integers(0, 6), st.sampled_from(string.digits))
def test_one_misread_digit_of_a_wagon_is_always_noticed(base, place, other):
    right = base + digits.luhn(base + "0")
    misread = base[:place] + other + base[place + 1 :] + right[-1]
    assert (digits.luhn(misread) == misread[-1]) == (misread == right)


@given(
    st.text(string.ascii_uppercase, min_size=3, max_size=3),
    st.text(string.digits, min_size=6, max_size=6),
    st.integers(4, 9),
    st.sampled_from(string.digits),
)
def test_one_misread_digit_of_a_container_is_noticed_but_for_ten_and_nought(
    owner, serial, at, other
):
    base = f"{owner}U{serial}"
    misread = base[:at] + other + base[at + 1 :]
    before, after = digits.container(base + "0"), digits.container(misread + "0")
    assert before != after or misread == base or before == "0"


@given(st.text(string.digits, min_size=6, max_size=6), st.integers(0, 4))
def test_two_neighbours_of_a_ship_number_that_changed_places_are_noticed(base, place):
    swapped = base[:place] + base[place + 1] + base[place] + base[place + 2 :]
    same = digits.ship(base + "0") == digits.ship(swapped + "0")
    assert same == (base[place] == base[place + 1])


@given(st.sampled_from(sorted(SCHEMES)), st.text(max_size=50))
def test_anything_that_is_typed_is_answered_and_what_is_kept_is_accepted_again(scheme, typed):
    one = SCHEMES[scheme]
    number = one.cleaned(typed)
    assert one.cleaned(number) == number or not one.fits(number)
    if one.fits(number):
        assert one.cleaned(one.written(number)) == number


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_example_of_each_scheme_is_right_and_shown_as_it_stands(scheme, context: Context):
    example = SCHEMES[scheme].example
    found = check(form(scheme), {"thing": {"number": example}}, context)
    assert found.ok
    assert check(form(scheme), found.values, context).values == found.values
    ((part,),) = (one.rows for one in show(form(scheme), found.values, "en"))
    assert part.text == example


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("wagon", "45488855", "45488855"),
        ("wagon", "50 51 26-18 001-5", "505126180015"),
        ("container", "csqu 305438-3", "CSQU3054383"),
        ("container", "СSQU3054383", "CSQU3054383"),  # a Cyrillic С
        ("imo_ship", "IMO 9074729", "9074729"),
        ("imo_ship", "ИМО № 9074729", "9074729"),
        ("vin", "1m8gdm9a xkp042788", "1M8GDM9AXKP042788"),
        ("flight", "HY 602", "HY602"),
        ("flight", "UZB602A", "UZB602A"),
        ("flight", "9W 5", "9W5"),
        ("cmr", "CMR № KG-014872/2", "KG-014872/2"),
        ("tir_carnet", "xq78451234", "XQ78451234"),
        ("tir_carnet", "ХС 78451234", "XC78451234"),  # Cyrillic Х and С
        ("smgs", "СМГС 31877654", "31877654"),
        ("smgs", "АБ 123456", "АБ123456"),
        ("awb", "250-1234 5675", "25012345675"),
        ("travel_document", "AC 1234567", "AC1234567"),
        ("phone", "+996 (555) 010-117", "+996555010117"),
        ("phone", "00992 37 2345678", "+992372345678"),
        ("seal", "kz 4471902", "KZ4471902"),
        ("imei", "49-015420-323751-8", "490154203237518"),
    ],
)
def test_a_number_is_kept_in_one_form_however_it_was_typed(scheme, typed, kept, context: Context):
    found = check(form(scheme), {"thing": typed}, context)
    assert {name: one.text("en") for name, one in found.errors.items()} == {}
    assert found.values["thing"] == {"number": kept}


@pytest.mark.parametrize(
    ("scheme", "typed", "says"),
    [
        (
            "wagon",
            "45488856",
            "Compare the number with the thing: its check digit is 6 and should be 5",
        ),
        ("wagon", "4548885", "Enter the wagon's number: 8 digits, or 12 of the UIC: 45488855"),
        (
            "container",
            "CSQX3054383",
            "Enter the container's number: four letters, the last U, J or Z",
        ),
        ("imo_ship", "9074728", "its check digit is 8 and should be 9"),
        ("vin", "1M8GDM9AXKP04278O", "Enter the vehicle's VIN: 17 letters and digits"),
        ("phone", "0555 010117", "Enter the telephone number with + and the country's code"),
        ("travel_document", "PASSPORT", "Enter the document's number as printed"),
    ],
)
def test_a_wrong_number_is_named_at_its_field(scheme, typed, says, context: Context):
    error = check(form(scheme), {"thing": {"number": typed}}, context).errors["thing"]
    assert says in error.text("en")
    assert error.text("ru") != error.text("en")
    assert error.input == "thing.number"


def test_a_number_that_is_really_wrong_is_kept_as_written_and_shown_so(context: Context):
    container = form("container")
    raw = collect(container, {"thing.number": [" csqu3054384 "], "thing.as_written": ["yes"]})
    found = check(container, raw, context)
    assert found.ok
    assert found.values == {"thing": {"number": "csqu3054384", "as_written": True}}
    assert check(container, found.values, context).values == found.values
    ((shown,),) = (one.rows for one in show(container, found.values, "ru"))
    assert shown.text == "csqu3054384 (так на самом предмете)"
    assert spread(container, found.values)["thing.as_written"] == ["yes"]


def test_a_right_number_is_never_marked(context: Context):
    raw = {"thing": {"number": "CSQU3054383", "as_written": "yes"}}
    assert check(form("container"), raw, context).values == {"thing": {"number": "CSQU3054383"}}


def test_a_mark_without_a_number_is_nothing(context: Context):
    container = form("container")
    raw = collect(container, {"thing.number": [" "], "thing.as_written": ["yes"]})
    assert check(container, raw, context).values == {}


@pytest.mark.parametrize(
    "raw", [7, ["x"], {"number": 7}, {"number": "1", "more": "2"}, {"number": "\u202e1"}]
)
def test_anything_else_is_refused_by_name(raw, context: Context):
    assert not check(form("seal"), {"thing": raw}, context).ok
