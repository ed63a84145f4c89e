"""The invented cast: five offices and the officers who play. No person in it exists."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """An officer with an account.

    Attributes:
        login: the login name.
        officer_id: as the office asserts him.
        languages: what he speaks; the first one that pages have is the language of his pages.
    """

    login: str
    officer_id: str
    name: str
    agency: str
    role: str
    languages: tuple[str, ...] = ("en", "ru")


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """An office with a node of its own."""

    code: str
    name: str
    officers: tuple[DemoOfficer, ...]
    serves_hub: bool = False

    @property
    def country(self) -> str:
        """Two letters."""
        return self.code[:2]


BOR_DOBO: Final = DemoOffice(
    "KG-BDB",
    "Bor-Dobo",
    (
        DemoOfficer("toktosunov", "KG-BDB/0001", "A. Toktosunov", "KG-BOR", "liaison"),
        DemoOfficer("abdyrakhmanova", "KG-BDB/0002", "N. Abdyrakhmanova", "KG-CUS", "liaison"),
    ),
)
DOSTUK: Final = DemoOffice(
    "KG-DST",
    "Dostuk",
    (
        DemoOfficer("saparalieva", "KG-DST/0001", "G. Saparalieva", "KG-CUS", "duty"),
        DemoOfficer("ormonov", "KG-DST/0002", "B. Ormonov", "KG-BOR", "head"),
        DemoOfficer("kalykov", "KG-DST/0003", "E. Kalykov", "KG-MIA", "liaison"),
    ),
)
OSH: Final = DemoOffice(
    "KG-OSH",
    "Osh sector",
    (DemoOfficer("zhumabekova", "KG-OSH/0001", "T. Zhumabekova", "KG-BOR", "duty"),),
)
BISHKEK: Final = DemoOffice(
    "KG-BIS",
    "Bishkek centre",
    (DemoOfficer("isakov", "KG-BIS/0001", "R. Isakov", "KG-BOR", "analyst"),),
    serves_hub=True,
)
DUSTLIK: Final = DemoOffice(
    "UZ-DUS",
    "Dustlik",
    (
        DemoOfficer("karimov", "UZ-DUS/0001", "Sh. Karimov", "UZ-CUS", "liaison"),
        DemoOfficer("rakhimova", "UZ-DUS/0002", "D. Rakhimova", "UZ-BOR", "head"),
    ),
)

OFFICES: Final = (BISHKEK, BOR_DOBO, DOSTUK, OSH, DUSTLIK)
"""In the order in which they start: the hub first."""
