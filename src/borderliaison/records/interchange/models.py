"""The sets of records that were taken in, how tables are read, and what i2 was told."""

from typing import ClassVar

from django.db import models

from borderliaison.markings.models import MarkedModel


class ImportSet(MarkedModel):
    """A set of records that came from files, each time the whole of it.

    Attributes:
        key: 32 hexadecimal digits; the same name in the same realm is the same set.
        title: as whoever imported it named it.
        format: of the last file.
        officer: who imported it last; ``system`` for an administrator.
        imported_at: when.
        digest: of what was taken in; empty while it is being written.
        things: how many things there are in it.
        links: how many links.
        left_out: how many values or lines of the last file could not be taken in.
    """

    key = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    officer = models.CharField(max_length=60)
    imported_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    things = models.PositiveIntegerField(default=0)
    links = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class ImportPart(models.Model):
    """What of a set has one grade, and so one marking: a source."""

    of = models.ForeignKey(ImportSet, on_delete=models.CASCADE, related_name="parts")
    source = models.OneToOneField("records.Source", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"part {self.pk}"


class ImportPlace(models.Model):
    """Where a thing of a set stood in the chart that its file was.

    Attributes:
        of: the set.
        entity: the thing.
        x: in the units of the file, to the right.
        y: likewise, downwards.
        stands_as: as in ``items.Place``.
    """

    of = models.ForeignKey(ImportSet, on_delete=models.CASCADE, related_name="places")
    entity = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    x = models.FloatField()
    y = models.FloatField()
    stands_as = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "entity"], name="records_placed_once"),
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"


class ImportSpec(models.Model):
    """An import specification that somebody of this office saved: how tables of one kind are read.

    Attributes:
        name: by which it is asked for.
        text: the specification, YAML.
        officer: who saved it; ``system`` for an administrator.
        saved_at: when.
    """

    name = models.CharField(max_length=40, unique=True)
    text = models.TextField()
    officer = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class HandedOver(models.Model):
    """A thing or link as it went into the last update for i2, so that the next one tells only what changed.

    Attributes:
        stream: for whom: a hash of what the reading policy knows of the reader.
        key: of the item.
        fingerprint: of what was said of it, keyed by this node's secret: it tells nobody what it was.
    """

    stream = models.CharField(max_length=32)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "key"], name="records_handed_once"),
        ]

    def __str__(self) -> str:
        return f"handed over {self.pk}"
