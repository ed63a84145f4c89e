"""Applying several letters together, without a savepoint for each: for when nothing is wrong with any.

That is nearly always so. Where something is, nothing of it is kept, and the letters are applied anew, each
under a savepoint of its own, so that a fault stays with its letter.
"""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Final

from borderliaison.exchange.incoming.handling import CannotApply
from borderliaison.exchange.registry import ReceivedLetter, Registry, Writing

NO_HANDLER: Final = "E-EXC-33"


class NotTogether(Exception):
    """Something is wrong with one of the letters, whichever it is. Nothing was kept."""


def handle_one(registry: Registry, letter: ReceivedLetter) -> None:
    """Do what one letter asks for.

    Raises:
        CannotApply: nobody handles such a letter.
    """
    handler = registry.handlers.get(letter.payload_type)
    if handler is None:
        raise CannotApply(NO_HANDLER)
    handler(letter)


def read_together(registry: Registry, letters: Sequence[ReceivedLetter]) -> Writing:
    """Read letters; return what does all that they ask for, in their order."""
    steps: list[Writing] = []
    for payload_type, alike in groupby(letters, key=lambda letter: letter.payload_type):
        several = tuple(alike)
        if bulk := registry.bulk.get(payload_type):
            steps.append(bulk(several))
        else:
            steps += [partial(handle_one, registry, letter) for letter in several]

    def write() -> None:
        for step in steps:
            step()

    return write
