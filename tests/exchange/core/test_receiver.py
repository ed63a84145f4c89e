"""The receiver of a stream, case by case."""

import hashlib

import pytest

from borderliaison.exchange.core.chain import Line, Position
from borderliaison.exchange.core.entry import GENESIS
from borderliaison.exchange.core.receiver import Act, Arrival, InState, classify, decide


def chain(number: int, salt: str = "", after: Position | None = None) -> list[Line]:
    """Make ``number`` linked lines, beginning after a position."""
    seq, prev = (after.seq, after.hash) if after else (0, GENESIS)
    lines = []
    for _ in range(number):
        seq += 1
        own = hashlib.sha256(prev + f"{seq}{salt}".encode()).digest()
        lines.append(Line(seq, prev, own))
        prev = own
    return lines


def at(lines: list[Line], seq: int) -> Position:
    return Position(seq, lines[seq - 1].hash) if seq else Position(0, GENESIS)


def seen(held: int, sent: list[Line], history: list[Line], head: Position | None = None) -> Arrival:
    """Classify ``sent`` beside the first ``held`` lines of ``history``."""
    known = {line.seq: line.hash for line in history[:held]}
    named = head or Position(sent[-1].seq, sent[-1].hash)
    return classify(at(history, held), known, named, sent)


LINES = chain(6)


@pytest.mark.parametrize(
    ("held", "first", "last", "arrival"),
    [
        (0, 1, 6, Arrival.NEXT),
        (3, 4, 4, Arrival.NEXT),
        (3, 2, 5, Arrival.NEXT),
        (3, 1, 3, Arrival.REPLAY),
        (3, 2, 2, Arrival.REPLAY),
        (3, 5, 6, Arrival.GAP),
        (0, 2, 2, Arrival.GAP),
    ],
)
def test_a_frame_is_seen_beside_what_is_held(
    held: int, first: int, last: int, arrival: Arrival
) -> None:
    assert seen(held, LINES[first - 1 : last], LINES) is arrival


def test_entries_that_do_not_follow_one_another_are_broken() -> None:
    assert seen(0, [LINES[0], LINES[2]], LINES) is Arrival.BROKEN
    assert seen(0, [LINES[1], LINES[0]], LINES) is Arrival.BROKEN
    assert seen(0, [], LINES, at(LINES, 1)) is Arrival.BROKEN


def test_entries_that_do_not_lead_to_the_head_are_broken() -> None:
    assert seen(0, LINES[:3], LINES, at(LINES, 4)) is Arrival.BROKEN
    assert seen(0, LINES[:3], LINES, Position(3, bytes(32))) is Arrival.BROKEN


def test_entries_that_do_not_follow_what_is_held_are_broken() -> None:
    other = chain(6, "other")
    assert seen(3, other[3:5], LINES) is Arrival.BROKEN


def test_another_hash_under_a_number_that_is_held_is_a_fork() -> None:
    other = chain(4, "other", at(LINES, 2))
    assert seen(3, other, LINES) is Arrival.FORK
    assert seen(3, other[:1], LINES) is Arrival.FORK


def test_only_new_lines_are_ledgered() -> None:
    verdict = decide(InState.OPEN, Arrival.NEXT, at(LINES, 3), LINES[1:5])
    assert [line.seq for line in verdict.fresh] == [4, 5]
    assert verdict.acts == (Act.LEDGER, Act.ACKNOWLEDGE)


@pytest.mark.parametrize("arrival", list(Arrival))
@pytest.mark.parametrize("state", list(InState))
def test_nothing_is_ledgered_but_the_next_frame_of_an_open_stream(
    state: InState, arrival: Arrival
) -> None:
    verdict = decide(state, arrival, at(LINES, 0), LINES)
    assert (Act.LEDGER in verdict.acts) == (state is InState.OPEN and arrival is Arrival.NEXT)
    assert bool(verdict.fresh) == (Act.LEDGER in verdict.acts)


@pytest.mark.parametrize("arrival", list(Arrival))
def test_a_frozen_stream_stays_frozen(arrival: Arrival) -> None:
    assert decide(InState.FROZEN, arrival, at(LINES, 0), LINES).state is InState.FROZEN
