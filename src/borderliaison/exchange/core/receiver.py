"""The receiver of one stream, as a state machine: what an arriving frame is, and what is done about it.

Invariant: a stream advances only along its own chain. A bad body never stops it; a bad chain always does.
Everything is idempotent: what arrives twice is acknowledged twice and kept once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from borderliaison.exchange.core.chain import Line, Position, is_linked


class InState(StrEnum):
    """Whether a stream that we receive still moves."""

    OPEN = "open"
    FROZEN = "frozen"
    """Its sender has signed two different histories. A person has to decide."""
    CLOSED = "closed"
    """A person has decided: nothing more is taken in it, and a later epoch may go on."""


class Arrival(StrEnum):
    """What a frame turns out to be, beside what is held."""

    MALFORMED = "malformed"
    """It cannot be parsed, or is larger than a frame may be."""
    STRANGER = "stranger"
    """The directory does not know the office that it claims to be from."""
    FORGED = "forged"
    """The head's signature is not that office's."""
    STRAY = "stray"
    """It belongs to a stream to another office."""
    CROWDED = "crowded"
    """It begins a stream, and its sender has as many as an office may have; or its epoch is too high."""
    BROKEN = "broken"
    """Its entries do not follow one another, or the head, or what is held."""
    FORK = "fork"
    """An entry has a number that is held with another hash."""
    GAP = "gap"
    """Something before it has not arrived, in this epoch or in the one that it follows."""
    REPLAY = "replay"
    """All of it is held already."""
    NEXT = "next"
    """At least its last entry is new and follows what is held."""


class Act(StrEnum):
    """What the receiver does, in this order."""

    QUARANTINE = "quarantine"
    """Keep the bytes and the reason, outside the ledger."""
    FREEZE = "freeze"
    """Stop the stream and raise an alarm."""
    LEDGER = "ledger"
    """Write the new entries, accepted or refused, in one commit."""
    ACKNOWLEDGE = "acknowledge"
    """Answer with a signed cumulative acknowledgement, after the commit."""
    ASK = "ask"
    """Answer with a signed "I have n"."""
    SILENCE = "silence"
    """Answer nothing that means anything."""


MAX_STREAMS: Final = 256
"""How many streams one office may send to another: lanes, realms and epochs. All fit into one heads."""
MAX_EPOCH: Final = 2**31 - 1
_KEEP: Final = (Act.QUARANTINE, Act.SILENCE)

RECEIVER: Final[Mapping[tuple[InState, Arrival], tuple[InState, tuple[Act, ...]]]] = {
    (InState.OPEN, Arrival.MALFORMED): (InState.OPEN, _KEEP),
    (InState.OPEN, Arrival.STRANGER): (InState.OPEN, _KEEP),
    (InState.OPEN, Arrival.FORGED): (InState.OPEN, _KEEP),
    (InState.OPEN, Arrival.STRAY): (InState.OPEN, _KEEP),
    (InState.OPEN, Arrival.CROWDED): (InState.OPEN, _KEEP),
    (InState.OPEN, Arrival.BROKEN): (InState.OPEN, (Act.QUARANTINE, Act.ASK)),
    (InState.OPEN, Arrival.FORK): (InState.FROZEN, (Act.QUARANTINE, Act.FREEZE, Act.ASK)),
    (InState.OPEN, Arrival.GAP): (InState.OPEN, (Act.ASK,)),
    (InState.OPEN, Arrival.REPLAY): (InState.OPEN, (Act.ACKNOWLEDGE,)),
    (InState.OPEN, Arrival.NEXT): (InState.OPEN, (Act.LEDGER, Act.ACKNOWLEDGE)),
    (InState.FROZEN, Arrival.MALFORMED): (InState.FROZEN, _KEEP),
    (InState.FROZEN, Arrival.STRANGER): (InState.FROZEN, _KEEP),
    (InState.FROZEN, Arrival.FORGED): (InState.FROZEN, _KEEP),
    (InState.FROZEN, Arrival.STRAY): (InState.FROZEN, _KEEP),
    (InState.FROZEN, Arrival.CROWDED): (InState.FROZEN, _KEEP),
    (InState.FROZEN, Arrival.BROKEN): (InState.FROZEN, (Act.QUARANTINE, Act.ASK)),
    (InState.FROZEN, Arrival.FORK): (InState.FROZEN, (Act.QUARANTINE, Act.ASK)),
    (InState.FROZEN, Arrival.GAP): (InState.FROZEN, (Act.ASK,)),
    (InState.FROZEN, Arrival.REPLAY): (InState.FROZEN, (Act.ACKNOWLEDGE,)),
    (InState.FROZEN, Arrival.NEXT): (InState.FROZEN, (Act.ASK,)),
    (InState.CLOSED, Arrival.MALFORMED): (InState.CLOSED, _KEEP),
    (InState.CLOSED, Arrival.STRANGER): (InState.CLOSED, _KEEP),
    (InState.CLOSED, Arrival.FORGED): (InState.CLOSED, _KEEP),
    (InState.CLOSED, Arrival.STRAY): (InState.CLOSED, _KEEP),
    (InState.CLOSED, Arrival.CROWDED): (InState.CLOSED, _KEEP),
    (InState.CLOSED, Arrival.BROKEN): (InState.CLOSED, (Act.QUARANTINE, Act.ASK)),
    (InState.CLOSED, Arrival.FORK): (InState.CLOSED, (Act.QUARANTINE, Act.ASK)),
    (InState.CLOSED, Arrival.GAP): (InState.CLOSED, (Act.ASK,)),
    (InState.CLOSED, Arrival.REPLAY): (InState.CLOSED, (Act.ACKNOWLEDGE,)),
    (InState.CLOSED, Arrival.NEXT): (InState.CLOSED, (Act.ASK,)),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done about one frame.

    Attributes:
        arrival: what it is.
        state: the stream's state afterwards.
        acts: what to do, in order.
        fresh: the lines to write, where ``Act.LEDGER`` is among the acts.
    """

    arrival: Arrival
    state: InState
    acts: tuple[Act, ...]
    fresh: tuple[Line, ...] = ()


