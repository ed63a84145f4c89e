import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderliaison.forms.check import MAX_UNKNOWN_NAMED, check, is_empty
from borderliaison.forms.context import Context, Directory, Purpose
from borderliaison.forms.describe import collect, spread
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.show import show, title
from borderliaison.kernel import canonical
from borderliaison.kernel.realm import LIVE, Realm

PLACES = {"a": {"en": "A", "ru": "А"}, "b": {"en": "B", "ru": "Б"}}
DIRECTORY = Directory.of(offices=PLACES, crossings=PLACES, agencies=PLACES)
FORMS = sorted(known_forms())
FIELDS = [one for form in FORMS for one in load_form(form).fields()]
CELLS = [cell for one in FIELDS for cell in one.fields]
NAMES = sorted({one.name for one in FIELDS})
ROW_NAMES = sorted({one.name for one in CELLS})
CODES = sorted({code for one in FIELDS + CELLS if one.codes for code in one.codes.codes})

times = st.datetimes(min_value=datetime(1999, 12, 30), max_value=datetime(2100, 1, 2)).flatmap(
    lambda at: st.sampled_from(
        [f"{at:%Y-%m-%d %H:%M}", f"{at:%d.%m.%Y %H:%M:%S}", f"{at:%Y-%m-%dT%H:%M}+06:00"]
    )
)
moments = st.fixed_dictionaries(
    {},
    optional={
        "local": times | st.text(max_size=20),
        "zone": st.sampled_from(["Asia/Bishkek", "Asia/Almaty", "Europe/Berlin", "Asia", ""]),
        "utc": times.map(lambda one: one.replace(" ", "T") + ":00Z") | st.text(max_size=20),
    },
)
texts = (
    st.text(max_size=60)
    | st.sampled_from([*CODES, "a", "b", "yes", "no", "ЕРП 1", "KG 01 7784 AD", " 14,600 "])
    | times
)
pairs = st.fixed_dictionaries(
    {},
    optional={
        "from": times | moments,
        "until": times | moments,
        "amount": st.sampled_from(["1", "1,50", "-2", "0.000", "9" * 30]) | st.text(max_size=5),
        "unit": st.sampled_from(["kg", "g", "x"]),
        "register": st.sampled_from(["kg_erp", "x"]),
        "number": texts,
    },
)
plain = st.none() | st.booleans() | st.integers() | st.floats() | texts
rows = st.lists(st.dictionaries(st.sampled_from(ROW_NAMES), texts | pairs, max_size=5), max_size=3)
anything = st.recursive(
    plain | moments | pairs | rows,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
raws = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=10), anything, max_size=12)
contexts = st.builds(
    Context,
    now=st.just(datetime(2026, 5, 14, 14, 51, tzinfo=UTC)),
    zone=st.sampled_from(["Asia/Bishkek", "Asia/Almaty", "Europe/Berlin", "nowhere"]),
    realm=st.sampled_from([LIVE, Realm("seal-2026")]),
    directory=st.just(DIRECTORY),
    purpose=st.sampled_from(list(Purpose)),
)
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(name=st.sampled_from(FORMS), raw=raws | anything, context=contexts)
def test_check_answers_whatever_it_is_given_and_each_error_in_both_languages(name, raw, context):
    checked = check(load_form(name), raw, context)
    assert checked.raw is raw
    for error in checked.errors.values():
        assert error.text("en")
        assert error.text("ru")
        error.text("en").encode()
        json.dumps(dict(error.params), ensure_ascii=False).encode()


@thorough
@given(name=st.sampled_from(FORMS), raw=raws, context=contexts)
def test_what_was_kept_is_kept_again_and_survives_json_and_signing(name, raw, context):
    form = load_form(name)
    values = check(form, raw, context).values
    again = check(form, json.loads(json.dumps(values)), context)
    assert again.values == values
    assert canonical.decode(canonical.encode(values)) == values


@thorough
@given(name=st.sampled_from(FORMS), raw=raws)
def test_kept_values_can_be_typed_again_in_the_inputs_of_the_form(name, raw):
    context = Context(datetime(2026, 5, 14, tzinfo=UTC), "Asia/Bishkek", directory=DIRECTORY)
    form = load_form(name)
    values = check(form, raw, context).values
    typed = collect(form, spread(form, values, context.zone))
    again = check(form, typed, context).values
    for field, value in values.items():
        moment = value.get("utc") if isinstance(value, dict) else None
        if moment:
            assert again[field]["utc"] == moment
        elif field != "window":
            assert again[field] == value


@thorough
@given(name=st.sampled_from(FORMS), values=raws, lang=st.sampled_from(["en", "ru", "ky"]))
def test_show_leaves_out_nothing_that_is_filled_even_if_it_is_no_value(name, values, lang):
    form = load_form(name)
    rows = [row for part in show(form, values, lang, DIRECTORY) for row in part.rows]
    assert {row.name for row in rows} == {one for one in values if not is_empty(values[one])}
    assert all(isinstance(row.text, str) for row in rows)
    assert title(form, values, lang)


def test_text_beyond_every_limit_is_refused_before_it_is_read(lookout, grey_lorry, context):
    huge = "x" * 5_000_000
    for name in ("subject", "names", "cases", "plate", "event_at", "action"):
        assert name in check(lookout, grey_lorry | {name: huge}, context).errors


def test_unknown_fields_are_named_and_beyond_twenty_counted(lookout, grey_lorry, context):
    raw = grey_lorry | {f"extra_{i}": 1 for i in range(25)}
    errors = check(lookout, raw, context).errors
    assert len(errors) == MAX_UNKNOWN_NAMED + 1
    assert errors[""].text("en").endswith("20 of 25 are named")


def test_a_missing_field_and_a_wrong_one_are_told_apart(lookout, context):
    checked = check(lookout, {"subject": "a\nb"}, context)
    assert set(checked.wrong) == {"subject"}
    assert "action" in checked.missing


@pytest.mark.parametrize("raw", [None, [], "text", 7, True])
def test_what_is_no_form_at_all_is_named_as_such(lookout, context, raw):
    checked = check(lookout, raw, context)
    assert checked.errors[""].code == "not_a_form"
    assert checked.raw is raw


def test_an_expiry_is_not_blamed_for_a_window_that_is_wrong(lookout, grey_lorry, context):
    raw = grey_lorry | {"window": {"from": "2026-05-14 22:00", "until": "tomorrow"}}
    assert set(check(lookout, raw, context).errors) == {"window"}


def test_a_window_with_one_end_asks_for_the_other_at_its_input(lookout, grey_lorry, context):
    raw: dict[str, Any] = grey_lorry | {"window": {"from": "2026-05-14 22:00", "until": ""}}
    errors = check(lookout, raw, context).errors
    assert errors["window"].input == "window.until"
    assert errors["window"].is_missing


def test_a_window_longer_than_the_form_allows_is_refused(lookout, grey_lorry, context):
    until = f"{datetime(2026, 5, 14, 22) + timedelta(days=31):%Y-%m-%d %H:%M}"
    raw = grey_lorry | {"window": {"from": "2026-05-14 22:00", "until": until}}
    assert check(lookout, raw, context).errors["window"].code == "too_late"
