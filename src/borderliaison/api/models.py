"""What was answered to calls that changed something, so that repeating them changes nothing again."""

from typing import ClassVar

from django.db import models

from borderliaison.accounts.models import ApiToken


class Answered(models.Model):
    """The answer to one call. It holds ids and states alone, nothing that a marking would protect.

    Attributes:
        key: the program's own name for the call.
        fingerprint: SHA-256 of method, address and body.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="answered_once"),
        ]

    def __str__(self) -> str:
        return self.key