def classify(
    held: Position,
    known: Mapping[int, bytes],
    head: Position,
    lines: Sequence[Line],
    is_old_head: Callable[[bytes], bool] | None = None,
) -> Arrival:
    """Say what a frame with a good head signature, from and to the right offices, is.

    Args:
        held: the last line of the stream that is held.
        known: the hashes that are held, at least for the numbers in ``lines``.
        head: what the frame's signed head names.
        lines: the frame's entries, in their order.
        is_old_head: in a later epoch, whether a line with this hash is held in an earlier epoch of the
            lane; None in the first epoch, which follows nothing.
    """
    if not lines or not is_linked(lines) or lines[0].seq < 1:
        return Arrival.BROKEN
    if head != Position(lines[-1].seq, lines[-1].hash):
        return Arrival.BROKEN
    if any(known.get(line.seq, line.hash) != line.hash for line in lines):
        return Arrival.FORK
    if lines[-1].seq <= held.seq:
        return Arrival.REPLAY
    if lines[0].seq > held.seq + 1:
        return Arrival.GAP
    return _link(held, lines[held.seq + 1 - lines[0].seq], is_old_head)


def _link(held: Position, fresh: Line, is_old_head: Callable[[bytes], bool] | None) -> Arrival:
    """Say whether the first line that is new follows what is held, here or in an earlier epoch."""
    if fresh.prev == held.hash:
        return Arrival.NEXT
    if held.seq or is_old_head is None:
        return Arrival.BROKEN
    return Arrival.NEXT if is_old_head(fresh.prev) else Arrival.GAP


def decide(state: InState, arrival: Arrival, held: Position, lines: Sequence[Line]) -> Verdict:
    """Look up what is done about a frame that was found to be ``arrival``."""
    after, acts = RECEIVER[state, arrival]
    fresh = tuple(line for line in lines if line.seq > held.seq) if Act.LEDGER in acts else ()
    return Verdict(arrival, after, acts, fresh)
