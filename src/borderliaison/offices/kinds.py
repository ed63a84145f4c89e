"""The code lists of the network, with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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

    MEMBER = "member", pgettext_lazy("country", "Member")
    NEIGHBOUR = "neighbour", pgettext_lazy("country", "Neighbour")
    REGION = "region", pgettext_lazy("country", "Region")


class PointKind(models.TextChoices):
    """What passes at a crossing point."""

    ROAD = "road", _("Road")
    RAIL = "rail", _("Railway")
    AIRPORT = "airport", _("Airport")
    SEAPORT = "seaport", _("Seaport")


class OfficeStatusKind(models.TextChoices):
    """How far an office has come."""

    PLANNED = "planned", pgettext_lazy("office", "Planned")
    ESTABLISHING = "establishing", pgettext_lazy("office", "Being established")
    OPERATING = "operating", pgettext_lazy("office", "Operating")
    TO_BE_ENHANCED = "to_be_enhanced", pgettext_lazy("office", "To be enhanced")
    SUPPORTED = "supported", pgettext_lazy("office", "Supported crossing point, no liaison office")
    TRAINING_PLANNED = (
        "training_planned",
        pgettext_lazy("office", "Training class planned, no liaison office"),
    )
    TRAINING_CLASS = "training_class", pgettext_lazy("office", "Training class, no liaison office")
    SUSPENDED = "suspended", pgettext_lazy("office", "Suspended")
    CLOSED = "closed", pgettext_lazy("office", "Closed")


class CrossingStatusKind(models.TextChoices):
    """Whether a crossing point lets anyone through."""

    OPEN = "open", pgettext_lazy("crossing point", "Open")
    RESTRICTED = "restricted", pgettext_lazy("crossing point", "Restricted")
    CLOSED = "closed", pgettext_lazy("crossing point", "Closed")


class Precision(models.TextChoices):
    """How exactly a source gives a date."""

    DAY = "day", pgettext_lazy("date", "On the day")
    MONTH = "month", pgettext_lazy("date", "In the month")
    YEAR = "year", pgettext_lazy("date", "In the year")
    BY_YEAR = "by_year", pgettext_lazy("date", "By the year")


class ChangeKind(models.TextChoices):
    """What a correction of the network was about."""

    PLACE = "place", pgettext_lazy("correction", "Position")
    STATUS = "status", pgettext_lazy("correction", "Status of the office")
    CROSSING_STATUS = "crossing_status", pgettext_lazy("correction", "Status of the crossing point")
    REPORTING_LINE = "reporting_line", pgettext_lazy("correction", "Reporting line")
    COUNTERPART = "counterpart", pgettext_lazy("correction", "Counterpart")
    ALIAS = "alias", pgettext_lazy("correction", "Spelling")
