"""The chain of one stream: each line names the one before it by hash. Knows nothing of what lines carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a stream, as the ledgers see it.

    Attributes:
        seq: its place in the stream, from 1.
        prev: the hash of the line before it.
        hash: its own hash.
    """

    seq: int
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody is in a stream: the last line's number and hash; 0 and genesis at the start."""

    seq: int
    hash: bytes


def is_linked(lines: Sequence[Line]) -> bool:
    """Whether these lines are consecutive and each names the one before it."""
    return all(b.seq == a.seq + 1 and b.prev == a.hash for a, b in pairwise(lines))
