"""The state machine of a request: the table, and that order, repetition and delay change nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.correspondence.requests.standing import OWING, TABLE, Kind, Made, State, standing

BEGUN = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
ASKED_FOR = BEGUN + timedelta(hours=24)


def _at(minutes: int) -> datetime:
    return BEGUN + timedelta(minutes=minutes)


def _move(kind: Kind, minutes: int = 1, by_asker: bool = False, **more: object) -> Made:
    return Made(kind, by_asker, _at(minutes), **more)  # type: ignore[arg-type]


OFFICES = st.builds(
    Made,
    kind=st.sampled_from([one for one in Kind if one is not Kind.WITHDRAW]),
    by_asker=st.just(False),
    at=st.integers(0, 20).map(_at),
    code=st.sampled_from(["", "too_broad", "other"]),
    due_at=st.none() | st.integers(0, 5000).map(_at),
)
ASKERS = st.builds(
    Made,
    kind=st.sampled_from([Kind.WITHDRAW, Kind.RESUME]),
    by_asker=st.just(True),
    at=st.integers(0, 20).map(_at),
)
MOVES = st.lists(OFFICES | ASKERS, max_size=8)


def test_a_request_of_which_nothing_is_known_is_open_until_its_deadline() -> None:
    now = standing(ASKED_FOR, [])
    assert (now.state, now.due_at) == (State.OPEN, ASKED_FOR)
    assert not now.is_late(ASKED_FOR)
    assert now.is_late(ASKED_FOR + timedelta(seconds=1))


@given(MOVES, st.randoms(use_true_random=False), st.data())
def test_order_and_repetition_change_nothing(
    moves: list[Made], chance: object, data: st.DataObject
) -> None:
    again = moves + data.draw(
        st.lists(st.sampled_from(moves), max_size=4) if moves else st.just([])
    )
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert standing(ASKED_FOR, again) == standing(ASKED_FOR, moves)


@given(MOVES, MOVES)
def test_an_answer_ends_it_whatever_comes_before_or_late(
    early: list[Made], late: list[Made]
) -> None:
    answer = _move(Kind.ANSWER, 10)
    assert standing(ASKED_FOR, [*early, answer, *late]).state is State.ANSWERED


@given(MOVES)
def test_withdrawn_is_stronger_than_everything_but_an_answer(moves: list[Made]) -> None:
    now = standing(ASKED_FOR, [*moves, _move(Kind.WITHDRAW, 30, by_asker=True)])
    answered = any(one.kind is Kind.ANSWER for one in moves)
    assert now.state is (State.ANSWERED if answered else State.WITHDRAWN)


@given(MOVES)
def test_what_was_taken_back_counts_for_nothing(moves: list[Made]) -> None:
    refused = [*moves, _move(Kind.REFUSE, 30, code="other"), _move(Kind.RESUME, 31)]
    withdrawn = [
        *moves,
        _move(Kind.WITHDRAW, 30, by_asker=True),
        _move(Kind.RESUME, 31, by_asker=True),
    ]
    assert standing(ASKED_FOR, refused).state is not State.REFUSED
    assert standing(ASKED_FOR, withdrawn).state is not State.WITHDRAWN


@given(MOVES)
def test_only_what_is_owed_can_be_late(moves: list[Made]) -> None:
    now = standing(ASKED_FOR, moves)
    assert now.is_late(BEGUN + timedelta(days=9)) == (now.state in OWING)


def test_the_last_deadline_that_an_office_announced_holds() -> None:
    first = _move(Kind.EXTEND, 1, due_at=_at(3000))
    second = _move(Kind.EXTEND, 2, due_at=_at(2000))
    now = standing(ASKED_FOR, [second, first])
    assert (now.state, now.due_at) == (State.EXTENDED, _at(2000))


def test_a_part_says_until_when_the_rest_follows() -> None:
    now = standing(ASKED_FOR, [_move(Kind.PART, due_at=_at(3000))])
    assert (now.state, now.due_at) == (State.PARTLY, _at(3000))


def test_a_refusal_keeps_the_last_code_and_an_answer_after_it_counts() -> None:
    refused = [_move(Kind.REFUSE, 2, code="too_broad"), _move(Kind.REFUSE, 1, code="other")]
    assert standing(ASKED_FOR, refused).code == "too_broad"
    now = standing(ASKED_FOR, [*refused, _move(Kind.ANSWER, 3)])
    assert (now.state, now.code) == (State.ANSWERED, "")


@pytest.mark.parametrize("state", sorted({one for one, _kind in TABLE}))
@pytest.mark.parametrize("kind", [Kind.EXTEND, Kind.PART, Kind.REFUSE])
def test_the_table_says_what_follows_from_every_state(state: State, kind: Kind) -> None:
    assert TABLE[state, kind] in State


def test_the_protocol_says_what_the_code_does() -> None:
    page = Path(__file__).parents[2] / "docs" / "protocols" / "PR-4-correspondence.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    head = next(place for place, line in enumerate(lines) if line.startswith("| state"))
    kinds = [Kind(one.strip(" `")) for one in lines[head].split("|")[2:-1]]
    for line in lines[head + 2 : head + 2 + len(State)]:
        name, *after = [one.strip() for one in line.split("|")[1:-1]]
        for kind, state in zip(kinds, after, strict=True):
            made = [*REACHED[State(name)], _move(kind, 9, by_asker=kind is Kind.WITHDRAW, code="x")]
            assert standing(ASKED_FOR, made).state == State(state), f"{name}, {kind}"


REACHED: dict[State, list[Made]] = {
    State.OPEN: [],
    State.EXTENDED: [_move(Kind.EXTEND)],
    State.PARTLY: [_move(Kind.PART)],
    State.REFUSED: [_move(Kind.REFUSE, code="other")],
    State.WITHDRAWN: [_move(Kind.WITHDRAW, by_asker=True)],
    State.ANSWERED: [_move(Kind.ANSWER)],
}
"""How each state is reached."""
