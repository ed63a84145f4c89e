"""Drafts, the register, and places. A sent report itself is an item of ``correspondence``."""

from typing import ClassVar

from django.db import models

from borderliaison.correspondence.models import Item
from borderliaison.markings.models import MarkedModel


class Draft(MarkedModel):
    """What an officer is writing: exactly as typed, his alone until it is sent.

    Attributes:
        values: the raw values by field, as typed.
        cover: classification, handling, grading and audience, as chosen.
        thread: the thread that it will join; empty begins one.
        source: the item that it rests on (passed on, corrected or answered); empty for a new one.
        purpose: why it was begun: ``new``, ``pass_on``, ``correct``, ``result``.
        revision: counts saves, so that a page that is behind never overwrites what came after.
        page: which open page saved last; that page may save on, whatever number it began with.
    """

    key = models.CharField(max_length=32, unique=True)
    officer = models.CharField(max_length=20, db_index=True)
    form = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    cover = models.JSONField(default=dict)
    thread = models.CharField(max_length=32, blank=True)
    source = models.CharField(max_length=32, blank=True)
    purpose = models.CharField(max_length=10, default="new")
    revision = models.PositiveIntegerField(default=0)
    page = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-saved_at",)

    def __str__(self) -> str:
        return self.key


class RegisterLine(models.Model):
    """The last number that an office has given in a year. Gapless: taken in the report's transaction."""

    office = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    realm = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "year", "realm"], name="register_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}-{self.year}: {self.last}"


class Place(MarkedModel):
    """Where and when what a report tells of happened: drawn from the report, and gone with it.

    Attributes:
        office: who reported it.
        form: the form's id: ``seizure``.
        urgency: of the warning in lower case, as CAP 1.2 calls it; empty where the form has none.
        at: when it happened; when it was written, where the report does not say.
        crossing: the crossing point where it happened, or the nearest one; empty without one.
        latitude: in degrees WGS84, where the report gives coordinates; else empty, and the crossing
            point's own place holds.
        longitude: likewise.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="+")
    office = models.CharField(max_length=10)
    form = models.CharField(max_length=40)
    urgency = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(db_index=True)
    crossing = models.CharField(max_length=40, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.form} {self.at:%Y-%m-%d}"


class DrawnTo(models.Model):
    """How far records are drawn from what was kept. There is one line.

    Attributes:
        item: the number of the last item that was looked at.
        rules: a hash of the rules by which it was done, and of how they were followed.
    """

    item = models.BigIntegerField(default=0)
    rules = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.item)


class KeptOut(MarkedModel):
    """A report that somebody took out of the records. It is here still, and can be put back.

    Attributes:
        report: the key of its first state; what corrects it stays out with it.
        why: his reason, in his words.
        officer: his id; the administrator's name, where he did it.
        name: his.
    """

    report = models.CharField(max_length=32, unique=True)
    why = models.CharField(max_length=500)
    officer = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.report
