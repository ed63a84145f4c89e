"""What a page plays and shows when something comes: decided by the server, carried out by the script."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

MAX_VOLUME: Final = 100


class Tone(StrEnum):
    """How something sounds."""

    NONE = ""
    ROUTINE = "routine"
    EXPECTED = "expected"
    IMMEDIATE = "immediate"


@dataclass(frozen=True, slots=True)
class Notice:
    """The newest of what waits, as far as a notice may tell of it.

    Attributes:
        newest: by which a page knows that it is another one; empty where nothing waits.
        words: its kind alone, for the browser's notice; empty where none is to be shown.
        volume: in percent.
    """

    newest: str = ""
    tone: Tone = Tone.NONE
    words: str = ""
    volume: int = 0

    def to_data(self) -> dict[str, Any]:
        """Return it as the script reads it."""
        return asdict(self)
