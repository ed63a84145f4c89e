"""Days of the calendar, also those of which only the year is known."""

from dataclasses import replace
from typing import Any

import pytest

from borderliaison.forms.check import Checked, check
from borderliaison.forms.context import Context, Purpose
from borderliaison.forms.load import load_form
from borderliaison.forms.schema import Form
from borderliaison.forms.show import show_field


@pytest.fixture
def request_form() -> Form:
    return load_form("request", 1)


def born(form: Form, typed: Any, context: Context) -> Checked:
    return check(form, {"kind": "person", "born": typed}, context)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14.05.1984", "1984-05-14"),
        ("4.5.1984", "1984-05-04"),
        ("1984-05-14", "1984-05-14"),
        ("05.1984", "1984-05"),
        (" 1984 ", "1984"),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(request_form, context, typed, kept):
    values = born(request_form, typed, context).values
    assert values["born"] == kept
    assert born(request_form, kept, context).values == values


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31.02.1984", "no_such_date"),
        ("00.05.1984", "no_such_date"),
        ("13.1984", "no_such_date"),
        ("14.05.84", "not_date"),
        ("spring", "not_date"),
        ("1" * 5_000, "not_date"),
        ({"year": 1984}, "not_date"),
        ("14.05.1884", "year_outside"),
        ("15.05.2026", "date_in_future"),
        ("2027", "date_in_future"),
    ],
)
def test_what_is_no_past_day_is_named(request_form, context, typed, code):
    assert born(request_form, typed, context).errors["born"].code == code


def test_today_and_this_year_have_begun(request_form, context):
    for typed in ("14.05.2026", "05.2026", "2026"):
        assert "born" in born(request_form, typed, context).values


def test_a_received_day_is_not_compared_with_the_clock_here(request_form, context):
    received = replace(context, purpose=Purpose.RECEIVED)
    assert born(request_form, "2027-01-01", received).values["born"] == "2027-01-01"


def test_a_day_is_shown_as_documents_write_it(request_form, directory):
    field = request_form.field("born")
    assert show_field(field, "1984-05-14", "ru", directory).text == "14.05.1984"
    assert show_field(field, "1984", "ru", directory).text == "1984"
