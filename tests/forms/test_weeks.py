"""Weeks, and the summary that an office gives of each."""

from datetime import date

import pytest

from borderliaison.forms.check import check
from borderliaison.forms.load import load_form
from borderliaison.forms.show import title
from borderliaison.forms.types.weeks import first_day, say_week, week_of


@pytest.mark.parametrize("typed", ["2026-W20", "2026W20", "2026-w20", "20/2026", " 20.2026 "])
def test_a_week_is_kept_as_the_standard_writes_it(context, typed):
    assert check(load_form("weekly_summary", 1), {"week": typed}, context).values == {
        "week": "2026-W20"
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-W54", "not_week"),
        ("2025-W53", "not_week"),
        ("this one", "not_week"),
        ("w" * 5_000, "not_week"),
        ("2026-W21", "week_in_future"),
        ("1999-W20", "year_outside"),
    ],
)
def test_what_is_no_week_that_has_begun_is_named(context, typed, code):
    checked = check(load_form("weekly_summary", 1), {"week": typed}, context)
    assert checked.errors["week"].code == code


def test_a_week_at_the_turn_of_the_year_belongs_to_one_year():
    assert week_of(date(2027, 1, 1)) == "2026-W53"
    assert first_day("2026-W53") == date(2026, 12, 28)
    assert say_week("2026-W53", "en") == "Week 53, 28 December 2026 – 3 January 2027".replace(
        "December", "Dec"
    ).replace("January", "Jan")
    assert say_week("2026-W40", "en") == "Week 40, 28 Sep – 4 Oct 2026"
    assert say_week("2026-W20", "ru") == "Неделя 20, 11–17 мая 2026"


def test_a_nil_return_needs_no_figures_and_has_no_events(context):
    form = load_form("weekly_summary", 1)
    nil = {"week": "2026-W20", "agencies": ["KG-BOR"], "kind": "nil"}
    found = check(form, nil, context)
    assert found.ok
    assert title(form, found.values, "en") == "Week 20, 11–17 May 2026, nil return"
    busy = check(form, nil | {"kind": "ordinary"}, context).values
    assert title(form, busy, "en") == "Week 20, 11–17 May 2026, with events"
    assert title(form, busy, "ru") == "Неделя 20, 11–17 мая 2026, с событиями"
    counted = check(form, nil | {"count_seizure": "1"}, context)
    assert set(counted.left_out) == {"count_seizure"}
    assert counted.values == found.values
    assert check(form, nil | {"persons_in": "118"}, context).ok
