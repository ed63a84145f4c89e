"""Weekly summaries of a year that was drawn: what each office counted, on the Monday after."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from borderliaison.node.demo.year.happenings import Happening, Kind, Place, Week
from borderliaison.node.demo.year.rhythm import rhythm_of, tide

WEEKS: Final = 52


def summaries(
    places: Sequence[Place], said: Sequence[Happening], first: date, seed: int
) -> Iterator[Happening]:
    """Yield each office's weekly summaries.

    Args:
        places: the offices that write.
        said: everything that was written in the year.
        first: the Monday on which it began.
        seed: of the year.
    """
    for place in places:
        chance = random.Random(f"{seed}/{place.office}/weeks")  # noqa: S311  # invented data
        rhythm, zone = rhythm_of(place.office), ZoneInfo(place.zone)
        own = [one for one in said if one.place.office == place.office]
        for week in range(WEEKS):
            begins = datetime.combine(first + timedelta(weeks=week), time(), zone)
            ends = datetime.combine(first + timedelta(weeks=week + 1), time(), zone)
            within = [one.kind for one in own if begins <= one.at < ends]
            ebb = tide(rhythm, begins.month)
            lorries = round(sum(chance.randint(*rhythm.lorries) for _ in range(7)) * ebb)
            amounted = Week(
                begins=begins,
                counts={kind: within.count(kind) for kind in Kind if kind is not Kind.WEEK},
                travellers=round(sum(chance.randint(*rhythm.travellers) for _ in range(7)) * ebb),
                lorries=lorries,
                searched=round(lorries * chance.uniform(0.02, 0.06)),
                wait_min=chance.randint(20, 180) if lorries else 0,
            )
            yield Happening(
                name=f"{place.office}/week/{week + 1:02}",
                at=ends.astimezone(UTC) + timedelta(hours=8, minutes=chance.randrange(120)),
                place=place,
                kind=Kind.WEEK,
                to=place.home,
                week=amounted,
            )
