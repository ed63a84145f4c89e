"""Values as they are kept, and the keys by which they are found."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.records.ontology.model import schema
from borderliaison.records.ontology.schema import Property
from borderliaison.records.shown.words import value_words
from borderliaison.records.values import cleaned, key_of


def _prop(qname: str) -> Property:
    name, _, prop = qname.partition(":")
    return schema(name).properties[prop]


@pytest.mark.parametrize(
    ("qname", "typed", "kept"),
    [
        ("Person:name", "  Аскаров\tБек  ", "Аскаров Бек"),
        ("Person:name", "Askarov\u200b", "Askarov"),
        ("Person:birthDate", "1987", "1987"),
        ("Person:birthDate", "1987-05-12", "1987-05-12"),
        ("Person:birthDate", "1987-13", None),
        ("Person:birthDate", "12.05.1987", None),
        ("Person:birthDate", "2026-02-31", None),
        ("Person:birthDate", "0000-05", None),
        ("Event:date", "2026-05-12T25:00", None),
        ("Event:date", "2026-05-12T10:00:00+99:00", None),
        ("Event:date", "0001-01-01T00:00:00+06:00", None),
        ("Event:date", "9999-12-31T23:00:00Z", None),
        ("Event:date", "2026-05-12T10:00:00.125Z", "2026-05-12T10:00:00Z"),
        ("Person:citizenship", "KG", "kg"),
        ("Person:citizenship", "Kyrgyzstan", None),
        ("Cash:amount", "12 500,50", "12500.50"),
        ("Cash:amount", "many", None),
        ("Phone:number", "0555 12 34 56", "+996555123456"),
        ("Phone:number", "+998 90 123 45 67", "+998901234567"),
        ("Phone:number", "ask for Bek", "ask for Bek"),
        ("Vehicle:vin", "X" * 18, None),
        ("Person:name", " ", None),
    ],
)
def test_a_value_is_kept_as_it_was_said_but_for_what_nobody_sees(
    qname: str, typed: str, kept: str | None
) -> None:
    assert cleaned(_prop(qname), typed, "KG") == kept


@pytest.mark.parametrize(
    ("qname", "one", "other"),
    [
        ("Person:name", "Токтосунов", "Toktosunov"),
        ("Person:name", "ДЎСТЛИК", "do‘stlik"),
        ("Vehicle:registrationNumber", "01 КГ 742 АВС", "01kg742abc"),
        ("Container:containerNumber", "CSQU 305438-3", "csqu3054383"),
        ("Phone:number", "+996 555 123456", "+996555123456"),
        ("Person:email", "Bek@Example.org", "bek@example.org"),
    ],
)
def test_what_is_one_however_it_is_written_has_one_key(qname: str, one: str, other: str) -> None:
    prop = _prop(qname)
    assert key_of(prop, one) == key_of(prop, other) != ""


def test_a_date_that_none_can_be_is_shown_as_it_was_said() -> None:
    assert value_words("Person", _prop("Person:birthDate"), "2026-02-31", "en") == "2026-02-31"


def test_a_long_text_has_no_key() -> None:
    assert key_of(_prop("Person:looks"), "a scar on the left cheek") == ""


@given(
    st.sampled_from(["7", "44", "86", "992", "996", "998"]),
    st.text("0123456789", min_size=4, max_size=12),
)
def test_a_number_with_its_country_is_kept_as_the_library_would_write_it(
    code: str, within: str
) -> None:
    value = f"+{code}{within}"
    try:
        number = phonenumbers.parse(value, "KG")
    except phonenumbers.NumberParseException:
        wanted = value
    else:
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        wanted = e164 if phonenumbers.is_possible_number(number) else value
    assert cleaned(schema("Phone").properties["number"], value, "KG") == wanted
