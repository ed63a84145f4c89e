"""Live work and exercises are separate realms: what belongs to one is never read in the other."""

import re
from dataclasses import dataclass
from typing import Final

from borderliaison.kernel.errors import MalformedData

_EVENT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, order=True)
class Realm:
    """Live, or one exercise.

    Attributes:
        event: empty for live work, else the exercise's short name: ``seal-2026``.
    """

    event: str = ""

    def __post_init__(self) -> None:
        """Refuse an exercise name that is not lower-case letters, digits and hyphens."""
        if self.event and not _EVENT.fullmatch(self.event):
            raise MalformedData(f"not a realm: {self.event!r}")

    @property
    def is_exercise(self) -> bool:
        """Whether this is an exercise."""
        return bool(self.event)

    @property
    def title(self) -> str:
        """The exercise's name as it is shown: ``Seal 2026``; empty for live work."""
        return self.event.replace("-", " ").capitalize()

    def __str__(self) -> str:
        return f"exercise:{self.event}" if self.event else "live"

    @classmethod
    def parse(cls, text: str) -> "Realm":
        """Read ``live`` or ``exercise:NAME``.

        Raises:
            MalformedData: it is neither.
        """
        if text == "live":
            return LIVE
        kind, _, event = text.partition(":")
        if kind != "exercise" or not event:
            raise MalformedData(f"not a realm: {text!r}")
        return cls(event)


LIVE: Final = Realm()
