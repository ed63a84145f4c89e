"""Putting the route and the group into a year that was drawn."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from borderliaison.node.demo.year import plants
from borderliaison.node.demo.year.happenings import Happening, Kind, Place
from borderliaison.node.demo.year.plants import Plant


def journeys(
    places: Sequence[Place], drawn: Sequence[Happening], chance: random.Random
) -> list[Happening]:
    """Let lorries be seen at the first office of the route some days before they are stopped."""
    said = list(drawn)
    start, *ends = plants.ROUTE
    seen_at = next((one for one in places if one.office == start), None)
    if seen_at is None:
        return said
    stopped = [
        index
        for index, one in enumerate(said)
        if one.kind is Kind.SEIZURE
        and one.place.office in ends
        and one.load is not None
        and one.load.substance in plants.SEASON_SUBSTANCES
    ]
    seen: list[Happening] = []
    for index in sorted(chance.sample(stopped, min(plants.ROUTE_RUNS, len(stopped)))):
        later = said[index]
        subject = replace(later.subject, hidden=plants.ROUTE_HIDDEN, origin="TJ", destination="UZ")
        said[index] = replace(later, subject=subject, plants=(*later.plants, Plant.ROUTE))
        before = later.at - timedelta(
            days=chance.randint(*plants.ROUTE_DAYS), minutes=chance.randrange(720)
        )
        seen.append(
            Happening(
                name=f"{start}/route/{len(seen) + 1:04}",
                at=before,
                place=seen_at,
                kind=Kind.LOOKOUT,
                to=(*seen_at.home, *seen_at.facing),
                subject=replace(subject, hidden=""),
                plants=(Plant.ROUTE,),
            )
        )
    return [*said, *seen]


def meetings(drawn: Sequence[Happening], chance: random.Random) -> list[Happening]:
    """Let the group be named together, in lookouts and seizures that no other truth has made."""
    free = [
        index
        for index, one in enumerate(drawn)
        if one.kind in (Kind.LOOKOUT, Kind.SEIZURE)
        and plants.GROUP_READ_AT in one.to
        and Plant.ROUTE not in one.plants
        and one.subject.kind == "vehicle"
    ]
    said = list(drawn)
    for turn, index in enumerate(
        sorted(chance.sample(free, min(plants.GROUP_MEETINGS, len(free))))
    ):
        cell = plants.CELL_NORTH if turn % 2 else plants.CELL_SOUTH
        with_broker = turn % 3 == 0
        names = (*chance.sample(cell, 1 if with_broker else 2), *([plants.BROKER] * with_broker))
        one = said[index]
        subject = replace(
            one.subject,
            names=names,
            plate=chance.choice(plants.GROUP_PLATES),
            telephone=chance.choice(plants.GROUP_TELEPHONES),
        )
        said[index] = replace(one, subject=subject, plants=(*one.plants, Plant.GROUP))
    return said
