"""The index: which item holds which word, and where."""

from typing import ClassVar

from django.db import models

from borderliaison.markings.models import MarkedModel, MarkingRow


class Posting(MarkedModel):
    """One word of an item. Goes with the item.

    Attributes:
        word: in the one spelling by which it is compared, as octets: they are ordered alike in every
            database. A code begins with ``=``: ``=substance.heroin``, ``=form.lookout``.
        place: which word of the item it is, so that phrases are found; 0 for codes.
    """

    marking = models.ForeignKey(
        MarkingRow, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    item = models.ForeignKey("correspondence.Item", on_delete=models.CASCADE, related_name="+")
    word = models.BinaryField(max_length=120)
    place = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["word", "item", "place"], name="correspondence_posting_word")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.place}"
