"""The registers of incoming and outgoing correspondence: each agency of an office keeps its own.

A line holds a number, a day and nothing that was said: what it stands for is read through the item.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from borderliaison.markings.models import MarkedModel


class Direction(models.TextChoices):
    """Whether a register is of what came or of what went out."""

    INCOMING = "in", pgettext_lazy("register", "Incoming")
    OUTGOING = "out", pgettext_lazy("register", "Outgoing")


class Register(models.Model):
    """One register: of an agency in an office, one way, in one year, in one realm.

    Attributes:
        year: of the office's local date on which its numbers are given.
        volume: empty; after a loss the name of the new volume, ``R1122-0131``.
        opened_at: when it was begun; for a new volume, when the loss was found.
        last: the last number given. Gapless: taken in the transaction that keeps the item.
    """

    office = models.CharField(max_length=10)
    agency = models.CharField(max_length=10)
    direction = models.CharField(max_length=3, choices=Direction)
    year = models.PositiveSmallIntegerField()
    realm = models.CharField(max_length=60)
    volume = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "agency", "direction", "year", "realm", "volume"],
                name="correspondence_register_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.agency} {self.direction} {self.year}{self.volume}: {self.last}"


class RegisterEntry(MarkedModel):
    """One line of a register: a document with its number. Never changed, never taken away.

    ``marking`` says who may see that there is such a line: the agency whose register it is, with the
    document's classification. What the document says is read through the item and its own marking.

    Attributes:
        agency: the register's, here once more so that a document is entered once.
        direction: the register's too.
        document: the key of the item that was entered first; corrections belong to the same line.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    agency = models.CharField(max_length=10)
    direction = models.CharField(max_length=3, choices=Direction)
    document = models.CharField(max_length=32)
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "number"], name="correspondence_number_once"
            ),
            models.UniqueConstraint(
                fields=["document", "agency", "direction"], name="correspondence_entered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.number}"


class RegisteredItem(models.Model):
    """An item that a line stands for: the document, or a correction of it. Goes with the item."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.CASCADE, related_name="states")
    item = models.ForeignKey(
        "correspondence.Item", on_delete=models.CASCADE, related_name="registered"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "item"], name="correspondence_state_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.item_id}"
