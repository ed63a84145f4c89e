"""The interned marking: one row for each marking there is, never changed, never deleted."""

from django.db import models

from borderliaison.kernel.marking import Marking


class MarkingRow(models.Model):
    """One marking, stored once. Everything else refers to it by its number."""

    digest = models.CharField(max_length=64, unique=True)
    realm = models.CharField(max_length=60, db_index=True)
    data = models.JSONField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"marking {self.pk}"

    @property
    def value(self) -> Marking:
        """The marking itself."""
        return Marking.from_data(self.data)
