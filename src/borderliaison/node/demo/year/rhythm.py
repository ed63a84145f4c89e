"""How much an office writes in a week, and how its year rises and falls.

Source: domain.md section 8: a busy office writes 5-15 requests and 1-3 lookouts a week and has 1-4
seizures a month; Bor-Dobo writes 0-4 reports, nil in most weeks; passes are all but shut in winter.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from borderliaison.offices.network.shipped import read_data


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is usual at an office.

    Attributes:
        lookouts: in a week, at least and at most.
        requests: in a week, likewise.
        seizures: in a month, likewise.
        travellers: that cross in a day, both ways.
        lorries: that cross in a day, both ways.
        winter: what is left of all of it from December to February, 0 to 1.
        weight: the office's part of its country's seizures, beside the others' weights.
    """

    lookouts: tuple[int, int]
    requests: tuple[int, int]
    seizures: tuple[int, int]
    travellers: tuple[int, int]
    lorries: tuple[int, int]
    winter: float = 0.8
    weight: int = 1


BUSY: Final = Rhythm((1, 3), (5, 15), (1, 4), (18_000, 24_000), (60, 160), weight=3)
MIDDLE: Final = Rhythm((0, 2), (1, 6), (0, 2), (3_000, 8_000), (150, 400), weight=2)
FREIGHT: Final = Rhythm((0, 1), (1, 4), (0, 1), (40, 200), (500, 900), weight=2)
QUIET: Final = Rhythm((0, 1), (0, 1), (0, 1), (20, 150), (2, 25), winter=0.1)

_OF_OFFICE: Final = {
    "KG-DST": BUSY, "UZ-DUS": BUSY, "KG-AKJ": BUSY, "KZ-KRD": BUSY, "KG-MNS": BUSY,
    "UZ-OYB": MIDDLE, "TJ-FTH": MIDDLE, "UZ-SAR": MIDDLE, "TJ-DTI": MIDDLE,
    "UZ-YAL": FREIGHT, "KZ-KNS": FREIGHT, "UZ-AYR": FREIGHT, "KG-KDY": FREIGHT, "KZ-MRK": FREIGHT,
}  # fmt: skip


def rhythm_of(office: str) -> Rhythm:
    """Return an office's rhythm; of an office of which nothing is known, a quiet one."""
    return _OF_OFFICE.get(office, QUIET)


def tide(rhythm: Rhythm, month: int) -> float:
    """Return what is usual in a month beside the year's best, 0 to 1.

    Args:
        rhythm: the office's.
        month: 1 to 12.
    """
    if month in (12, 1, 2):
        return rhythm.winter
    return 1.0 if month in (5, 6, 7, 8, 9) else (1.0 + rhythm.winter) / 2


def share_of(office: str) -> Decimal:
    """Return an office's part of what its country's offices seize, 0 to 1, by the rhythm of each."""
    codes = [one["code"] for one in read_data("points")]
    together = sum(rhythm_of(code).weight for code in codes if code[:2] == office[:2])
    return Decimal(rhythm_of(office).weight) / Decimal(together)
