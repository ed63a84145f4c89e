"""Which code lists the values of a property are from: as the forms' rules say that draw them. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from borderliaison.forms.codes import load_codes
from borderliaison.forms.load import load_form
from borderliaison.forms.recorded import Recorded, all_recorded
from borderliaison.forms.schema import Form, FormField
from borderliaison.forms.store import state
from borderliaison.forms.words import Words

Place = tuple[str, str]
"""A schema and a property of it."""


def code_words(schema: str, prop: str, value: str) -> Words | None:
    """Return what a code says; None where the property's values are no codes, or none says this one."""
    return _all(state()).get((schema, prop), {}).get(value)


def codes_of(schema: str, prop: str) -> Mapping[str, Words]:
    """Return the codes that a property's values are, with what each says; none where they are no codes."""
    return _all(state()).get((schema, prop), {})


def said_by_forms() -> frozenset[Place]:
    """Return which properties the forms fill."""
    return _said(state())


@lru_cache(maxsize=2)
def _said(state: str) -> frozenset[Place]:
    del state
    return frozenset((one[0], one[1]) for rules in all_recorded() for one in _sayings(rules))


@lru_cache(maxsize=2)
def _all(state: str) -> Mapping[Place, Mapping[str, Words]]:
    del state
    found: dict[Place, dict[str, Words]] = defaultdict(dict)
    for rules in all_recorded():
        form = load_form(rules.form, max(rules.versions))
        for schema, prop, saying, each in _sayings(rules):
            for code, words in _words_of(_fields(form, each), saying):
                found[schema, prop].setdefault(code, words)
    return found


def _sayings(rules: Recorded) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is said of which property, and in which rows it stands."""
    eaches = {thing.name: thing.each for thing in rules.things}
    for prop, saying in rules.event.items():
        yield rules.schema, prop, saying, ""
    for thing in rules.things:
        for prop, saying in thing.says.items():
            yield thing.schema, prop, saying, thing.each
        if thing.involved:
            yield "Involvement", "role", thing.involved, thing.each
    for link in rules.links:
        for prop, saying in link.says.items():
            yield link.schema, prop, saying, eaches.get(link.end) or eaches.get(link.begin) or ""


def _fields(form: Form, each: str) -> list[FormField]:
    """Return the fields beside each other: of a row first, then of the report."""
    whole = list(form.fields())
    return [cell for one in whole if one.name == each for cell in one.fields] + whole


def _words_of(fields: Sequence[FormField], saying: str) -> Iterator[tuple[str, Words]]:
    """Yield codes with their words: of the field's list, or the field's own label where it is named."""
    name, _, part = saying.removeprefix("=").partition(".")
    field = next((one for one in fields if one.name == name), None)
    if field is None or part not in ("", "unit", "currency"):
        return
    if saying.startswith("="):
        yield name, field.label
    elif field.codes is not None:
        for code in (*load_codes(field.codes.name).codes.values(), *field.codes.codes.values()):
            yield code.code, code.label
