"""Coming back from a loss: whose word is awaited, and what peers have given back."""

from django.db import models

from borderliaison.exchange.models.incoming import Application
from borderliaison.exchange.models.letters import LetterRow


class Why(models.TextChoices):
    """Why this node may lack something that others hold."""

    RESTORED = "restored"
    """An administrator has put a backup back."""
    BEHIND = "behind"
    """The database is older than the high-water file, or than what peers have proved."""
    MARKS_LOST = "marks_lost"
    """The high-water file is gone or damaged, so that nothing shows how old the database is."""


class RecoveryRow(models.Model):
    """One recovery. While it has not ended, pages are closed."""

    since = models.DateTimeField()
    why = models.CharField(max_length=12, choices=Why.choices)
    copy_taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    overridden_by = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"recovery {self.pk}: {self.why}"


class AwaitedPeer(models.Model):
    """A peer with which there were streams, in one recovery."""

    recovery = models.ForeignKey(RecoveryRow, on_delete=models.CASCADE, related_name="peers")
    peer = models.CharField(max_length=16)
    reconciled_at = models.DateTimeField(null=True)
    """When it was certain that nothing of what it holds, and has sent us, is lacking here."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recovery", "peer"], name="exchange_awaited_once"),
        )

    def __str__(self) -> str:
        return f"{self.peer} in recovery {self.recovery_id}"


class Returned(models.Model):
    """A letter of ours that was lost here and that a peer has given back."""

    letter = models.OneToOneField(LetterRow, on_delete=models.PROTECT, related_name="+")
    peer = models.CharField(max_length=16)
    returned_at = models.DateTimeField()
    application = models.CharField(
        max_length=8, choices=Application.choices, default=Application.PENDING
    )
    apply_code = models.CharField(max_length=48, blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["id"],
                name="exchange_to_make_again",
                condition=models.Q(application=Application.PENDING),
            ),
            models.Index(
                fields=["apply_code"],
                name="exchange_not_made_again",
                condition=models.Q(application=Application.FAILED),
            ),
        )

    def __str__(self) -> str:
        return f"returned {self.letter_id}"


class Decision(models.Model):
    """What an administrator has decided about the exchange, and why. The audit line names it."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=48)
    subject = models.CharField(max_length=120)
    why = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.action}"


class MarksBegun(models.Model):
    """That this database has a high-water file beside it. One row, once there is one."""

    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"marks since {self.begun_at}"
