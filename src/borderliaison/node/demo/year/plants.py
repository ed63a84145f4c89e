"""What is hidden in the year on purpose, so that an analysis can be tried against a known truth.

Four truths, told on the reference page of the demo's year. A happening carries the name of the truth
that made it; the databases do not.
"""

from enum import StrEnum
from typing import Final


class Plant(StrEnum):
    """Which truth made a happening."""

    SEASON = "season"
    ROUTE = "route"
    GROUP = "group"
    CONSIGNOR = "consignor"


SEASON_WEEKS: Final = (*range(18, 24), *range(37, 42))
"""ISO weeks in which hashish and opium come out of the mountains: May, and after the harvest."""
SEASON_FACTOR: Final = 4
"""How many times as often as in other weeks."""
SEASON_SUBSTANCES: Final = ("cannabis_resin", "opium")

ROUTE: Final = ("KG-BDB", "KG-DST", "UZ-DUS")
"""A lorry is seen at Bor-Dobo, and what it carries is found at Dostuk or Dustlik days later."""
ROUTE_DAYS: Final = (2, 4)
"""How many days later, at least and at most."""
ROUTE_RUNS: Final = 14
"""How many such journeys there were in the year."""
ROUTE_HIDDEN: Final = "floor"

CELL_NORTH: Final = ("Kubanych Asel uulu", "Almaz Toroev", "Nurgazy Chekirov")
CELL_SOUTH: Final = ("Rustam Halmatov", "Ilhom Qosimzoda", "Sanjar Yoldoshev")
BROKER: Final = "Mirlan Sadyrbaev"
"""The one who stands between the two cells: without him they fall apart."""
GROUP_PLATES: Final = ("07KG318ADN", "03KG904BEK", "60B577KA", "3081TT04")
GROUP_TELEPHONES: Final = ("+996 555 010 117", "+998 55 501 0143", "+992 555 010 161")
GROUP_MEETINGS: Final = 22
"""How many happenings name two or three of the group together."""
GROUP_READ_AT: Final = "KG-BIS"
"""The office that gets all of them: its analyst can find the group."""

CONSIGNED_AT: Final = ROUTE[1:]
"""The two offices at which consignments are looked for."""
CONSIGNOR: Final = "Ak-Bulut Tekstil"
"""The firm whose consignments are worth opening."""
CONSIGNORS: Final = (
    "Jashyl Too Export", "Oq Oltin Savdo", "Tien Shan Fruit", "Zarhal Trading", "Issyk Dairy",
    "Navbahor Paxta", "Altyn Don", "Chuy Glass", "Sogd Apricot", "Karasuu Metal", "Ferghana Ceramics",
    "Alay Wool", "Dordoi Transit", "Kashkadarya Melon",
)  # fmt: skip
CONSIGNMENTS: Final = 12
"""How many consignments of the risky firm were looked for."""
CONSIGNOR_HITS: Final = 7
"""In how many of them something was found."""
BASE_HIT_RATE: Final = 0.08
"""In what part of the other firms' consignments that were looked for something was found."""
