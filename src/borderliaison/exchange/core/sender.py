"""The sender, as two state machines: the stages of one letter to one office, and the window of a stream.

Invariant: a stage only ever moves down the ladder (saved, sealed, sent, delivered or refused), whatever
comes twice, late or in another order; only a person who closes a stream has it sealed anew. The window
may go back: "I have n" outranks old acknowledgements.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from borderliaison.kernel.errors import LiaisonError


class ImpossibleStep(LiaisonError):
    """A letter cannot take this step from where it is: the ledger contradicts itself."""

    code = "E-EXC-20"


class Stage(StrEnum):
    """How far a letter to one office has come."""

    SAVED = "saved"
    SEALED = "sealed"
    SENT = "sent"
    DELIVERED = "delivered"
    """The office's ledger holds it: it has signed that."""
    REFUSED = "refused"
    """The office's ledger holds the entry, and the office has refused what it carries."""


class Step(StrEnum):
    """What happens to a letter on its way to one office."""

    SEAL = "seal"
    SEND = "send"
    DELIVER = "deliver"
    REFUSE = "refuse"
    AGAIN = "again"
    """A person has closed the stream that it was sealed in: it is sealed anew in the next epoch."""


STAGES: Final[Mapping[tuple[Stage, Step], Stage]] = {
    (Stage.SAVED, Step.SEAL): Stage.SEALED,
    (Stage.SAVED, Step.AGAIN): Stage.SAVED,
    (Stage.SEALED, Step.SEAL): Stage.SEALED,
    (Stage.SEALED, Step.SEND): Stage.SENT,
    (Stage.SEALED, Step.DELIVER): Stage.DELIVERED,
    (Stage.SEALED, Step.REFUSE): Stage.REFUSED,
    (Stage.SEALED, Step.AGAIN): Stage.SAVED,
    (Stage.SENT, Step.SEAL): Stage.SENT,
    (Stage.SENT, Step.SEND): Stage.SENT,
    (Stage.SENT, Step.DELIVER): Stage.DELIVERED,
    (Stage.SENT, Step.REFUSE): Stage.REFUSED,
    (Stage.SENT, Step.AGAIN): Stage.SAVED,
    (Stage.DELIVERED, Step.SEAL): Stage.DELIVERED,
    (Stage.DELIVERED, Step.SEND): Stage.DELIVERED,
    (Stage.DELIVERED, Step.DELIVER): Stage.DELIVERED,
    (Stage.DELIVERED, Step.REFUSE): Stage.DELIVERED,
    (Stage.DELIVERED, Step.AGAIN): Stage.DELIVERED,
    (Stage.REFUSED, Step.SEAL): Stage.REFUSED,
    (Stage.REFUSED, Step.SEND): Stage.REFUSED,
    (Stage.REFUSED, Step.DELIVER): Stage.REFUSED,
    (Stage.REFUSED, Step.REFUSE): Stage.REFUSED,
    (Stage.REFUSED, Step.AGAIN): Stage.REFUSED,
}


def step(stage: Stage, what: Step) -> Stage:
    """Return the stage after a step.

    Raises:
        ImpossibleStep: the letter was not even sealed.
    """
    try:
        return STAGES[stage, what]
    except KeyError as error:
        raise ImpossibleStep(f"{what} after {stage}") from error


class OutState(StrEnum):
    """Whether a stream that we send may send now."""

    OPEN = "open"
    IN_FLIGHT = "in_flight"
    """One frame is on its way: no second one until it is answered or given up."""
    FROZEN = "frozen"
    """The peer holds another history than ours. A person has to decide."""
    CLOSED = "closed"
    """A person has decided: nothing of this stream is sent any more, a later epoch goes on."""


class Signal(StrEnum):
    """What the window hears."""

    HANDED_OVER = "handed_over"
    """A frame was given to the carrier."""
    ACKNOWLEDGED = "acknowledged"
    """The peer has signed that it holds everything up to n."""
    SILENCE = "silence"
    """The frame was not answered in time, or the carrier failed."""
    HAS_N = "has_n"
    """The peer says that it has n of ours, with our hash."""
    HAS_OTHER = "has_other"
    """The peer says that it has n, with another hash."""
    HAS_MORE = "has_more"
    """The peer says that it has more than we ever sent: it is asked to give that back."""


