"""What sameness is computed from: the numbers that things are themselves by, and what officers judged."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from borderliaison.markings.models import MarkingRow
from borderliaison.records.large import LargeModel


class Identity(LargeModel):
    """A number that an entity is itself by, as one source says.

    Attributes:
        key: kind of number, what gave it out, the number: ``plate kg 01KG742ABC``.
    """

    entity = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey("records.Source", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=250)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "entity"], name="records_by_identity")]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class Verdict(models.TextChoices):
    """What an officer judges of two entities."""

    SAME = "same", pgettext_lazy("judgement", "The same")
    DIFFERENT = "different", pgettext_lazy("judgement", "Different")
    UNSURE = "unsure", pgettext_lazy("judgement", "Unsure")


class Basis(models.TextChoices):
    """What an officer judged by."""

    RECORDS = "records", _("What the records say")
    PICTURES = "pictures", _("Photographs compared")
    PAPERS = "papers", _("Papers looked at")
    ASKED = "asked", _("Somebody asked")
    OTHER = "other", pgettext_lazy("basis of a judgement", "Other")


class Judgement(LargeModel):
    """What an officer has judged of two entities. Never changed, only taken back.

    ``marking`` is the strictest of all that he saw of both.

    Attributes:
        key: 32 hexadecimal digits.
        act: likewise, the same for all that were made by one act; empty for one that was made by itself.
        one: of a "different", the one that keeps the number that both go by.
        other: likewise, the one that is cut out.
        basis: what he judged by.
        reason: why, in his words; empty where the basis says it.
        officer: who judged.
        undone_at: when it was taken back; empty while it stands.
        undone_by: the officer who took it back.
        undone_reason: why, in his words.
    """

    key = models.CharField(max_length=32, unique=True)
    act = models.CharField(max_length=32, blank=True, default="")
    one = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    basis = models.CharField(max_length=10, choices=Basis)
    reason = models.CharField(max_length=500, blank=True)
    officer = models.CharField(max_length=20)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=20, blank=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["act"], name="records_by_act")]

    def __str__(self) -> str:
        return self.key


class Lapsed(LargeModel):
    """What was judged of somebody of whom a corrected source does not speak any more; it holds of nobody.

    Attributes:
        one: who may have taken his place.
        other: with whom he was compared.
        verdict: what was judged of the two.
        basis: by what.
        reason: why, in the officer's words; empty where the basis says it.
        officer: who judged.
        at: when.
    """

    one = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    basis = models.CharField(max_length=10, choices=Basis)
    reason = models.CharField(max_length=500, blank=True)
    officer = models.CharField(max_length=20)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"lapsed {self.pk}"


class Clue(LargeModel):
    """Something that an entity has in common with whoever it is worth comparing with; never shown.

    Attributes:
        key: ``name pk skrf``, as ``clues`` makes it.
    """

    entity = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "entity"], name="records_by_clue")]

    def __str__(self) -> str:
        return f"clue {self.pk}"


class Uncompared(models.Model):
    """An entity that an import brought or changed: it is compared once its set is whole."""

    entity = models.OneToOneField("records.Entity", on_delete=models.CASCADE, related_name="+")
    of = models.ForeignKey("records.ImportSet", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"uncompared {self.pk}"


class Candidate(LargeModel):
    """Two entities that may be one. Whoever may read both markings may see it; ``offered`` asks for both.

    ``marking`` is that of what was compared of ``one``.

    Attributes:
        one: the entity with the lower number.
        other_marking: of what was compared of ``other``.
        score: how likely they are one, from 0 to 1.
        before: the bits from which the reasons' add up.
        reasons: each with its code and its bits, the weightiest first; no values.
    """

    one = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    other_marking = models.ForeignKey(
        MarkingRow, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    score = models.FloatField()
    before = models.FloatField()
    reasons = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["one", "other", "marking", "other_marking"], name="records_candidate_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-score", "id"], name="records_likeliest")]

    def __str__(self) -> str:
        return f"candidate {self.pk}"
