"""Either side put back to any earlier state, at any moment, over a carrier that loses and reorders.

No database and no cryptography: epochs, marks and the receiver's table, driven by Hypothesis. Whatever
one side still holds is held by both in the end, once, and in the order in which it was sealed.
"""

import hashlib
from copy import deepcopy
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from borderliaison.exchange.core.chain import Line, Position
from borderliaison.exchange.core.entry import GENESIS
from borderliaison.exchange.core.receiver import Act, InState, classify, decide
from borderliaison.exchange.core.reconcile import Comparison, compare
from borderliaison.exchange.core.water import Mark, is_behind

MOST = 30
Ledger = dict[int, list[Line]]


def position(lines: list[Line]) -> Position:
    return Position(len(lines), lines[-1].hash if lines else GENESIS)


def prefix(lines: list[Line], of: list[Line]) -> bool:
    return lines == of[: len(lines)]


@dataclass
class Sender:
    """A sender's ledger of one lane; ``follows`` is what the first entry of an epoch names."""

    epochs: Ledger = field(default_factory=lambda: {1: []})
    follows: dict[int, bytes] = field(default_factory=lambda: {1: GENESIS})
    reconciled: bool = True

    @property
    def newest(self) -> int:
        return max(self.epochs)

    def begin_next(self, after: int = 0) -> None:
        held = [lines[-1].hash for _, lines in sorted(self.epochs.items()) if lines]
        epoch = max(self.newest, after) + 1
        self.epochs[epoch], self.follows[epoch] = [], held[-1] if held else GENESIS
        self.reconciled = False


class Restores(RuleBasedStateMachine):
    """One lane between two offices."""

    def __init__(self) -> None:
        super().__init__()
        self.sender = Sender()
        self.held: Ledger = {}
        self.mark = Mark(1)
        self.number = 0
        self.frames: list[tuple[int, list[Line]]] = []
        self.sender_copies = [deepcopy(self.sender)]
        self.receiver_copies: list[Ledger] = [{}]

    @precondition(lambda self: self.sender.reconciled and self.number < MOST)
    @rule(number=st.integers(1, 4))
    def seal_and_mark(self, number: int) -> None:
        epoch = self.sender.newest
        lines = self.sender.epochs[epoch]
        for _ in range(number):
            prev = lines[-1].hash if lines else self.sender.follows[epoch]
            self.number += 1
            own = hashlib.sha256(prev + str(self.number).encode()).digest()
            lines.append(Line(len(lines) + 1, prev, own))
        self.mark = Mark(epoch, len(lines), lines[-1].hash)

    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        """Send the first that is missing there, or something from before it: an old frame again."""
        for epoch, lines in sorted(self.sender.epochs.items()):
            has = len(self.held.get(epoch, []))
            if has < len(lines):
                first = data.draw(st.integers(0, has))
                self.frames.append((epoch, lines[first : has + data.draw(st.integers(1, 4))]))
                return

    @precondition(lambda self: self.frames)
    @rule(data=st.data(), stays=st.booleans())
    def a_frame_arrives(self, data: st.DataObject, stays: bool) -> None:
        at = data.draw(st.integers(0, len(self.frames) - 1))
        self._take(*self.frames[at])
        if not stays:
            del self.frames[at]

    @rule()
    def everything_on_its_way_is_lost(self) -> None:
        self.frames.clear()

    @rule()
    def copies_are_taken(self) -> None:
        self.sender_copies.append(deepcopy(self.sender))
        self.receiver_copies.append(deepcopy(self.held))

    @rule(data=st.data())
    def the_receiver_is_put_back(self, data: st.DataObject) -> None:
        self.held = deepcopy(data.draw(st.sampled_from(self.receiver_copies)))

    @rule(data=st.data())
    def the_sender_is_put_back(self, data: st.DataObject) -> None:
        """Frames of the lost database may still be on their way; what was sealed is not lost with it."""
        self.sender = deepcopy(data.draw(st.sampled_from(self.sender_copies)))
        newest = self.sender.newest
        lines = self.sender.epochs[newest]
        top = position(lines)
        hashes = [GENESIS, *(line.hash for line in lines)]
        mark = Mark(newest, top.seq, top.hash)
        if is_behind(mark, dict(enumerate(hashes)).get, self.mark):
            self.sender.begin_next(self.mark.epoch)
            self.mark = Mark(self.sender.newest)

    @rule()
    def heads_are_swapped_and_what_was_lost_is_given_back(self) -> None:
        self._reconcile()

    @invariant()
    def no_history_is_doubled(self) -> None:
        for epoch, lines in self.held.items():
            ours = self.sender.epochs.get(epoch, [])
            assert prefix(lines, ours) or prefix(ours, lines)

    def teardown(self) -> None:
        """Once the carrier behaves, both hold the same, each line once and in its order."""
        known = {
            line.hash
            for side in (self.sender.epochs, self.held)
            for x in side.values()
            for line in x
        }
        self._reconcile()
        for _ in range(4 * MOST):
            missing = [
                (epoch, lines[len(self.held.get(epoch, [])) :])
                for epoch, lines in sorted(self.sender.epochs.items())
                if len(self.held.get(epoch, [])) < len(lines)
            ]
            if not missing:
                break
            self._take(*missing[0])
        ours = {epoch: lines for epoch, lines in self.sender.epochs.items() if lines}
        assert self.held == ours
        assert {line.hash for lines in ours.values() for line in lines} == known

    def _take(self, epoch: int, lines: list[Line]) -> None:
        ledger = self.held.get(epoch, [])
        earlier = {x.hash for e, held in self.held.items() if e < epoch for x in held}
        held, head = position(ledger), Position(lines[-1].seq, lines[-1].hash)
        known = {line.seq: line.hash for line in ledger}
        is_old_head = earlier.__contains__ if epoch > 1 and not ledger else None
        arrival = classify(held, known, head, lines, is_old_head)
        verdict = decide(InState.OPEN, arrival, held, lines)
        assert Act.QUARANTINE not in verdict.acts
        if verdict.fresh:
            self.held[epoch] = [*ledger, *verdict.fresh]

    def _reconcile(self) -> None:
        for epoch, lines in self.held.items():
            ours = self.sender.epochs.setdefault(epoch, [])
            self.sender.follows.setdefault(epoch, GENESIS)
            hashes = [GENESIS, *(line.hash for line in ours)]
            found = compare(len(ours), hashes.__getitem__, position(lines))
            assert found is not Comparison.DIVERGED
            if found is Comparison.BEYOND:
                ours += lines[len(ours) :]
                if epoch == self.sender.newest:
                    self.sender.begin_next()
        self.sender.reconciled = True


TestRestores = Restores.TestCase
TestRestores.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
