"""Drawing the year: from figures, rhythm and plants to happenings, by one random source for each office.

Each office draws from a source of its own, so an office more changes only who is named where: journeys
and the group's meetings are put in afterwards.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from borderliaison.node.demo.year import plants
from borderliaison.node.demo.year.figures import yearly
from borderliaison.node.demo.year.happenings import Happening, Kind, Load, Place, Subject
from borderliaison.node.demo.year.planting import journeys, meetings
from borderliaison.node.demo.year.plants import Plant
from borderliaison.node.demo.year.rhythm import rhythm_of, share_of, tide
from borderliaison.node.demo.year.summing import WEEKS, summaries

SEED: Final = 20261
HIDDEN: Final = ("wheels", "cabin", "tank", "load", "engine", "luggage", "food", "body")
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
REQUESTS: Final = 0.2
"""How many requests are drawn for each that an office writes: the rest would only make the start slow."""
_HAS_RESULT: Final = 0.6
_FOUND: Final = 0.2
_TWO_PLACES: Final = Decimal("0.01")


def draw(places: Sequence[Place], until: date, seed: int = SEED) -> list[Happening]:
    """Return the 52 weeks before the week of a day, the earliest first.

    Args:
        places: the offices at crossing points that write.
        until: the day; nothing happens in its own week but that the last summary is written on Monday.
        seed: the same seed, places and day give the same year.
    """
    first = until - timedelta(days=until.weekday(), weeks=WEEKS)
    said: list[Happening] = []
    for place in places:
        said += _Office(place, first, random.Random(f"{seed}/{place.office}")).year()  # noqa: S311
    known = {place.office: place for place in places}
    said = [replace(one, place=known.get(one.place.office, one.place)) for one in said]
    said = journeys(places, said, random.Random(f"{seed}/route"))  # noqa: S311
    said = meetings(said, random.Random(f"{seed}/group"))  # noqa: S311
    said += summaries(places, said, first, seed)
    monday = first + timedelta(weeks=WEEKS)
    ends = monday if until == monday else monday + timedelta(days=1)
    last = {Kind.WEEK: datetime.combine(ends, time(), UTC)}
    over = datetime.combine(monday, time(), UTC)
    said = [one for one in said if one.at < last.get(one.kind, over)]
    return sorted(said, key=lambda one: (one.at, one.name))


class _Office:
    """One office's own year."""

    def __init__(self, place: Place, first: date, chance: random.Random) -> None:
        self._place = place
        self._first = first
        self._chance = chance
        self._rhythm = rhythm_of(place.office)
        self._zone = ZoneInfo(place.zone)
        self._said: list[Happening] = []
        self._given: Counter[Kind] = Counter()

    def year(self) -> list[Happening]:
        self._seizures()
        for week in range(WEEKS):
            ebb = tide(self._rhythm, (self._first + timedelta(weeks=week)).month)
            for _ in range(round(self._chance.randint(*self._rhythm.lookouts) * ebb)):
                self._lookout(week)
            for _ in range(round(self._chance.randint(*self._rhythm.requests) * ebb * REQUESTS)):
                self._request(week)
        self._consignments()
        return self._said

    def _seizures(self) -> None:
        """Spread the office's part of its country's figures over the year."""
        months = (self._first + timedelta(weeks=week) for week in range(0, WEEKS, 4))
        wanted = sum(
            round(self._chance.randint(*self._rhythm.seizures) * tide(self._rhythm, day.month))
            for day in months
        )
        totals = yearly(self._place.country, share_of(self._place.office))
        for figure, total in totals.items():
            several = max(1, round(wanted / len(totals)))
            step = _TWO_PLACES if figure.unit == "kg" else Decimal(1)
            for amount in _split(total.quantize(step), several, step, self._chance):
                week, in_season = self._week_for(figure.substance)
                self._say(
                    Kind.SEIZURE,
                    week,
                    to=self._place.home,
                    subject=replace(self._vehicle(), hidden=self._chance.choice(HIDDEN)),
                    load=Load(figure.substance, amount, figure.unit),
                    plants=(Plant.SEASON,) if in_season else (),
                )

    def _week_for(self, substance: str) -> tuple[int, bool]:
        weeks = range(WEEKS)
        starts = [self._first + timedelta(weeks=week) for week in weeks]
        planted = substance in plants.SEASON_SUBSTANCES
        high = [planted and day.isocalendar().week in plants.SEASON_WEEKS for day in starts]
        weights = [
            tide(self._rhythm, day.month) * (plants.SEASON_FACTOR if peak else 1)
            for day, peak in zip(starts, high, strict=True)
        ]
        week = self._chance.choices(weeks, weights)[0]
        return week, high[week]

    def _lookout(self, week: int) -> None:
        lookout = self._say(
            Kind.LOOKOUT,
            week,
            to=(*self._place.home, *self._place.facing),
            subject=self._vehicle() if self._chance.random() < 0.7 else self._person(),
        )
        if self._chance.random() < _HAS_RESULT:
            self._answer(lookout, Kind.RESULT, found=self._chance.random() < _FOUND)

    def _request(self, week: int) -> None:
        asked = self._place.facing or self._place.home[:1]
        if not asked:
            return
        request = self._say(Kind.REQUEST, week, to=asked, subject=self._person())
        self._answer(request, Kind.ANSWER, found=self._chance.random() < 0.5)

    def _consignments(self) -> None:
        """Lookouts for consignments: a few of each firm, more and with more luck of the risky one."""
        if self._place.office not in plants.CONSIGNED_AT:
            return
        half = plants.CONSIGNMENTS // 2
        hits = plants.CONSIGNOR_HITS // 2 + (self._place.office == plants.CONSIGNED_AT[0])
        for turn in range(half):
            self._consignment(plants.CONSIGNOR, found=turn < hits, by=(Plant.CONSIGNOR,))
        for firm in plants.CONSIGNORS:
            for _ in range(self._chance.randint(1, 3)):
                self._consignment(firm, found=self._chance.random() < plants.BASE_HIT_RATE)

    def _consignment(self, firm: str, *, found: bool, by: tuple[Plant, ...] = ()) -> None:
        place = self._place
        subject = Subject(
            kind="consignment",
            words="consignment of goods by lorry",
            plate=self._plate(),
            consignor=firm,
            origin=place.country,
            destination=place.border or place.country,
        )
        lookout = self._say(
            Kind.LOOKOUT,
            self._chance.randrange(WEEKS),
            to=(*place.home, *place.facing),
            subject=subject,
            plants=by,
        )
        self._answer(lookout, Kind.RESULT, found=found)

    def _answer(self, asked: Happening, kind: Kind, *, found: bool) -> None:
        """Let one of those who got it answer: whoever is across the border, if anybody is."""
        answers = next(iter(self._place.facing or asked.to), "")
        if not answers:
            return
        later = asked.at + timedelta(minutes=self._chance.randint(40, 60 * 70))
        by = Place(answers, self._place.zone, self._place.country, facing=(self._place.office,))
        self._said.append(
            replace(
                asked,
                name=f"{answers}/{kind}/{asked.name}",
                at=later,
                place=by,
                kind=kind,
                to=(self._place.office,),
                rests_on=asked.name,
                found=found,
            )
        )

    def _say(self, kind: Kind, week: int, **more: object) -> Happening:
        self._given[kind] += 1
        said = Happening(
            name=f"{self._place.office}/{kind}/{self._given[kind]:04}",
            at=self._moment(week),
            place=self._place,
            kind=kind,
            **more,  # type: ignore[arg-type]
        )
        self._said.append(said)
        return said

    def _moment(self, week: int) -> datetime:
        day = self._first + timedelta(weeks=week, days=self._chance.randrange(7))
        clock = time(self._chance.randrange(24), self._chance.randrange(60))
        return datetime.combine(day, clock, self._zone).astimezone(UTC)

    def _vehicle(self) -> Subject:
        there = self._place.border or self._place.country
        out = self._chance.random() < 0.5
        return Subject(
            words=self._chance.choice(VEHICLES),
            plate=self._plate(),
            names=(self._name(),) if self._chance.random() < 0.4 else (),
            origin=self._place.country if out else there,
            destination=there if out else self._place.country,
        )

    def _person(self) -> Subject:
        return Subject(
            kind="person",
            words="traveller with several passports",
            names=(self._name(),),
            origin=self._place.country,
            destination=self._place.border or self._place.country,
        )

    def _name(self) -> str:
        return f"{self._chance.choice(GIVEN)} {self._chance.choice(FAMILY)}"

    def _plate(self) -> str:
        digits, letters = self._chance.randint(100, 999), self._chance.choices("ABEKMHOPCT", k=3)
        region = self._chance.randint(1, 9)
        if self._place.country == "UZ":
            return f"{region * 10}{letters[0]}{digits}{letters[1]}{letters[2]}"
        return f"{region:02}{self._place.country}{digits}{''.join(letters)}"


def _split(total: Decimal, several: int, step: Decimal, chance: random.Random) -> list[Decimal]:
    """Split an amount into uneven parts that add up to it, none of them nothing."""
    weights = [chance.lognormvariate(0, 0.9) for _ in range(several)]
    free = total - step * several
    parts = [
        step + (free * Decimal(weight / sum(weights))).quantize(step, ROUND_DOWN)
        for weight in weights
    ]
    return [parts[0] + total - sum(parts), *parts[1:]]
