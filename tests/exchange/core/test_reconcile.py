"""Comparing "I have n" with our own ledger."""

import pytest

from borderliaison.exchange.core.chain import Position
from borderliaison.exchange.core.entry import GENESIS
from borderliaison.exchange.core.reconcile import Comparison, compare
from tests.exchange.core.test_receiver import chain

LINES = chain(4)
HASHES = [GENESIS, *(line.hash for line in LINES)]


@pytest.mark.parametrize(
    ("seq", "own_hash", "found"),
    [
        (4, True, Comparison.EVEN),
        (2, True, Comparison.BEHIND),
        (0, True, Comparison.BEHIND),
        (5, False, Comparison.BEYOND),
        (4, False, Comparison.DIVERGED),
        (2, False, Comparison.DIVERGED),
        (0, False, Comparison.DIVERGED),
    ],
)
def test_the_peer_is_found_beside_us(seq: int, own_hash: bool, found: Comparison) -> None:
    theirs = Position(seq, HASHES[seq] if own_hash else b"\1" * 32)
    assert compare(4, HASHES.__getitem__, theirs) is found


def test_with_nothing_sent_and_nothing_held_both_are_even() -> None:
    assert compare(0, HASHES.__getitem__, Position(0, GENESIS)) is Comparison.EVEN
