"""Drawing the year: from figures, rhythm and plants to happenings, by one random source for each office.

Each office draws from a source of its own, so an office more changes only who is named where: journeys
and the group's meetings are put in afterwards.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final

from borderliaison.node.demo.year import plants
from borderliaison.node.demo.year.beside import Beside
from borderliaison.node.demo.year.figures import yearly
from borderliaison.node.demo.year.happenings import Happening, Kind, Load, Place, Subject
from borderliaison.node.demo.year.office import Office
from borderliaison.node.demo.year.planting import journeys, meetings
from borderliaison.node.demo.year.plants import Plant
from borderliaison.node.demo.year.rhythm import share_of, tide
from borderliaison.node.demo.year.summing import WEEKS, summaries

SEED: Final = 20261
HIDDEN: Final = ("wheels", "cabin", "tank", "load", "engine", "luggage", "food", "body")
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
        said += _Year(place, first, random.Random(f"{seed}/{place.office}")).year()  # noqa: S311
        beside = random.Random(f"{seed}/{place.office}/beside")  # noqa: S311
        said += Beside(place, first, beside).year()
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


class _Year(Office):
    """One office's own year of warnings, seizures, questions and what became of them."""

    def year(self) -> list[Happening]:
        self._seizures()
        for week in range(WEEKS):
            ebb = tide(self.rhythm, (self.first + timedelta(weeks=week)).month)
            for _ in range(round(self.chance.randint(*self.rhythm.lookouts) * ebb)):
                self._lookout(week)
            for _ in range(round(self.chance.randint(*self.rhythm.requests) * ebb * REQUESTS)):
                self._request(week)
        self._consignments()
        return self.said

    def _seizures(self) -> None:
        """Spread the office's part of its country's figures over the year."""
        months = (self.first + timedelta(weeks=week) for week in range(0, WEEKS, 4))
        wanted = sum(
            round(self.chance.randint(*self.rhythm.seizures) * tide(self.rhythm, day.month))
            for day in months
        )
        totals = yearly(self.place.country, share_of(self.place.office))
        for figure, total in totals.items():
            several = max(1, round(wanted / len(totals)))
            step = _TWO_PLACES if figure.unit == "kg" else Decimal(1)
            for amount in _split(total.quantize(step), several, step, self.chance):
                week, in_season = self._week_for(figure.substance)
                self.say(
                    Kind.SEIZURE,
                    week,
                    to=self.place.home,
                    subject=replace(self.vehicle(), hidden=self.chance.choice(HIDDEN)),
                    load=Load(figure.substance, amount, figure.unit),
                    plants=(Plant.SEASON,) if in_season else (),
                )

    def _week_for(self, substance: str) -> tuple[int, bool]:
        weeks = range(WEEKS)
        starts = [self.first + timedelta(weeks=week) for week in weeks]
        planted = substance in plants.SEASON_SUBSTANCES
        high = [planted and day.isocalendar().week in plants.SEASON_WEEKS for day in starts]
        weights = [
            tide(self.rhythm, day.month) * (plants.SEASON_FACTOR if peak else 1)
            for day, peak in zip(starts, high, strict=True)
        ]
        week = self.chance.choices(weeks, weights)[0]
        return week, high[week]

    def _lookout(self, week: int) -> None:
        lookout = self.say(
            Kind.LOOKOUT,
            week,
            to=(*self.place.home, *self.place.facing),
            subject=self.vehicle() if self.chance.random() < 0.7 else self.person(),
        )
        if self.chance.random() < _HAS_RESULT:
            self._answer(lookout, Kind.RESULT, found=self.chance.random() < _FOUND)

    def _request(self, week: int) -> None:
        asked = self.place.facing or self.place.home[:1]
        if not asked:
            return
        request = self.say(Kind.REQUEST, week, to=asked, subject=self.person())
        self._answer(request, Kind.ANSWER, found=self.chance.random() < 0.5)

    def _consignments(self) -> None:
        """Lookouts for consignments: a few of each firm, more and with more luck of the risky one."""
        if self.place.office not in plants.CONSIGNED_AT:
            return
        half = plants.CONSIGNMENTS // 2
        hits = plants.CONSIGNOR_HITS // 2 + (self.place.office == plants.CONSIGNED_AT[0])
        for turn in range(half):
            self._consignment(plants.CONSIGNOR, found=turn < hits, by=(Plant.CONSIGNOR,))
        for firm in plants.CONSIGNORS:
            for _ in range(self.chance.randint(1, 3)):
                self._consignment(firm, found=self.chance.random() < plants.BASE_HIT_RATE)

    def _consignment(self, firm: str, *, found: bool, by: tuple[Plant, ...] = ()) -> None:
        place = self.place
        subject = Subject(
            kind="consignment",
            words="consignment of goods by lorry",
            plate=self.plate(),
            consignor=firm,
            origin=place.country,
            destination=place.border or place.country,
        )
        lookout = self.say(
            Kind.LOOKOUT,
            self.chance.randrange(WEEKS),
            to=(*place.home, *place.facing),
            subject=subject,
            plants=by,
        )
        self._answer(lookout, Kind.RESULT, found=found)

    def _answer(self, asked: Happening, kind: Kind, *, found: bool) -> None:
        """Let one of those who got it answer: whoever is across the border, if anybody is."""
        answers = next(iter(self.place.facing or asked.to), "")
        if not answers:
            return
        later = asked.at + timedelta(minutes=self.chance.randint(40, 60 * 70))
        by = Place(answers, self.place.zone, self.place.country, facing=(self.place.office,))
        self.said.append(
            replace(
                asked,
                name=f"{answers}/{kind}/{asked.name}",
                at=later,
                place=by,
                kind=kind,
                to=(self.place.office,),
                rests_on=asked.name,
                found=found,
            )
        )


def _split(total: Decimal, several: int, step: Decimal, chance: random.Random) -> list[Decimal]:
    """Split an amount into uneven parts that add up to it, none of them nothing."""
    weights = [chance.lognormvariate(0, 0.9) for _ in range(several)]
    free = total - step * several
    parts = [
        step + (free * Decimal(weight / sum(weights))).quantize(step, ROUND_DOWN)
        for weight in weights
    ]
    return [parts[0] + total - sum(parts), *parts[1:]]
