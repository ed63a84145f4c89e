"""Which board belongs to which office: one table, read by every part of the board.

A liaison office watches its own pair, a sector the offices that report to it, a centre its country, the
regional centre the region. The parts are the same; what differs is a line here. A level chooses the offices
of map and table, and is one press away in the feed; it hides nothing that was addressed to this office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from borderliaison.kernel.ids import CountryCode, OfficeCode
from borderliaison.offices.kinds import OfficeKind
from borderliaison.offices.services import (
    all_offices,
    counterparts_of,
    country_of,
    offices_below,
    offices_in,
    reporting_line,
)


class Scope(StrEnum):
    """Which offices a level watches."""

    PAIR = "pair"
    """The own office, those that it faces across a border, and where its reports go."""
    LINE = "line"
    """The own office, those whose reports come to it, and those that they face."""
    COUNTRY = "country"
    REGION = "region"
    """Every office of the network."""


class Panel(StrEnum):
    """A part of the board."""

    FEED = "feed"
    NEEDS = "needs"
    MAP = "map"
    HOURS = "hours"
    OFFICES = "offices"


ALL: Final = frozenset(Panel)


@dataclass(frozen=True, slots=True)
class Level:
    """The board of one kind of office.

    Attributes:
        hours: the time window that it begins with.
        opens_with: what stands in the middle at first, the map or the offices as a table.
    """

    scope: Scope
    hours: int = 24
    panels: frozenset[Panel] = ALL
    opens_with: Panel = Panel.MAP


LEVELS: Final[Mapping[OfficeKind, Level]] = {
    OfficeKind.BLO: Level(Scope.PAIR),
    OfficeKind.PORT_CONTROL_UNIT: Level(Scope.PAIR),
    OfficeKind.MOBILE_TEAM: Level(Scope.PAIR, panels=ALL - {Panel.HOURS}),
    OfficeKind.OUTPOST: Level(Scope.PAIR, panels=ALL - {Panel.HOURS}),
    OfficeKind.OPERATIONAL_SECTOR: Level(Scope.LINE),
    OfficeKind.COORDINATION_CENTRE: Level(Scope.COUNTRY),
    OfficeKind.SITUATION_CENTRE: Level(Scope.COUNTRY, hours=72),
    OfficeKind.HEADQUARTERS: Level(Scope.COUNTRY, hours=168, opens_with=Panel.OFFICES),
    OfficeKind.REGIONAL_CENTRE: Level(Scope.REGION, hours=72),
}


def level_of(office: OfficeCode) -> Level:
    """Return the board of an office; one that the network does not know watches its pair."""
    kinds = {one.code: one.kind for one in all_offices()}
    return LEVELS[OfficeKind(kinds.get(office, OfficeKind.BLO))]


def offices_of(scope: Scope, office: OfficeCode) -> frozenset[OfficeCode]:
    """Return the offices that a level watches."""
    match scope:
        case Scope.PAIR:
            return frozenset({office, *counterparts_of(office), *reporting_line(office)})
        case Scope.LINE:
            below = offices_below(office)
            facing = {there for one in below for there in counterparts_of(one)}
            return frozenset({office, *below, *facing, *reporting_line(office)})
        case Scope.COUNTRY:
            return frozenset({office, *offices_in(CountryCode(country_of(office)))})
        case Scope.REGION:
            return frozenset(OfficeCode(one.code) for one in all_offices())
