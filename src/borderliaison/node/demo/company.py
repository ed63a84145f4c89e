"""Which offices a demo runs: the five of the play, and as many other real offices as are wanted and fit."""

from pathlib import Path
from typing import Final

from borderliaison.node.demo.cast import OFFICES, DemoOffice, DemoOfficer
from borderliaison.node.demo.year.office import FAMILY, GIVEN
from borderliaison.offices.network.shipped import read_data

NODE_MIB: Final = 350
"""What one node takes: pages, worker and supervisor together, with its share of the hub."""
SPARE_MIB: Final = 1024
"""What is left for the machine and a browser."""
CENTRES: Final = ("UZ-TAS", "KZ-AST", "TJ-DSB")
COUNTRIES: Final = {
    "KG": "Kyrgyzstan", "KZ": "Kazakhstan", "TJ": "Tajikistan", "TM": "Turkmenistan", "UZ": "Uzbekistan",
}  # fmt: skip


def everybody() -> tuple[DemoOffice, ...]:
    """Return the offices of the play, then all others at crossing points, then the centres."""
    known = {office.code for office in OFFICES}
    others = [
        *read_data("points"),
        *(one for one in read_data("offices") if one["code"] in CENTRES),
    ]
    named = [(one["code"], one["names"]["en"]) for one in others if one["code"] not in known]
    return (*OFFICES, *(_office(code, name, turn) for turn, (code, name) in enumerate(named)))


def company(wanted: int, memory_mib: int | None = None) -> tuple[DemoOffice, ...]:
    """Return as many offices as are wanted and fit; never fewer than the play needs.

    Args:
        wanted: how many.
        memory_mib: what the machine has free, MiB; what it says itself where this is not given.
    """
    free = _free_mib() if memory_mib is None else memory_mib
    most = max(len(OFFICES), (free - SPARE_MIB) // NODE_MIB)
    return everybody()[: max(len(OFFICES), min(wanted, most))]


def authorities_of(offices: tuple[DemoOffice, ...]) -> dict[str, str]:
    """Return the name of each country's authority, by country."""
    countries = dict.fromkeys(office.country for office in offices)
    return {country: f"{COUNTRIES[country]}, demo authority" for country in sorted(countries)}


def _office(code: str, name: str, turn: int) -> DemoOffice:
    country = code[:2]

    def officer(number: int, agency: str, role: str) -> DemoOfficer:
        at = 2 * turn + number
        called = f"{GIVEN[at % len(GIVEN)][0]}. {FAMILY[at % len(FAMILY)]}"
        login = f"{code.lower()}-{number}"
        return DemoOfficer(login, f"{code}/{number:04}", called, f"{country}-{agency}", role)

    return DemoOffice(code, name, (officer(1, "BOR", "liaison"), officer(2, "CUS", "head")))


def _free_mib() -> int:
    """Return the memory that is free, MiB; where the system does not say, room for the play alone."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    said = dict(line.split(":", 1) for line in lines)
    return int(said.get("MemAvailable", "0 kB").split()[0]) // 1024
