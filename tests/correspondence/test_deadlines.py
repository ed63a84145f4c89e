"""Deadlines as data: the shipped table is whole, a pair stands before it, an own file before both."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from borderliaison.correspondence.requests.deadlines import URGENCIES, What, keep_own_in, time_for
from borderliaison.forms.errors import BadFile
from borderliaison.kernel.ids import OfficeCode

BOR_DOBO, DOSTUK, DUSTLIK = OfficeCode("KG-BDB"), OfficeCode("KG-DST"), OfficeCode("UZ-DUS")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    keep_own_in(settings.NODE.directory)


@pytest.mark.parametrize("what", What)
def test_the_shipped_table_has_a_time_for_everything(what: What) -> None:
    for urgency in (*URGENCIES, "Immediate", "what nobody knows", ""):
        assert time_for(what, urgency, BOR_DOBO, DOSTUK) > timedelta()
    assert time_for(what, "Immediate", BOR_DOBO, DOSTUK) <= time_for(
        what, "Future", BOR_DOBO, DOSTUK
    )


def test_two_countries_may_have_times_of_their_own_in_either_direction() -> None:
    assert time_for(What.ANSWER, "Immediate", BOR_DOBO, DUSTLIK) == timedelta(hours=4)
    assert time_for(What.ANSWER, "Immediate", DUSTLIK, BOR_DOBO) == timedelta(hours=4)
    assert time_for(What.ANSWER, "Immediate", BOR_DOBO, DOSTUK) == timedelta(hours=2)


def test_the_offices_own_file_comes_first_and_names_only_what_differs(tmp_path: Path) -> None:
    own = "answer: {immediate: 30 min}\npairs:\n  KG-UZ:\n    answer: {future: 20 d}\n"
    (tmp_path / "deadlines.yaml").write_text(own, encoding="utf-8")
    keep_own_in(tmp_path)
    assert time_for(What.ANSWER, "Immediate", BOR_DOBO, DOSTUK) == timedelta(minutes=30)
    assert time_for(What.ANSWER, "Future", BOR_DOBO, DUSTLIK) == timedelta(days=20)
    assert time_for(What.ANSWER, "Expected", BOR_DOBO, DOSTUK) == timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("answer: {immediate: soon}", 1),
        ("answer:\n  at_once: 1 h", 2),
        ("pairs:\n  UZBEKISTAN:\n    answer: {future: 1 d}", 2),
        ("answer: {immediate: 0 min}", 1),
        ("[1, 2]", 1),
    ],
)
def test_a_line_that_is_not_in_its_form_is_named(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "deadlines.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        keep_own_in(tmp_path)
    assert caught.value.problems[0].line == line
