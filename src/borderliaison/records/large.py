"""Marked rows of which there are very many under each of a few markings."""

from django.db import models

from borderliaison.markings.models import MarkedModel, MarkingRow


class LargeModel(MarkedModel):
    """A marked row that is never looked for by its marking alone.

    That would be an index by which a database that knows no better reads all rows, where another one leads
    to a few.
    """

    marking = models.ForeignKey(
        MarkingRow, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True
