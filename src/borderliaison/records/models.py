"""Entities and what is said of them.

An entity is a number to hang statements on; it holds nothing that can be read. What a reader may know of
it, even that it exists, are the statements whose marking he may read.
"""

from typing import ClassVar

from django.db import models

from borderliaison.records.interchange.models import (
    HandedOver,
    ImportPart,
    ImportPlace,
    ImportSet,
    ImportSpec,
)
from borderliaison.records.large import LargeModel
from borderliaison.records.resolution.models import (
    Candidate,
    Clue,
    Identity,
    Judgement,
    Lapsed,
    Uncompared,
)
from borderliaison.records.search.models import IndexedTo, Match, Standing, Wording

__all__ = [
    "Candidate",
    "Clue",
    "Entity",
    "HandedOver",
    "Identity",
    "ImportPart",
    "ImportPlace",
    "ImportSet",
    "ImportSpec",
    "IndexedTo",
    "Judgement",
    "Lapsed",
    "Link",
    "Match",
    "Source",
    "Standing",
    "Statement",
    "Uncompared",
    "Wording",
]


class Source(models.Model):
    """What statements come from: a report, the directory, an import.

    Attributes:
        key: of the report's item, or of the import; 32 hexadecimal digits.
        kind: which of them it is.
        office: that says so.
        said_at: when it was said.
        digest: of what it said when it was last written here, in hexadecimal.
    """

    class Kind(models.TextChoices):
        """Kinds of source."""

        REPORT = "report"
        DIRECTORY = "directory"
        IMPORT = "import"

    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    office = models.CharField(max_length=10)
    said_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.key


class Entity(models.Model):
    """Somebody, something, an event or a link, as one source speaks of it.

    Attributes:
        key: 32 hexadecimal digits, the same in every office that holds the source.
        schema: a schema of the ontology.
    """

    key = models.CharField(max_length=32, unique=True)
    schema = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["schema"], name="records_by_kind")]

    def __str__(self) -> str:
        return self.key


class Statement(LargeModel):
    """One value of one property of one entity, as one source says.

    Attributes:
        prop: the property's name in the entity's schema.
        value: as it is kept; of a reference, the key of the other entity.
        key: by which it is found and compared; empty for what is not.
        language: in which it was said; empty where it does not matter.
        original: as it was said, where that differs.
        first_seen: when what it says was first so, as far as this source knows.
        last_seen: likewise, last.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    prop = models.CharField(max_length=40)
    value = models.TextField()
    key = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=3, blank=True)
    original = models.TextField(blank=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["key", "prop"], condition=~models.Q(key=""), name="records_by_key"
            ),
            models.Index(fields=["entity", "marking"], name="records_readable"),
        ]

    def __str__(self) -> str:
        return f"{self.prop} {self.pk}"


class Link(LargeModel):
    """A line between two entities: an entity that is a link, or a reference from one to the other.

    Attributes:
        entity: the link itself; of a reference, whoever refers.
        begin: where it begins.
        end: where it ends.
        kind: the schema of the link, or the name of the reference: ``Identification:holder``.
        since: when it began, or when it was; empty where nothing says so.
        until: when it ended; empty where nothing says so.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    begin = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    end = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Change(models.Model):
    """A note that a source was written or withdrawn, or that officers judged; the latest of each alone.

    What is kept in memory is brought up to date by it (``records.changes``). It names nothing, and says of
    a source that is gone only that there was one.

    Attributes:
        source: the number of the source; 0 for judgements.
    """

    source = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"change {self.pk}"
