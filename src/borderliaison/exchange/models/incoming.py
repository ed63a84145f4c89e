"""What comes in: the streams of our peers with their entries, and what was kept apart as evidence."""

from django.db import models

from borderliaison.exchange.core.entry import GENESIS, Lane
from borderliaison.exchange.core.receiver import Arrival, InState
from borderliaison.exchange.models.letters import Body, LetterRow
from borderliaison.exchange.models.octets import MaybeOctetsField, OctetsField


class InStream(models.Model):
    """One stream that a peer sends us."""

    sender = models.CharField(max_length=16)
    realm = models.CharField(max_length=60)
    lane = models.CharField(max_length=8, choices=[(lane.value, lane.value) for lane in Lane])
    epoch = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField(default=0)
    head_hash = OctetsField(max_length=32, default=GENESIS)
    head_signed = OctetsField(default=b"")
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in InState], default=InState.OPEN.value
    )

    follows_epoch = models.PositiveIntegerField(null=True)
    """In a later epoch, the epoch of the old head that its first entry names; None: it names none."""
    follows_seq = models.PositiveBigIntegerField(default=0)
    """The number of that old head: how far the sender's own copy went when it began anew."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["sender", "realm", "lane", "epoch"], name="exchange_in_stream_once"
            ),
        )

    def __str__(self) -> str:
        return f"stream from {self.sender} {self.realm} {self.lane} {self.epoch}"


class Application(models.TextChoices):
    """What has become of a delivered letter in this node."""

    NONE = "none"
    """It was refused, or came a second time: there is nothing to apply."""
    PENDING = "pending"
    APPLIED = "applied"
    FAILED = "failed"
    """Its handler failed; it waits for a retry on demand."""


class InEntry(models.Model):
    """One line of a stream that a peer sends us. Written once, but for its application."""

    stream = models.ForeignKey(InStream, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    entry = OctetsField()
    entry_hash = OctetsField(max_length=32)
    head_signed = OctetsField(default=b"")
    """Where a frame ended here, its signed head: with it the sender gets back what it has lost."""
    letter = models.ForeignKey(LetterRow, null=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    refused_code = models.CharField(max_length=48, blank=True)
    received_at = models.DateTimeField()
    application = models.CharField(max_length=8, choices=Application.choices)
    apply_code = models.CharField(max_length=48, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    """How often its handler was run to an end, well or not."""
    faults = models.PositiveIntegerField(default=0)
    """How often in a row the database failed under its handler."""
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "seq"], name="exchange_in_entry_once"),
        )
        indexes = (
            models.Index(
                fields=["id"],
                name="exchange_to_apply",
                condition=models.Q(application=Application.PENDING),
            ),
            models.Index(
                fields=["apply_code"],
                name="exchange_apply_failed",
                condition=models.Q(application=Application.FAILED),
            ),
            models.Index(
                fields=["stream", "seq"],
                name="exchange_in_refused",
                condition=~models.Q(refused_code=""),
            ),
        )

    def __str__(self) -> str:
        return f"in entry {self.stream_id}/{self.seq}"


class Quarantined(models.Model):
    """Something that came and was not let into a ledger: the bytes, why, and how often."""

    reason = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Arrival])
    code = models.CharField(max_length=48, blank=True)
    claimed_sender = models.CharField(max_length=16, blank=True)
    stream = models.CharField(max_length=120, blank=True)
    digest = OctetsField(max_length=32)
    size = models.PositiveBigIntegerField()
    content = MaybeOctetsField()
    """The bytes; None where there was no room for them any more."""
    held_head = OctetsField(default=b"")
    """For a fork: the signed head that was held, the other half of the proof."""
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    judge_again_at = models.DateTimeField(null=True)
    """Since when it waits for the worker to judge it again."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["digest", "reason"], name="exchange_quarantined_once"),
        )

    def __str__(self) -> str:
        return f"quarantined {self.digest.hex()[:16]}: {self.reason}"
