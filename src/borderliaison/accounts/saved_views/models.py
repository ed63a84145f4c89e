"""Views that officers keep."""

from typing import ClassVar

from django.db import models


class SavedView(models.Model):
    """A page with its filters, under a name.

    Attributes:
        key: 12 hexadecimal digits.
        office: whose officers see it where it is shared.
        realm: where it was kept; elsewhere it is not there.
        address: path and filters.
        place: in the owner's order.
        removed_at: when its owner took it away; kept for a while, so that he can take that back.
    """

    key = models.CharField(max_length=12, unique=True)
    owner = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    office = models.CharField(max_length=10)
    realm = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=600)
    is_shared = models.BooleanField(default=False)
    place = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place", "id"]
        indexes: ClassVar = [
            models.Index(fields=["office", "realm"], name="accounts_view_of_office"),
        ]

    def __str__(self) -> str:
        return self.key
