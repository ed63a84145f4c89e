"""The index: which statement says which word."""

from typing import ClassVar

from django.db import models

from borderliaison.records.large import LargeModel


class Wording(LargeModel):
    """One word of a statement. Goes with the statement.

    Attributes:
        entity: of which the statement is.
        word: in the one spelling by which it is compared, as octets: they are ordered alike in every
            database. After ``~`` stands what is left of a name's word without what spellings differ in.
    """

    entity = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey("records.Statement", on_delete=models.CASCADE, related_name="+")
    word = models.BinaryField(max_length=120)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["word", "marking", "entity"], name="records_by_word")
        ]

    def __str__(self) -> str:
        return f"word {self.pk}"


class IndexedTo(models.Model):
    """How far statements are indexed. There is one line.

    Attributes:
        statement: the number of the last one that was looked at.
        version: of the way in which it was done.
    """

    statement = models.BigIntegerField(default=0)
    version = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.statement)


class Standing(models.Model):
    """A question that is asked again as records come, so that its owner hears of what is new.

    Attributes:
        key: 12 hexadecimal digits.
        owner: whose it is; it finds what he may read.
        realm: where he asked it.
        name: what he calls it.
        question: the fields of the page on which it was asked, as they stand in its address.
        removed_at: when he took it away; empty while it stands.
    """

    key = models.CharField(max_length=12, unique=True)
    owner = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    realm = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    question = models.CharField(max_length=4000)
    asked_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class Match(models.Model):
    """A record that a standing question has found. Goes with the record.

    Attributes:
        entity: of the record the one with its key, when it was found.
        seen_at: when the owner looked; empty while it is new to him.
    """

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="+")
    entity = models.ForeignKey("records.Entity", on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standing", "entity"], name="records_match_once")
        ]

    def __str__(self) -> str:
        return f"match {self.pk}"
