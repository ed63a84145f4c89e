"""One table of lines that are written once."""

from typing import Any

from django.db import models

from borderliaison.kernel.errors import LiaisonError


class AuditIsAppendOnly(LiaisonError):
    """An audit line cannot be changed or deleted."""

    code = "E-AUD-01"


class AuditLine(models.Model):
    """Who did what, to which id, when. Ids only: never a name, a text or a query."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    realm = models.CharField(max_length=60)
    ids = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.actor} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the line, once."""
        if self.pk is not None:
            raise AuditIsAppendOnly("an audit line is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise AuditIsAppendOnly("an audit line is never deleted")
