"""Sender and receiver over a carrier that loses, doubles, delays and reorders whatever it likes.

No database and no cryptography: the three state machines and the chain, driven by Hypothesis.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from borderliaison.exchange.core.chain import Line, Position
from borderliaison.exchange.core.entry import GENESIS
from borderliaison.exchange.core.receiver import Act, InState, Verdict, classify, decide
from borderliaison.exchange.core.reconcile import RECONCILE, compare
from borderliaison.exchange.core.sender import OutState, Signal, Window
from tests.exchange.core.test_receiver import chain

MOST = 40


@dataclass
class Receiver:
    """A receiver with its ledger in a list."""

    ledger: list[Line] = field(default_factory=list)
    state: InState = InState.OPEN

    @property
    def position(self) -> Position:
        return Position(len(self.ledger), self.ledger[-1].hash if self.ledger else GENESIS)

    def take(self, lines: Sequence[Line]) -> Verdict:
        known = {line.seq: line.hash for line in self.ledger}
        head = Position(lines[-1].seq, lines[-1].hash)
        arrival = classify(self.position, known, head, lines)
        verdict = decide(self.state, arrival, self.position, lines)
        self.state = verdict.state
        self.ledger += verdict.fresh
        return verdict


@given(st.data())
def test_frames_in_any_order_and_number_are_held_once_and_in_order(data: st.DataObject) -> None:
    lines = chain(data.draw(st.integers(1, 20)))
    cuts = data.draw(
        st.lists(
            st.tuples(st.integers(1, len(lines)), st.integers(1, 8)).map(
                lambda cut: lines[cut[0] - 1 : cut[0] - 1 + cut[1]]
            ),
            max_size=40,
        )
    )
    receiver = Receiver()
    for frame in cuts:
        before = len(receiver.ledger)
        verdict = receiver.take(frame)
        assert Act.QUARANTINE not in verdict.acts
        assert len(receiver.ledger) >= before
    assert receiver.ledger == lines[: len(receiver.ledger)]


class Exchange(RuleBasedStateMachine):
    """One stream over a carrier that does what Hypothesis wants."""

    def __init__(self) -> None:
        super().__init__()
        self.sealed: list[Line] = []
        self.window = Window()
        self.receiver = Receiver()
        self.frames: list[list[Line]] = []
        self.words: list[tuple[bool, Position]] = []

    @precondition(lambda self: len(self.sealed) < MOST)
    @rule(number=st.integers(1, 5))
    def seal(self, number: int) -> None:
        after = Position(len(self.sealed), self.sealed[-1].hash) if self.sealed else None
        self.sealed += chain(number, after=after)

    @rule(number=st.integers(1, 5))
    def send(self, number: int) -> None:
        first = self.window.next_to_send(len(self.sealed))
        if first is not None:
            self.frames.append(self.sealed[first - 1 : first - 1 + number])
            self.window = self.window.on(Signal.HANDED_OVER)

    @precondition(lambda self: self.frames)
    @rule(data=st.data(), stays=st.booleans())
    def a_frame_arrives(self, data: st.DataObject, stays: bool) -> None:
        at = data.draw(st.integers(0, len(self.frames) - 1))
        verdict = self.receiver.take(self.frames[at])
        if not stays:
            del self.frames[at]
        if Act.ACKNOWLEDGE in verdict.acts:
            self.words.append((True, self.receiver.position))
        elif Act.ASK in verdict.acts:
            self.words.append((False, self.receiver.position))

    @rule()
    def the_receiver_says_what_it_has(self) -> None:
        self.words.append((False, self.receiver.position))

    @precondition(lambda self: self.words)
    @rule(data=st.data(), stays=st.booleans())
    def a_word_arrives(self, data: st.DataObject, stays: bool) -> None:
        at = data.draw(st.integers(0, len(self.words) - 1))
        is_ack, position = self.words[at]
        self._hear(is_ack, position)
        if not stays:
            del self.words[at]

    @precondition(lambda self: self.frames or self.words)
    @rule()
    def everything_on_its_way_is_lost(self) -> None:
        self.frames.clear()
        self.words.clear()

    @rule()
    def no_answer_comes(self) -> None:
        self.window = self.window.on(Signal.SILENCE)

    @rule()
    def the_sender_is_killed_and_starts_again(self) -> None:
        acknowledged = self.window.acknowledged
        self.window = Window(at=acknowledged, acknowledged=acknowledged)

    @invariant()
    def the_receiver_holds_the_beginning_of_what_was_sealed(self) -> None:
        assert self.receiver.ledger == self.sealed[: len(self.receiver.ledger)]

    @invariant()
    def nothing_is_frozen_without_a_fork(self) -> None:
        assert self.receiver.state is InState.OPEN
        assert self.window.state is not OutState.FROZEN

    @invariant()
    def nothing_is_acknowledged_that_is_not_held(self) -> None:
        assert self.window.acknowledged <= len(self.receiver.ledger)

    def teardown(self) -> None:
        """Once the carrier behaves, everything that was sealed arrives, and both know it."""
        self._hear(False, self.receiver.position)
        for _ in range(MOST + 1):
            first = self.window.next_to_send(len(self.sealed))
            if first is None:
                break
            self.window = self.window.on(Signal.HANDED_OVER)
            self.receiver.take(self.sealed[first - 1 : first + 2])
            self._hear(True, self.receiver.position)
        assert self.receiver.ledger == self.sealed
        assert self.window.at == len(self.sealed)

    def _hear(self, is_ack: bool, position: Position) -> None:
        hashes = [GENESIS, *(line.hash for line in self.sealed)]
        signal = RECONCILE[compare(len(self.sealed), hashes.__getitem__, position)]
        if is_ack and signal is Signal.HAS_N:
            signal = Signal.ACKNOWLEDGED
        self.window = self.window.on(signal, position.seq)


TestExchange = Exchange.TestCase
TestExchange.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
