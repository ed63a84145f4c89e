import re
from pathlib import Path

import pytest

import borderliaison.forms
from borderliaison.forms.catalogue import CATALOGUE_KEYS, ENTRY_KEYS, GROUP_KEYS
from borderliaison.forms.classifications import LABELS_SHAPE, LEVEL_KEYS
from borderliaison.forms.codes import CODE_KEYS, LIST_KEYS
from borderliaison.forms.factors import FACTOR_KEYS, FACTORS_KEYS, SOURCE_KEYS
from borderliaison.forms.gradings import AXIS_KEYS, SCALE_SHAPE, VALUE_KEYS
from borderliaison.forms.identifiers.schemes import SCHEMES
from borderliaison.forms.keys import (
    CONDITION_KEYS,
    COVER_KEYS,
    DEFAULT_KEYS,
    DERIVED_KEYS,
    FIELD_KEYS,
    FORM_KEYS,
    PART_KEYS,
    PIECE_KEYS,
    TERM_KEYS,
)
from borderliaison.forms.load import parse_form
from borderliaison.forms.types import TYPES
from borderliaison.forms.types.rows import TOTALS_KEYS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
FORMS = (REFERENCE / "forms.md").read_text(encoding="utf-8")
GLOSSARY = (REFERENCE / "glossary.md").read_text(encoding="utf-8")
DATA = sorted(Path(borderliaison.forms.__file__).parent.rglob("*.yaml"))

TABLES = {
    "A form": FORM_KEYS,
    "A piece of the title": PIECE_KEYS,
    "A part": PART_KEYS,
    "A field": FIELD_KEYS,
    "A condition": CONDITION_KEYS,
    "A cover": COVER_KEYS,
    "A term": TERM_KEYS,
    "A default": DEFAULT_KEYS,
    "A derived field": DERIVED_KEYS,
    "A code list": LIST_KEYS,
    "A code": CODE_KEYS,
    "Totals": TOTALS_KEYS,
    "The catalogue": CATALOGUE_KEYS,
    "A group of forms": GROUP_KEYS,
    "A form of the catalogue": ENTRY_KEYS,
    "Factors": FACTORS_KEYS,
    "A source": SOURCE_KEYS,
    "A factor": FACTOR_KEYS,
    "A grading scheme": SCALE_SHAPE.keys,
    "A part of a scheme": AXIS_KEYS,
    "A value of a scheme": VALUE_KEYS,
    "Words of classification": LABELS_SHAPE.keys,
    "A level": LEVEL_KEYS,
} | {f"`{name}`": kind.options for name, kind in TYPES.items()}


def section(text: str, heading: str) -> str:
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.M | re.S)
    assert found, heading
    return found[1]


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_is_documented_as_it_is_and_no_other(heading):
    expected = [
        [f"`{name}`", "yes" if key.required else "no", key.what]
        for name, key in TABLES[heading].items()
    ]
    assert rows(section(FORMS, heading)) == expected


def test_every_field_type_is_documented_and_no_other():
    assert re.findall(r"^#### `(\w+)`$", FORMS, re.M) == list(TYPES)
    for name, kind in TYPES.items():
        assert kind.about in section(FORMS, f"`{name}`")


def test_every_scheme_is_documented_and_no_other():
    expected = [[f"`{one.name}`", one.about, one.example, one.source] for one in SCHEMES.values()]
    assert rows(section(FORMS, "Schemes")) == expected


def test_the_example_is_a_form():
    example = re.search(r"```yaml\n(.*?)```", FORMS, re.S)
    assert example
    assert parse_form(example[1], "small.v1.yaml").form_id == "small"


def test_every_term_has_a_russian_word_and_a_meaning_and_stands_once():
    terms = []
    for heading in ("The field", "Markings", "The exchange", "Forms"):
        for english, russian, meaning in rows(section(GLOSSARY, heading)):
            terms += [one.strip() for one in english.split(",")]
            assert re.search("[а-яё]", russian), english
            assert meaning.endswith("."), english
    assert len(terms) == len(set(terms))
    needed = {"letter", "body", "entry", "frame", "ledger", "realm", "marking", "lookout"}
    assert needed <= set(terms)


def banned() -> list[str]:
    return [
        word.strip().lower()
        for cells in rows(section(GLOSSARY, "Not said"))
        for word in cells[0].split(",")
    ]


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_words_that_are_not_said_are_not_in_the_form_data(path):
    text = path.read_text(encoding="utf-8").lower()
    found = [word for word in banned() if re.search(rf"\b{re.escape(word)}\b", text)]
    assert not found


def test_the_test_would_find_a_word_that_is_not_said():
    assert {"nationality", "национальность", "release", "арест", "node"} <= set(banned())
