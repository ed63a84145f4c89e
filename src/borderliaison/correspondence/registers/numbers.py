"""How a number of a register is written: ``KG-DST-CUS/IN/2026/0042``. Pure."""

from dataclasses import dataclass
from datetime import datetime

from borderliaison.kernel.realm import Realm

EXERCISE_PREFIX = "EX-"


@dataclass(frozen=True, slots=True, order=True)
class RegisterName:
    """Which register: everything of a number but its count.

    Attributes:
        direction: ``in`` or ``out``.
        volume: empty, or the name of a volume begun after a loss.
    """

    office: str
    agency: str
    direction: str
    year: int
    realm: Realm
    volume: str = ""

    def __str__(self) -> str:
        """Say which register it is, as its numbers begin."""
        country = f"{self.office[:2]}-"
        whose = self.agency.removeprefix(country)
        prefix = EXERCISE_PREFIX if self.realm.is_exercise else ""
        volume = f"/{self.volume}" if self.volume else ""
        return f"{prefix}{self.office}-{whose}/{self.direction.upper()}/{self.year}{volume}"

    def number(self, count: int) -> str:
        """Return a number of this register, as it is written on paper."""
        return f"{self}/{count:04}"


def volume_after_loss(found_at: datetime) -> str:
    """Name the volume that is begun after a loss, by the local minute in which it was found.

    The minute, and not a count: of two restores of one backup the second knows nothing of the first.
    """
    return found_at.strftime("R%m%d-%H%M")
