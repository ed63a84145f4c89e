"""An office that writes through a year: its rhythm, its people and vehicles, and when it writes."""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from borderliaison.node.demo.year.happenings import Happening, Kind, Place, Subject
from borderliaison.node.demo.year.rhythm import rhythm_of

VEHICLES: Final = (
    "white refrigerated lorry", "blue lorry with tarpaulin", "grey minibus", "silver saloon car",
    "green lorry with trailer", "black off-road car", "white van", "red tank lorry",
)  # fmt: skip
GIVEN: Final = (
    "Azamat", "Bakyt", "Chyngyz", "Dilshod", "Eldor", "Farrukh", "Gulnara", "Husan", "Iskender",
    "Jamshid", "Kanat", "Lola", "Murod", "Nodira", "Olim", "Parviz", "Rahim", "Sherzod", "Temur", "Umed",
)  # fmt: skip
FAMILY: Final = (
    "Abakirov", "Boronov", "Davlatov", "Ergashev", "Ganiev", "Hakimov", "Ismoilov", "Jorobekov",
    "Kasymov", "Latipov", "Mirzoev", "Nazarov", "Ochilov", "Po'latov", "Qodirov", "Rajabov",
)  # fmt: skip


class Office:
    """One office, with a source of chance of its own.

    Args:
        place: where it is.
        first: the Monday on which the year began.
        chance: draws.
    """

    def __init__(self, place: Place, first: date, chance: random.Random) -> None:
        self.place = place
        self.first = first
        self.chance = chance
        self.rhythm = rhythm_of(place.office)
        self.zone = ZoneInfo(place.zone)
        self.said: list[Happening] = []
        self.given: Counter[Kind] = Counter()

    def say(self, kind: Kind, week: int, **more: object) -> Happening:
        """Write something in a week, at any hour."""
        self.given[kind] += 1
        said = Happening(
            name=f"{self.place.office}/{kind}/{self.given[kind]:04}",
            at=self.moment(week),
            place=self.place,
            kind=kind,
            **more,  # type: ignore[arg-type]
        )
        self.said.append(said)
        return said

    def moment(self, week: int) -> datetime:
        """Return a time in a week, UTC."""
        day = self.first + timedelta(weeks=week, days=self.chance.randrange(7))
        clock = time(self.chance.randrange(24), self.chance.randrange(60))
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def vehicle(self) -> Subject:
        """Return a vehicle with its way and, at times, its driver."""
        there = self.place.border or self.place.country
        out = self.chance.random() < 0.5
        return Subject(
            words=self.chance.choice(VEHICLES),
            plate=self.plate(),
            names=(self.name(),) if self.chance.random() < 0.4 else (),
            origin=self.place.country if out else there,
            destination=there if out else self.place.country,
        )

    def person(self) -> Subject:
        """Return a traveller."""
        return Subject(
            kind="person",
            words="traveller with several passports",
            names=(self.name(),),
            origin=self.place.country,
            destination=self.place.border or self.place.country,
        )

    def name(self) -> str:
        """Return an invented name."""
        return f"{self.chance.choice(GIVEN)} {self.chance.choice(FAMILY)}"

    def plate(self) -> str:
        """Return an invented number plate."""
        digits, letters = self.chance.randint(100, 999), self.chance.choices("ABEKMHOPCT", k=3)
        region = self.chance.randint(1, 9)
        if self.place.country == "UZ":
            return f"{region * 10}{letters[0]}{digits}{letters[1]}{letters[2]}"
        return f"{region:02}{self.place.country}{digits}{''.join(letters)}"
