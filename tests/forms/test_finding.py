"""Words and numbers as they are compared, and what was typed as it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.forms.finding.query import (
    MAX_TERMS,
    Phrase,
    Word,
    matched,
    read_query,
)
from borderliaison.forms.finding.words import spelled


def finds(typed: str, text: str) -> bool:
    """Whether all that was typed is in a text."""
    terms = read_query(typed).terms
    return {one for one, _start, _end in matched(terms, text)} == set(terms)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("toqtosunov", "Токтосунов"),
        ("Токтосунов", "Toktosunov"),
        ("токтос", "TOQTOSUNOV"),
        ("усөнов", "Усөнов Бакыт"),
        ("орел", "Орёл"),
        ("Ўктам", "Уктам Каримов"),
        ("uktam", "Oʻktam"),
        ("oktam", "Ўктам"),
        ("dostlik", "Дўстлик"),
        ("jalalabad", "Джалал-Абад"),
        ("жалал абад", "Jalal-Abad"),
        ("ashgabat", "Aşgabat"),
        ("7784", "KG 01 7784 AD"),
        ("kg017784ad", "KG 01 7784 AD"),
        ("KG 01 7784 AD", "KG017784AD"),
        ("01 7784", "KG017784AD"),
        ("777abc", "01KG777ABC"),
        ("01КГ777АВС", "01KГ777ABC"),
        ("996555123456", "+996 555 12-34-56"),
        ("+996 (555) 123456", "996555123456"),
        ("52471234", "5247 1234"),
        ("0117", "KG-BDB-2026-0117"),
        ("bdb-2026-0117", "KG-BDB-2026-0117"),
        ("lorry grey", "Grey lorry with trailer"),
        ('"grey lorry"', "A grey lorry"),
        ("«серый грузовик»", "Видели серый грузовик"),
    ],
)
def test_it_is_found_however_it_is_spelled(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('"lorry grey"', "Grey lorry"),
        ('"grey lor"', "Grey lorry"),
        ("orry", "Grey lorry"),
        ("lorry van", "Grey lorry"),
        ("4AD", "KG 01 7784 AD"),
        ("a", "Abdyrakhmanova"),
        ("7785", "KG 01 7784 AD"),
    ],
)
def test_it_is_not_found_by_what_it_is_not(typed: str, text: str) -> None:
    assert not finds(typed, text)


def test_what_is_marked_is_the_word_as_it_stands_in_the_text() -> None:
    text = "Видели Toqtosunov в 01 KG 777 ABC"
    spans = matched(read_query("токтосунов 777abc").terms, text)
    assert {text[start:end] for _term, start, end in spans} == {"Toqtosunov", "01 KG 777 ABC"}


def test_words_in_quotes_are_a_phrase_and_an_open_quote_is_none() -> None:
    assert read_query('"grey lorry"').terms == (Phrase((("grei",), ("lori",))),)
    assert read_query('"grey lor').terms == (Word(("grei",)), Word(("lor",)))


def test_more_words_than_are_looked_for_are_counted() -> None:
    query = read_query(" ".join(chr(97 + n) * 2 + chr(98 + n) for n in range(15)))
    assert (len(query.terms), query.left_out) == (MAX_TERMS, 3)


@given(st.text(max_size=60))
def test_any_text_has_its_words_in_order_and_within_it(text: str) -> None:
    for one in spelled(text):
        assert 0 <= one.start < one.end <= len(text)
        assert all(one.keys)
    assert read_query(text).left_out >= 0
