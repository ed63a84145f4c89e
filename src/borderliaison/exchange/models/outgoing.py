"""What goes out: one delivery for each letter and recipient, and the streams with their entries."""

from django.db import models

from borderliaison.exchange.core.entry import GENESIS, Lane
from borderliaison.exchange.core.sender import OutState, Stage
from borderliaison.exchange.models.letters import Body, LetterRow
from borderliaison.exchange.models.octets import OctetsField
from borderliaison.exchange.progress import Waiting

_LANES = [(lane.value, lane.value) for lane in Lane]


class Delivery(models.Model):
    """How far one letter has come on its way to one office."""

    letter = models.ForeignKey(LetterRow, on_delete=models.CASCADE, related_name="+")
    recipient = models.CharField(max_length=16)
    lane = models.CharField(max_length=8, choices=_LANES)
    stage = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in Stage], default=Stage.SAVED.value
    )
    waiting = models.CharField(
        max_length=24, choices=[(w.value, w.value) for w in Waiting], blank=True
    )
    refused_code = models.CharField(max_length=48, blank=True)
    saved_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["letter", "recipient"], name="exchange_delivery_once"),
        )
        indexes = (
            models.Index(
                fields=["lane", "id"],
                name="exchange_unsealed",
                condition=models.Q(stage=Stage.SAVED.value),
            ),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk} to {self.recipient}: {self.stage}"


class OutStream(models.Model):
    """One stream that we send."""

    recipient = models.CharField(max_length=16)
    realm = models.CharField(max_length=60)
    lane = models.CharField(max_length=8, choices=_LANES)
    epoch = models.PositiveIntegerField(default=1)
    seq = models.PositiveBigIntegerField(default=0)
    head_hash = OctetsField(max_length=32, default=GENESIS)
    head_signed = OctetsField(default=b"")
    acked_seq = models.PositiveBigIntegerField(default=0)
    acked_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in (OutState.OPEN, OutState.FROZEN, OutState.CLOSED)],
        default=OutState.OPEN.value,
    )
    follows = OctetsField(max_length=32, default=GENESIS)
    """In a later epoch, the hash of the old head: what the first entry names as the one before it."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recipient", "realm", "lane", "epoch"], name="exchange_out_stream_once"
            ),
        )

    def __str__(self) -> str:
        return f"stream to {self.recipient} {self.realm} {self.lane} {self.epoch}"


class OutEntry(models.Model):
    """One line of a stream that we send. Written once."""

    stream = models.ForeignKey(OutStream, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    entry = OctetsField()
    entry_hash = OctetsField(max_length=32)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT, related_name="+")
    """None where a peer gave the entry back without what it brought."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "seq"], name="exchange_out_entry_once"),
        )

    def __str__(self) -> str:
        return f"out entry {self.stream_id}/{self.seq}"
