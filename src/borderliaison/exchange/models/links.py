"""The link to each peer, as the worker last saw it."""

from django.db import models

from borderliaison.exchange.progress import LinkState, Waiting


class LinkRow(models.Model):
    """One peer."""

    peer = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in LinkState])
    since = models.DateTimeField()
    latency_ms = models.PositiveIntegerField(null=True)
    last_heard = models.DateTimeField(null=True)
    reconciled_at = models.DateTimeField(null=True)
    heads_at = models.PositiveBigIntegerField(default=0)
    """The newest time that the peer's heads have named, milliseconds since 1970."""
    clock_ahead_ms = models.BigIntegerField(null=True)
    """How far the peer's clock ran ahead of ours when those heads came, less their time on the way."""
    why = models.CharField(max_length=24, choices=[(w.value, w.value) for w in Waiting], blank=True)

    def __str__(self) -> str:
        return f"link to {self.peer}: {self.state}"
