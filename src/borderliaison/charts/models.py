"""Charts and their versions."""

from typing import ClassVar

from django.db import models

from borderliaison.markings.models import MarkedModel


class Chart(models.Model):
    """A chart of one analyst; what it shows stands in its versions.

    Attributes:
        key: 32 hexadecimal digits.
        owner: who made it, and alone makes versions of it.
        office: whose officers see it where it is shared.
        realm: where it was made; elsewhere it is not there.
        is_shared: whether colleagues may open those versions that they may read.
        removed_at: when its owner took it away; it is kept for a day, so that he can take that back.
    """

    key = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    office = models.CharField(max_length=10)
    realm = models.CharField(max_length=60)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "realm"], name="charts_of_office"),
        ]

    def __str__(self) -> str:
        return self.key


class Version(MarkedModel):
    """A chart as it was saved once.

    Attributes:
        number: from 1, within the chart.
        name: the chart's, then.
        content: the entities and what was made of them (``content``).
        items: how many entities it names.
        saved_at: when.
    """

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    items = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chart", "number"], name="charts_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.chart_id}/{self.number}"
