"""What has happened, in order, for pages that are open."""

from django.db import models


class FeedEvent(models.Model):
    """One thing that happened.

    ``marking_id`` is the interned marking of what it is about, or empty for what every officer of the
    node may know (a link that went down). It is a number, not a foreign key: this package is below
    ``markings``.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    marking_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"
