"""The code lists of the network, with their words and icons (Tabler names, visual guide)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeKind(models.TextChoices):
    """What an office is. Numbers and positions of units are never shipped."""

    BLO = "blo", _("Border liaison office")
    COORDINATION_CENTRE = "coordination_centre", _("Coordination centre")
    OPERATIONAL_SECTOR = "operational_sector", _("Operational management sector")
    SITUATION_CENTRE = "situation_centre", _("Situation centre")
    REGIONAL_CENTRE = "regional_centre", _("Regional centre")
    HEADQUARTERS = "headquarters", _("Headquarters")
    MOBILE_TEAM = "mobile_team", _("Interagency mobile team")
    PORT_CONTROL_UNIT = "port_control_unit", _("Port control unit")
    OUTPOST = "outpost", _("Border outpost")


class AgencyKind(models.TextChoices):
    """What an agency does."""

    BORDER = "border", _("Border service")
    CUSTOMS = "customs", _("Customs")
    DRUGS = "drugs", _("Drug control")
    INTERIOR = "interior", _("Interior")
    FOREIGN = "foreign", _("Foreign affairs")
    REGIONAL = "regional", _("Regional coordination")


class CountryRole(models.TextChoices):
    """How a country belongs to the network."""

    MEMBER = "member", _("Member")
    NEIGHBOUR = "neighbour", _("Neighbour")
    REGION = "region", _("Region")


class PointKind(models.TextChoices):
    """What passes at a crossing point."""

    ROAD = "road", _("Road")
    RAIL = "rail", _("Railway")
    AIRPORT = "airport", _("Airport")
    SEAPORT = "seaport", _("Seaport")


class OfficeStatusKind(models.TextChoices):
    """How far an office has come."""

    PLANNED = "planned", _("Planned")
    ESTABLISHING = "establishing", _("Being established")
    OPERATING = "operating", _("Operating")
    TO_BE_ENHANCED = "to_be_enhanced", _("To be enhanced")
    SUPPORTED = "supported", _("Supported crossing point, no liaison office")
    TRAINING_PLANNED = "training_planned", _("Training class planned, no liaison office")
    TRAINING_CLASS = "training_class", _("Training class, no liaison office")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


class CrossingStatusKind(models.TextChoices):
    """Whether a crossing point lets anyone through."""

    OPEN = "open", _("Open")
    RESTRICTED = "restricted", _("Restricted")
    CLOSED = "closed", _("Closed")


class Precision(models.TextChoices):
    """How exactly a source gives a date."""

    DAY = "day", _("On the day")
    MONTH = "month", _("In the month")
    YEAR = "year", _("In the year")
    BY_YEAR = "by_year", _("By the year")


KIND_ICONS = {
    OfficeKind.BLO: "road",
    OfficeKind.COORDINATION_CENTRE: "building-fortress",
    OfficeKind.OPERATIONAL_SECTOR: "building-broadcast-tower",
    OfficeKind.SITUATION_CENTRE: "building-fortress",
    OfficeKind.REGIONAL_CENTRE: "world",
    OfficeKind.HEADQUARTERS: "building-bank",
    OfficeKind.MOBILE_TEAM: "users-group",
    OfficeKind.PORT_CONTROL_UNIT: "container",
    OfficeKind.OUTPOST: "barrier-block",
}
POINT_ICONS = {
    PointKind.ROAD: "road",
    PointKind.RAIL: "train",
    PointKind.AIRPORT: "plane",
    PointKind.SEAPORT: "ship",
}
SHAPES = {
    OfficeKind.BLO: "circle",
    OfficeKind.OPERATIONAL_SECTOR: "square",
    OfficeKind.COORDINATION_CENTRE: "hexagon",
    OfficeKind.SITUATION_CENTRE: "hexagon",
    OfficeKind.REGIONAL_CENTRE: "hexagon",
    OfficeKind.HEADQUARTERS: "tile",
    OfficeKind.MOBILE_TEAM: "circle",
    OfficeKind.PORT_CONTROL_UNIT: "circle",
    OfficeKind.OUTPOST: "circle",
}
"""The shape says the kind: circle an office, rounded square a sector, hexagon a centre."""
