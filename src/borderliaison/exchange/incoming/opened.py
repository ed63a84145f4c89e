"""Letters that were opened to be judged and wait to be applied: in memory, so as not to be opened twice.

Only a saving: what is not here is opened again from the ledger, as after a restart.
"""

from collections.abc import Mapping
from typing import Final

from borderliaison.exchange.registry import ReceivedLetter

MAX_LETTERS: Final = 512
MAX_BYTES: Final = 8 * 1024 * 1024


class OpenedLetters:
    """The letters of entries that are committed, by stream and number. One thread uses it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._letters: dict[tuple[int, int], ReceivedLetter] = {}
        self._bytes = 0

    def keep(self, letters: Mapping[tuple[int, int], ReceivedLetter]) -> None:
        """Keep letters while there is room; their entries must be committed."""
        for key, letter in letters.items():
            size = len(letter.signed) + len(letter.payload)
            if len(self._letters) >= MAX_LETTERS or self._bytes + size > MAX_BYTES:
                return
            self._letters[key] = letter
            self._bytes += size

    def take(self, stream: int, seq: int) -> ReceivedLetter | None:
        """Return the letter of an entry, and keep it no longer; None where it is not here."""
        letter = self._letters.pop((stream, seq), None)
        if letter is not None:
            self._bytes -= len(letter.signed) + len(letter.payload)
        return letter
