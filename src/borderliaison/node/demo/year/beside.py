"""What an office writes beside warnings and seizures: people, papers, goods, money, and the road itself.

It draws from a source of its own, so that what was drawn before, and the truths in it, stay as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

from borderliaison.node.demo.year.happenings import Happening, Kind, Load, Subject
from borderliaison.node.demo.year.office import Office
from borderliaison.node.demo.year.rhythm import BUSY, tide
from borderliaison.node.demo.year.summing import WEEKS

_WINTER: Final = frozenset({11, 12, 1, 2, 3})


@dataclass(frozen=True, slots=True)
class Usual:
    """How often something is written, and what it is about.

    Attributes:
        a_week: of a busy office in its best month.
        matters: codes of the form's own list, the frequent ones several times.
        abroad: whether the other side gets it as well.
    """

    a_week: float
    matters: tuple[str, ...]
    abroad: bool = False


USUAL: Final[Mapping[Kind, Usual]] = {
    Kind.ENTRY_REFUSAL: Usual(
        0.3, ("no_document", "overstayed", "overstayed", "no_visa", "purpose")
    ),
    Kind.DOCUMENT_FRAUD: Usual(0.12, ("photograph_replaced", "stamp_forged", "impostor"), True),
    Kind.SMUGGLING: Usual(0.25, ("clothing", "fuel", "medicines", "electronics", "food")),
    Kind.CASH: Usual(0.08, ("not_declared", "not_declared", "falsely_declared")),
    Kind.SUSPICIOUS_VEHICLE: Usual(0.15, ("cavity", "weight"), True),
    Kind.ILLEGAL_CROSSING: Usual(0.06, ("grazing", "family", "lost"), True),
    Kind.INCIDENT: Usual(0.06, ("power", "systems", "traffic", "dispute"), True),
    Kind.CROSSING_STATUS: Usual(0.08, ("queue", "repair", "systems"), True),
    Kind.JOINT_EVENT: Usual(0.08, ("working_meeting", "joint_patrol"), True),
}
SNOW_A_WEEK: Final = 0.4
"""How often a pass is restricted by the weather, in winter."""
_AMOUNTS: Final = {Kind.SMUGGLING: (5, 400, "pieces"), Kind.CASH: (11_000, 64_000, "USD")}


class Beside(Office):
    """One office's year of all that."""

    def year(self) -> list[Happening]:
        """Return it, in no order."""
        for week in range(WEEKS):
            month = (self.first + timedelta(weeks=week)).month
            part = self.rhythm.weight / BUSY.weight * tide(self.rhythm, month)
            for kind, usual in USUAL.items():
                if self.chance.random() < usual.a_week * part:
                    self._write(kind, week, self.chance.choice(usual.matters), abroad=usual.abroad)
            if self.rhythm.weight == 1 and month in _WINTER and self.chance.random() < SNOW_A_WEEK:
                self._write(Kind.CROSSING_STATUS, week, "weather", abroad=True)
        return self.said

    def _write(self, kind: Kind, week: int, matter: str, *, abroad: bool) -> None:
        to = (*self.place.home, *(self.place.facing if abroad else ()))
        if kind is Kind.JOINT_EVENT and not self.place.facing:
            return
        self.say(
            kind, week, to=to, subject=self._subject(kind, matter), load=self._load(kind, matter)
        )

    def _subject(self, kind: Kind, matter: str) -> Subject:
        there = self.place.border or self.place.country
        return Subject(
            kind=matter,
            words=self.vehicle().words if kind is Kind.SUSPICIOUS_VEHICLE else "",
            plate=self.plate() if kind in (Kind.SUSPICIOUS_VEHICLE, Kind.SMUGGLING) else "",
            names=(self.name(),),
            origin=there,
            destination=self.place.country,
        )

    def _load(self, kind: Kind, matter: str) -> Load | None:
        if kind not in _AMOUNTS:
            return None
        least, most, unit = _AMOUNTS[kind]
        return Load(matter, Decimal(self.chance.randint(least, most)), unit)
