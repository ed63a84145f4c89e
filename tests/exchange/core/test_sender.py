"""The ladder of a letter and the window of a stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.exchange.core.sender import (
    ImpossibleStep,
    OutState,
    Signal,
    Stage,
    Step,
    Window,
    step,
)

ORDER = [Stage.SAVED, Stage.SEALED, Stage.SENT, Stage.DELIVERED, Stage.REFUSED]
numbers = st.integers(0, 50)
signals = st.lists(st.tuples(st.sampled_from(Signal), numbers), max_size=30)


BY_ITSELF = [one for one in Step if one is not Step.AGAIN]


@pytest.mark.parametrize("stage", Stage)
def test_only_a_person_has_a_letter_sealed_again_and_never_one_that_has_arrived(
    stage: Stage,
) -> None:
    arrived = stage in (Stage.DELIVERED, Stage.REFUSED)
    assert step(stage, Step.AGAIN) is (stage if arrived else Stage.SAVED)


@given(st.lists(st.sampled_from(BY_ITSELF)))
def test_a_letter_only_ever_moves_down_the_ladder(steps: list[Step]) -> None:
    stage = Stage.SEALED
    for one in steps:
        after = step(stage, one)
        assert ORDER.index(after) >= ORDER.index(stage)
        assert step(after, one) is after
        stage = after


@pytest.mark.parametrize("final", [Stage.DELIVERED, Stage.REFUSED])
@pytest.mark.parametrize("what", list(Step))
def test_what_the_peer_has_said_of_a_letter_is_final(final: Stage, what: Step) -> None:
    assert step(final, what) is final


@pytest.mark.parametrize("what", [Step.SEND, Step.DELIVER, Step.REFUSE])
def test_what_was_never_sealed_was_never_sent(what: Step) -> None:
    with pytest.raises(ImpossibleStep):
        step(Stage.SAVED, what)


@given(signals)
def test_what_was_acknowledged_stays_acknowledged(heard: list[tuple[Signal, int]]) -> None:
    window = Window()
    for signal, n in heard:
        after = window.on(signal, n)
        assert after.acknowledged >= window.acknowledged
        window = after


@given(signals)
def test_one_frame_at_a_time_is_on_its_way(heard: list[tuple[Signal, int]]) -> None:
    window = Window()
    for signal, n in heard:
        window = window.on(signal, n)
        if window.state is not OutState.OPEN:
            assert window.next_to_send(top=100) is None


@given(signals, numbers)
def test_what_the_peer_has_outranks_old_acknowledgements(
    heard: list[tuple[Signal, int]], n: int
) -> None:
    window = Window()
    for signal, number in heard:
        window = window.on(signal, number)
    after = window.on(Signal.HAS_N, n)
    if window.state is not OutState.FROZEN:
        assert after.next_to_send(top=n + 1) == n + 1


def test_an_old_acknowledgement_does_not_move_the_window_back() -> None:
    window = Window().on(Signal.ACKNOWLEDGED, 9).on(Signal.ACKNOWLEDGED, 4)
    assert (window.at, window.acknowledged) == (9, 9)


def test_silence_goes_back_to_what_was_acknowledged() -> None:
    window = Window().on(Signal.ACKNOWLEDGED, 4).on(Signal.HAS_N, 9).on(Signal.HANDED_OVER)
    assert window.on(Signal.SILENCE).next_to_send(top=12) == 5


@given(signals)
def test_a_window_that_is_frozen_sends_no_more(heard: list[tuple[Signal, int]]) -> None:
    window = Window().on(Signal.HAS_OTHER)
    for signal, n in heard:
        window = window.on(signal, n)
    assert window == Window(OutState.FROZEN)
