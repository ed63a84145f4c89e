"""Every form of the network: it can be filled, it says what is missing, and it speaks its languages."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from borderliaison.forms.catalogue import load_catalogue
from borderliaison.forms.check import check
from borderliaison.forms.codes import CodeList, load_codes
from borderliaison.forms.conditions import Condition
from borderliaison.forms.context import Context, Purpose
from borderliaison.forms.describe import collect, spread
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.schema import Form, FormField
from borderliaison.forms.show import show, title
from borderliaison.forms.source import read_source
from borderliaison.forms.store import read_file, versions
from borderliaison.forms.words import LANGUAGES, Words
from borderliaison.kernel.canonical import decode, encode
from tests.forms.filled import FILE, filled

FORMS = sorted(known_forms())
SEVEN = frozenset(LANGUAGES)
NAMES = {
    "HERE": "bor-dobo", "THERE": "dostuk", "OFFICE": "KG-DST", "AGENCY": "KG-BOR",
    "THIS_WEEK": "2026-W20",
}  # fmt: skip
FORBIDDEN = re.compile(
    "national|ethni|relig|faith|racial|tribe|informant|confiden|(^|_)(race|caste|source|tipster)(_|$)"
)


@pytest.fixture
def typed(context: Context) -> Any:
    def at(hours: float) -> str:
        moment = context.now.astimezone(ZoneInfo(context.zone)) + timedelta(hours=hours)
        return f"{moment:%Y-%m-%d %H:%M}"

    return lambda form: filled(form, at, NAMES)


@dataclass(frozen=True)
class Place:
    """A field with where it stands: in the form, or in the first row of rows."""

    field: FormField
    rows: str = ""

    @property
    def name(self) -> str:
        return f"{self.rows}.0.{self.field.name}" if self.rows else self.field.name

    def within(self, values: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = values.setdefault(self.rows, [{}])[0] if self.rows else values
        return found


def places(form: Form) -> Iterator[Place]:
    for one in form.fields():
        yield Place(one)
        yield from (Place(cell, one.name) for cell in one.fields)


def raw_of(folder: str, name: str, version: int) -> Any:
    file, text = read_file(folder, name, version)
    return read_source(text, file).data


@pytest.mark.parametrize("name", FORMS)
def test_a_form_can_be_filled_and_its_values_are_taken_again_as_they_are(name, typed, context):
    form = load_form(name)
    found = check(form, typed(name), context)
    assert {at: one.text("en") for at, one in found.errors.items()} == {}
    again = check(form, found.values, context)
    assert (again.values, again.errors) == (found.values, {})


@pytest.mark.parametrize("name", FORMS)
def test_a_filled_form_comes_through_the_letters_encoding_and_through_the_page(
    name, typed, context, directory
):
    form = load_form(name)
    values = check(form, typed(name), context).values
    received = Context(context.now, context.zone, directory=directory, purpose=Purpose.RECEIVED)
    there = check(form, decode(encode(values)), received)
    assert (there.values, there.errors) == (values, {})
    assert check(form, collect(form, spread(form, values, context.zone)), context).values == values
    for lang in ("en", "ru", "kk"):
        shown = {row.name for part in show(form, values, lang, directory) for row in part.rows}
        assert shown == set(values)
        assert 8 < len(title(form, values, lang, directory)) <= 200


@pytest.mark.parametrize("name", FORMS)
def test_each_rule_of_what_is_needed_refuses_with_a_sentence_at_its_field(name, typed, context):
    form = load_form(name)
    needed = [one for one in places(form) if one.field.required or one.field.required_when]
    assert needed
    for place in needed:
        values = copy.deepcopy(typed(name))
        for condition in place.field.required_when:
            meet(condition, form, place, values)
        place.within(values).pop(place.field.name, None)
        if place.rows and not place.within(values):
            place.within(values)[begun_by(form.field(place.rows))] = "1"
        errors = check(form, values, context).errors
        assert place.name in errors, place.name
        for lang in ("en", "ru"):
            assert errors[place.name].text(lang), place.name


def begun_by(rows: FormField) -> str:
    """Return a field that is typed, so that a row in which nothing else stands is not left out."""
    return next(one.name for one in rows.fields if one.type.name in ("text", "integer"))


def meet(condition: Condition, form: Form, place: Place, values: dict[str, Any]) -> None:
    """Fill or empty the field on which another depends, so that the condition holds."""
    if not condition.among and not condition.excluded:
        return
    row = form.field(place.rows).fields if place.rows else ()
    cell = next((one for one in row if one.name == condition.field), None)
    other = cell or form.field(condition.field)
    holder = place.within(values) if cell else values
    if condition.excluded:
        holder.pop(condition.field, None)
        return
    holder[condition.field] = [condition.among[0]] if other.type.several else condition.among[0]


@pytest.mark.parametrize("name", FORMS)
def test_no_field_is_for_what_is_never_asked(name):
    for place in places(load_form(name)):
        assert not FORBIDDEN.search(place.field.name), place.name
        assert not place.field.codes or not FORBIDDEN.search(place.field.codes.name), place.name


def claimed(data: dict[str, Any]) -> frozenset[str]:
    return frozenset({"en", "ru", *data.get("native_review", ())})


def labels(form: Form) -> Iterator[tuple[str, Words]]:
    yield "label", form.label
    for part in form.parts:
        yield part.name, part.label
    for place in places(form):
        yield place.name, place.field.label
        for key in ("row", "add"):
            if key in place.field.options:
                yield f"{place.name}.{key}", Words.read(place.field.options[key])


@pytest.mark.parametrize("name", FORMS)
def test_every_label_of_a_form_and_of_its_codes_is_there_in_each_language_it_claims(name):
    for version in known_forms()[name]:
        form = load_form(name, version)
        languages = claimed(raw_of("data", name, version))
        assert languages in ({"en", "ru"}, SEVEN)
        for where, words in labels(form):
            assert languages <= set(words.texts), where
        for place in places(form):
            if place.field.codes and languages == SEVEN:
                assert set(words_of(place.field.codes)) == {SEVEN}, place.name
            for words in (place.field.hint, place.field.missing):
                assert not words or {"en", "ru"} <= set(words.texts), place.name


def words_of(listed: CodeList) -> Iterator[frozenset[str]]:
    yield frozenset(listed.label.texts)
    for one in listed.codes.values():
        yield frozenset(one.label.texts)
    for words in listed.groups.values():
        yield frozenset(words.texts)


@pytest.mark.parametrize("name", sorted(versions("codes")))
def test_every_word_of_a_code_list_is_there_in_each_language_it_claims(name):
    for version in versions("codes")[name]:
        languages = claimed(raw_of("codes", name, version))
        listed = load_codes(name, version)
        for code, one in listed.codes.items():
            assert languages <= set(one.label.texts), code
        assert languages != SEVEN or set(words_of(listed)) == {SEVEN}


def test_the_weekly_summary_counts_the_reports_of_every_form_that_begins_a_thread():
    counted = {
        one.default.get("given", "").removeprefix("count_")
        for one in load_form("weekly_summary").fields()
        if one.name.startswith("count_")
    }
    begun = {one.form for group in load_catalogue().groups for one in group.forms}
    assert begun - counted == {"weekly_summary"}


def test_every_form_that_there_is_is_filled_once_in_the_samples():
    samples = read_source(FILE.read_text(encoding="utf-8"), FILE.name).data
    assert set(samples) == set(FORMS)


def test_a_chemical_is_found_by_a_cas_number_whose_check_digit_is_right():
    numbers = [
        alias
        for one in load_codes("precursor").codes.values()
        for alias in one.aliases
        if re.fullmatch(r"[0-9]{2,7}-[0-9]{2}-[0-9]", alias)
    ]
    assert len(numbers) == len(set(numbers)) > 40
    for one in numbers:
        *figures, last = (int(sign) for sign in one if sign != "-")
        assert sum(i * n for i, n in enumerate(reversed(figures), 1)) % 10 == last, one
