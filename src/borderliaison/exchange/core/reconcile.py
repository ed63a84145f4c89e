"""Comparing heads: what "I have n" from a peer means beside our own ledger of the same stream."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from borderliaison.exchange.core.chain import Position
from borderliaison.exchange.core.sender import Signal


class Comparison(StrEnum):
    """Where the peer is beside us, in a stream that we send."""

    EVEN = "even"
    """It has all that we have."""
    BEHIND = "behind"
    """It lacks something."""
    BEYOND = "beyond"
    """It says that it has more than we ever sent: we have lost something, or it lies."""
    DIVERGED = "diverged"
    """It has another entry under a number of ours."""


RECONCILE: Final[Mapping[Comparison, Signal]] = {
    Comparison.EVEN: Signal.HAS_N,
    Comparison.BEHIND: Signal.HAS_N,
    Comparison.BEYOND: Signal.HAS_MORE,
    Comparison.DIVERGED: Signal.HAS_OTHER,
}


def compare(top: int, hash_at: Callable[[int], bytes | None], theirs: Position) -> Comparison:
    """Compare what the peer says it has with what we sent.

    Args:
        top: the number of our last entry in the stream; 0 where there is none.
        hash_at: returns the hash of our entry with a number from 0 (genesis) to ``top``.
        theirs: what the peer says.
    """
    if theirs.seq > top:
        return Comparison.BEYOND
    if hash_at(theirs.seq) != theirs.hash:
        return Comparison.DIVERGED
    return Comparison.EVEN if theirs.seq == top else Comparison.BEHIND
