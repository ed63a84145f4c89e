"""One table of lines that are written once.

The model refuses what a programmer might write by mistake; triggers of the database refuse what goes past
the model. SQLite drops them with the table: a migration that makes this table anew makes them anew, too.
"""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models

from borderliaison.kernel.errors import LiaisonError


class AuditIsAppendOnly(LiaisonError):
    """An audit line cannot be changed or deleted."""

    code = "E-AUD-01"


class AppendOnlyQuerySet(models.QuerySet["AuditLine"]):
    """A query that reads and adds lines, and does nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AuditIsAppendOnly("audit lines are written once")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AuditIsAppendOnly("audit lines are never deleted")

    def bulk_create(
        self, objs: Iterable["AuditLine"], *args: Any, **kwargs: Any
    ) -> list["AuditLine"]:
        """Add lines; none takes the place of another."""
        if args or kwargs.get("update_conflicts"):
            raise AuditIsAppendOnly("audit lines are written once")
        return super().bulk_create(objs, **kwargs)

    def _update(self, values: Any) -> NoReturn:
        raise AuditIsAppendOnly("audit lines are written once")

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise AuditIsAppendOnly("audit lines are never deleted")


class AuditLine(models.Model):
    """Who did what, to which id, when. Ids only: never a name, a text or a query."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    realm = models.CharField(max_length=60)
    ids = models.JSONField(default=dict)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.actor} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the line, once."""
        if self.pk is not None:
            raise AuditIsAppendOnly("an audit line is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AuditIsAppendOnly("an audit line is never deleted")
