"""The interned marking: one row for each marking there is, never changed, never deleted."""

from typing import Final

from django.db import models

from borderliaison.kernel.marking import Marking

MAX_VALUES: Final = 4096
_VALUES: dict[str, Marking] = {}
"""Markings by their digest: the same content, read once."""


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
        known = _VALUES.get(self.digest)
        if known is None:
            known = Marking.from_data(self.data)
            if len(_VALUES) >= MAX_VALUES:
                _VALUES.clear()
            _VALUES[self.digest] = known
        return known
