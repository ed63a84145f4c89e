"""The exercise as this office knows it. Only what an administrator opened here exists here."""

from datetime import datetime
from typing import ClassVar, Protocol

from django.db import models
from django.utils import timezone

from borderliaison.kernel.realm import Realm


class Player(Protocol):
    """What of an account says whether it is a member; ``Account`` has it."""

    agency: str
    officer_id: str


class Exercise(models.Model):
    """One exercise in which this office takes part.

    Attributes:
        name: the short name that all offices use: ``seal-2026``. It is never used again.
        until: when it ends by itself; ``closed_at`` where it was ended before.
        offices: the codes of the other offices that take part.
        members: codes of agencies and numbers of officers of this office.
    """

    name = models.CharField(max_length=40, primary_key=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    offices = models.JSONField(default=list)
    members = models.JSONField(default=list)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-opened_at", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def realm(self) -> Realm:
        """Its realm."""
        return Realm(self.name)

    @property
    def ended_at(self) -> datetime:
        """When it ended, or will end."""
        return min(self.until, self.closed_at) if self.closed_at else self.until

    @property
    def is_open(self) -> bool:
        """Whether it goes on: afterwards it can be read, and nothing is written or received."""
        return timezone.now() < self.ended_at

    @property
    def title(self) -> str:
        """Its name as it is shown: ``Seal 2026``."""
        return self.realm.title

    def has_member(self, player: Player) -> bool:
        """Whether an officer of this office may enter."""
        return player.agency in self.members or player.officer_id in self.members