class Move(StrEnum):
    """What becomes of the place from which the window sends next."""

    STAY = "stay"
    TO_N = "to_n"
    """Go on after n, be it forwards or back."""
    FORWARD_TO_N = "forward_to_n"
    """Go on after n, but never back: an acknowledgement may be old."""
    TO_ACKNOWLEDGED = "to_acknowledged"
    """Go back to what was last acknowledged."""


WINDOW: Final[Mapping[tuple[OutState, Signal], tuple[OutState, Move]]] = {
    (OutState.OPEN, Signal.HANDED_OVER): (OutState.IN_FLIGHT, Move.STAY),
    (OutState.OPEN, Signal.ACKNOWLEDGED): (OutState.OPEN, Move.FORWARD_TO_N),
    (OutState.OPEN, Signal.SILENCE): (OutState.OPEN, Move.TO_ACKNOWLEDGED),
    (OutState.OPEN, Signal.HAS_N): (OutState.OPEN, Move.TO_N),
    (OutState.OPEN, Signal.HAS_OTHER): (OutState.FROZEN, Move.STAY),
    (OutState.OPEN, Signal.HAS_MORE): (OutState.OPEN, Move.TO_N),
    (OutState.IN_FLIGHT, Signal.HANDED_OVER): (OutState.IN_FLIGHT, Move.STAY),
    (OutState.IN_FLIGHT, Signal.ACKNOWLEDGED): (OutState.OPEN, Move.FORWARD_TO_N),
    (OutState.IN_FLIGHT, Signal.SILENCE): (OutState.OPEN, Move.TO_ACKNOWLEDGED),
    (OutState.IN_FLIGHT, Signal.HAS_N): (OutState.OPEN, Move.TO_N),
    (OutState.IN_FLIGHT, Signal.HAS_OTHER): (OutState.FROZEN, Move.STAY),
    (OutState.IN_FLIGHT, Signal.HAS_MORE): (OutState.OPEN, Move.TO_N),
    (OutState.FROZEN, Signal.HANDED_OVER): (OutState.FROZEN, Move.STAY),
    (OutState.FROZEN, Signal.ACKNOWLEDGED): (OutState.FROZEN, Move.STAY),
    (OutState.FROZEN, Signal.SILENCE): (OutState.FROZEN, Move.STAY),
    (OutState.FROZEN, Signal.HAS_N): (OutState.FROZEN, Move.STAY),
    (OutState.FROZEN, Signal.HAS_OTHER): (OutState.FROZEN, Move.STAY),
    (OutState.FROZEN, Signal.HAS_MORE): (OutState.FROZEN, Move.STAY),
    (OutState.CLOSED, Signal.HANDED_OVER): (OutState.CLOSED, Move.STAY),
    (OutState.CLOSED, Signal.ACKNOWLEDGED): (OutState.CLOSED, Move.STAY),
    (OutState.CLOSED, Signal.SILENCE): (OutState.CLOSED, Move.STAY),
    (OutState.CLOSED, Signal.HAS_N): (OutState.CLOSED, Move.STAY),
    (OutState.CLOSED, Signal.HAS_OTHER): (OutState.CLOSED, Move.STAY),
    (OutState.CLOSED, Signal.HAS_MORE): (OutState.CLOSED, Move.STAY),
}


@dataclass(frozen=True, slots=True)
class Window:
    """Where the sender of one stream is.

    Attributes:
        state: whether it may send.
        at: the last number that the peer is taken to have; ``at + 1`` is sent next.
        acknowledged: the highest number that the peer has signed for.
    """

    state: OutState = OutState.OPEN
    at: int = 0
    acknowledged: int = 0

    def on(self, signal: Signal, n: int = 0) -> "Window":
        """Return the window after a signal; ``n`` is the number that the peer named."""
        state, move = WINDOW[self.state, signal]
        acknowledged = self.acknowledged
        if signal is Signal.ACKNOWLEDGED and move is Move.FORWARD_TO_N:
            acknowledged = max(acknowledged, n)
        at = {
            Move.STAY: self.at,
            Move.TO_N: n,
            Move.FORWARD_TO_N: max(self.at, n),
            Move.TO_ACKNOWLEDGED: min(self.at, acknowledged),
        }[move]
        return replace(self, state=state, at=at, acknowledged=acknowledged)

    def next_to_send(self, top: int) -> int | None:
        """Return the number to send next, where there is one and the window may send."""
        return self.at + 1 if self.state is OutState.OPEN and self.at < top else None
