"""The network as tables. Names are kept by language; everything that changes has its dates."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import get_language

from borderliaison.offices.kinds import (
    AgencyKind,
    ChangeKind,
    CountryRole,
    CrossingStatusKind,
    OfficeKind,
    OfficeStatusKind,
    PointKind,
    Precision,
)
from borderliaison.offices.names import name_in

CODE = 6


class Named(models.Model):
    """Something with a code and names by language: ``{"en": …, "ru": …, "ky": …}``."""

    names = models.JSONField(default=dict)

    class Meta:
        """Abstract."""

        abstract = True

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_in(get_language() or "en")

    def name_in(self, lang: str) -> str:
        """Return the name in a language; in English where there is none."""
        return name_in(self.names, lang)

    def __str__(self) -> str:
        return self.name


class Placed(models.Model):
    """Something that stands somewhere; latitude and longitude in degrees WGS84."""

    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_km = models.FloatField(null=True)
    place_source = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=40)

    class Meta:
        """Abstract."""

        abstract = True


class Dated(models.Model):
    """Something that became so on a day, as exactly as its source says."""

    since = models.DateField(null=True)
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    source = models.CharField(max_length=40, blank=True)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        """Abstract."""

        abstract = True


class Source(models.Model):
    """Where facts come from: a public document."""

    key = models.CharField(max_length=40, primary_key=True)
    title = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.key


class Country(Named):
    """A country of the network or beside it, or the region."""

    code = models.CharField(max_length=2, primary_key=True)
    role = models.CharField(max_length=10, choices=CountryRole)
    zone = models.CharField(max_length=40)
    languages = models.JSONField(default=list, blank=True)

    class Meta:
        """By code."""

        ordering: ClassVar = ["code"]


class Agency(Named):
    """An agency of one country."""

    code = models.CharField(max_length=CODE, primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=AgencyKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    steering_only = models.BooleanField(default=False)

    class Meta:
        """By code."""

        ordering: ClassVar = ["code"]


class CrossingPoint(Named, Placed):
    """A place where a border may be crossed, on one side of it."""

    code = models.CharField(max_length=CODE, primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="crossings")
    border = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, related_name="+")
    water = models.JSONField(default=dict, blank=True)
    kinds = models.JSONField(default=list)
    all_day = models.BooleanField(default=False)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        """By code."""

        ordering: ClassVar = ["code"]

    @property
    def kind_labels(self) -> list[str]:
        """What passes here, in words."""
        return [str(PointKind(kind).label) for kind in self.kinds]


class Office(Named, Placed):
    """A unit that can be addressed: what the directory lists and a node belongs to.

    An office at a crossing point has that point's code and place; its own place is empty.
    """

    code = models.CharField(max_length=CODE, primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=20, choices=OfficeKind)
    crossing = models.OneToOneField(
        CrossingPoint, on_delete=models.PROTECT, null=True, related_name="office"
    )
    languages = models.JSONField(default=list, blank=True)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        """By code."""

        ordering: ClassVar = ["code"]


class OfficeAgency(models.Model):
    """An agency works in an office. Agencies of one office are separated: each reads its own."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        """One line an agency."""

        ordering: ClassVar = ["office", "agency"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "agency"], name="office_agency_once")
        ]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.agency_id}"


class OfficeStatus(Dated):
    """What an office has been since a day."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=20, choices=OfficeStatusKind)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["office", "since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "status", "since"], name="office_status_once")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.status} {self.since}"


class CrossingStatus(Dated):
    """Whether a crossing point has been open since a day."""

    crossing = models.ForeignKey(CrossingPoint, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=20, choices=CrossingStatusKind)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["crossing", "since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["crossing", "status", "since"], name="crossing_status_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.crossing_id} {self.status} {self.since}"


class Counterpart(models.Model):
    """Two offices face each other across a border. Kept once, the lower code first."""

    one = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        """One line a pair, in order."""

        ordering: ClassVar = ["one", "other"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="counterpart_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="counterpart_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}-{self.other_id}"


class ReportingLine(models.Model):
    """Where an office's reports go inside its country. Pre-filled in a form, never implied."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="lines")
    to = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        """One line a pair and beginning."""

        ordering: ClassVar = ["office", "since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "to", "since"], name="reporting_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.office_id}>{self.to_id}"

    def holds_on(self, day: date) -> bool:
        """Whether the line holds on a day; the last day is the one before ``until``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


class NamedAudience(Named):
    """A shorthand for readers; written out in full before anyone sends."""

    code = models.CharField(max_length=20, primary_key=True)


class AudienceMember(models.Model):
    """One line of a named audience."""

    audience = models.ForeignKey(NamedAudience, on_delete=models.CASCADE, related_name="members")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """One line a pair."""

        ordering: ClassVar = ["audience", "office", "agency"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["audience", "office", "agency"], name="audience_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience_id}: {self.office_id}/{self.agency_id}"


class Officer(models.Model):
    """An officer as the office asserts him; who may sign in is another matter (``accounts``)."""

    officer_id = models.CharField(max_length=40, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="officers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    languages = models.JSONField(default=list, blank=True)
    clearance = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        """By id."""

        ordering: ClassVar = ["officer_id"]

    def __str__(self) -> str:
        return self.officer_id


class ShippedRow(models.Model):
    """What a data file said when it was last loaded: how an administrator's edit is recognised."""

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    values = models.JSONField()

    class Meta:
        """One line a row."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "key"], name="shipped_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class NetworkChange(models.Model):
    """One correction made here: who, when, on whose word, and each row before and after.

    ``rows`` holds ``{"table", "key", "before", "after"}``; a row that was added has no ``before``, one
    that was taken away no ``after``. That is enough to undo it.
    """

    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    office = models.CharField(max_length=CODE, db_index=True)
    kind = models.CharField(max_length=20, choices=ChangeKind)
    source = models.CharField(max_length=200, blank=True)
    rows = models.JSONField(default=list)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.office} {self.kind}"


class ImportedDirectory(models.Model):
    """A signed directory that was accepted. Kept for good: the next one has to follow it."""

    country = models.CharField(max_length=2)
    serial = models.BigIntegerField()
    signer_kid = models.BinaryField(max_length=16)
    signed = models.BinaryField()
    arrival = models.CharField(max_length=12)
    missed = models.BigIntegerField(default=0)
    imported_at = models.DateTimeField()

    class Meta:
        """Newest last."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.country} {self.serial}"


class DirectoryAlarm(models.Model):
    """Proof that an authority's key signed two histories: the directory that was refused."""

    country = models.CharField(max_length=2)
    serial = models.BigIntegerField()
    code = models.CharField(max_length=10)
    refused = models.BinaryField()
    held = models.BinaryField()
    raised_at = models.DateTimeField()

    class Meta:
        """Newest last."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.country} {self.serial}"
