"""Letters, ours and others', the sealed bodies that hold them, and the outbox of what is not sealed yet."""

from django.db import models

from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.models.octets import MaybeOctetsField, OctetsField
from borderliaison.markings.models import MarkedModel


class Body(models.Model):
    """A sealed letter. Erasing one leaves its hash, so that the chains still verify."""

    body_hash = OctetsField(max_length=32, unique=True)
    content = MaybeOctetsField()
    size = models.PositiveIntegerField()
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"body {self.body_hash.hex()[:16]}"


class LetterRow(MarkedModel):
    """What is known of a letter without opening it again."""

    letter_id = OctetsField(max_length=16)
    issuer = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    payload_type = models.CharField(max_length=64)
    lane = models.CharField(max_length=8, choices=[(lane.value, lane.value) for lane in Lane])
    authorised_by = models.CharField(max_length=64, blank=True)
    created = models.DateTimeField()
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "letter_id"], name="exchange_letter_once"),
        )

    def __str__(self) -> str:
        return f"letter {self.letter_id.hex()}"


class Outbox(models.Model):
    """A letter of ours that waits to be sealed. The row goes when it is."""

    letter = models.OneToOneField(LetterRow, on_delete=models.CASCADE, related_name="+")
    draft = OctetsField()
    failed_code = models.CharField(max_length=48, blank=True)

    def __str__(self) -> str:
        return f"outbox {self.letter_id}"
