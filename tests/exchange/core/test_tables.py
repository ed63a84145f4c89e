"""The tables of PR-2 are those of the code."""

import ast
import inspect
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from pathlib import Path

import pytest

from borderliaison.exchange.core.judge import Refusal
from borderliaison.exchange.core.receiver import RECEIVER, Act, Arrival, InState
from borderliaison.exchange.core.reconcile import RECONCILE, Comparison
from borderliaison.exchange.core.sender import STAGES, WINDOW, OutState, Signal, Stage, Step

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "protocols" / "PR-2.md"


def _table(name: str) -> list[tuple[str, ...]]:
    text = DOCUMENT.read_text(encoding="utf-8")
    _, found, rest = text.partition(f"<!-- table: {name} -->\n")
    assert found, name
    lines = rest.partition("<!-- end -->")[0].splitlines()[2:]
    return [tuple(cell.strip(" `") for cell in line.strip("|").split("|")) for line in lines]


def _said(kind: type[Enum]) -> Iterator[tuple[str, str]]:
    """The members of an enum, each with the sentence that stands below it."""
    body = ast.parse(inspect.getsource(kind)).body[0].body  # type: ignore[attr-defined]
    for member, sentence in pairwise(body):
        if isinstance(member, ast.Assign) and isinstance(sentence, ast.Expr):
            yield ast.literal_eval(member.value), ast.literal_eval(sentence.value)


def test_the_receivers_table_is_the_codes() -> None:
    assert _table("receiver") == [
        (state, arrival, after, ", ".join(acts))
        for (state, arrival), (after, acts) in RECEIVER.items()
    ]


def test_the_ladder_is_the_codes() -> None:
    assert _table("stages") == [(s, what, after) for (s, what), after in STAGES.items()]


def test_the_windows_table_is_the_codes() -> None:
    assert _table("window") == [
        (state, signal, after, move) for (state, signal), (after, move) in WINDOW.items()
    ]


def test_the_table_of_reconciling_is_the_codes() -> None:
    assert _table("reconcile") == list(RECONCILE.items())


@pytest.mark.parametrize(
    ("name", "kind"), [("arrival", Arrival), ("act", Act), ("refusal", Refusal)]
)
def test_each_word_means_what_the_code_says(name: str, kind: type[Enum]) -> None:
    assert _table(name) == list(_said(kind))
    assert len(_table(name)) == len(kind)


def test_no_case_is_left_out() -> None:
    assert set(RECEIVER) == {(s, a) for s in InState for a in Arrival}
    assert set(WINDOW) == {(s, a) for s in OutState for a in Signal}
    assert set(RECONCILE) == set(Comparison)
    impossible = {(Stage.SAVED, Step.SEND), (Stage.SAVED, Step.DELIVER), (Stage.SAVED, Step.REFUSE)}
    assert set(STAGES) == {(s, w) for s in Stage for w in Step} - impossible
