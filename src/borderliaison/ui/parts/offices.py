"""An office as a sign: the shape is its rank, the icon its kind, filled if own, a badge for the link."""

from dataclasses import dataclass
from enum import StrEnum

from borderliaison.ui.shell import LinkWord


class OfficeKind(StrEnum):
    """What an office is, with the icon that stands in its shape."""

    ROAD = "road"
    RAIL = "rail"
    AIR = "air"
    PORT = "port"
    SECTOR = "sector"
    CENTRE = "centre"
    HEADQUARTERS = "headquarters"
    REGION = "region"
    MOBILE_TEAM = "mobile_team"
    PORT_UNIT = "port_unit"

    @property
    def icon(self) -> str:
        """The icon's name."""
        return _ICONS[self]

    @property
    def shape(self) -> str:
        """``circle`` for a liaison office, ``square`` for a sector, ``hexagon`` for a centre."""
        if self is OfficeKind.SECTOR:
            return "square"
        if self in (OfficeKind.CENTRE, OfficeKind.HEADQUARTERS, OfficeKind.REGION):
            return "hexagon"
        return "circle"


_ICONS = {
    OfficeKind.ROAD: "road",
    OfficeKind.RAIL: "train",
    OfficeKind.AIR: "plane",
    OfficeKind.PORT: "ship",
    OfficeKind.SECTOR: "building-broadcast-tower",
    OfficeKind.CENTRE: "building-fortress",
    OfficeKind.HEADQUARTERS: "building-bank",
    OfficeKind.REGION: "world",
    OfficeKind.MOBILE_TEAM: "users-group",
    OfficeKind.PORT_UNIT: "container",
}
_BADGES = {
    LinkWord.LINKED: "check",
    LinkWord.SLOW: "clock",
    LinkWord.DOWN: "x",
    LinkWord.COURIER: "package",
    LinkWord.PLANNED: "",
}


@dataclass(frozen=True, slots=True)
class OfficeSign:
    """An office drawn as a sign."""

    kind: OfficeKind
    is_own: bool = True
    link: LinkWord | None = None
    is_selected: bool = False

    @property
    def badge(self) -> str:
        """The icon of the link's badge; empty without one."""
        return _BADGES[self.link] if self.link else ""
