"""Threads, items, disseminations and receipts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

# The registers and the index are models of this package too; Django looks for them here.
from borderliaison.correspondence.registers.models import Register, RegisteredItem, RegisterEntry
from borderliaison.correspondence.search.models import Posting
from borderliaison.markings.models import MarkedModel

__all__ = [
    "Asked",
    "Dissemination",
    "Item",
    "Move",
    "Opening",
    "Posting",
    "Receipt",
    "Register",
    "RegisterEntry",
    "RegisteredItem",
    "Subject",
    "Thread",
]


class Thread(models.Model):
    """What belongs together, across offices. Holds nothing that can be read: its items do."""

    key = models.CharField(max_length=32, unique=True)
    realm = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.key


class Item(MarkedModel):
    """One thing said in a thread: a report or a message, own or received.

    Attributes:
        key: 32 hexadecimal digits, the same in every office; derived from the office that made it.
        nonce: what the key was made of, for our own items; empty for received ones.
        payload_type: says which package reads ``content``.
        content: plain data of that type.
        letter: the letter that brought it, in hexadecimal; empty for what this office wrote.
        about: the letter that it answers or rests on, in hexadecimal; empty without one.
        acknowledge_by: until when those who get it should have opened it; empty where nothing says so.
        held_by: the offices that hold the same item by the same letter, for receipts.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=32, unique=True)
    nonce = models.CharField(max_length=32, blank=True)
    payload_type = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    letter = models.CharField(max_length=32, blank=True, db_index=True)
    about = models.CharField(max_length=32, blank=True, db_index=True)
    office = models.CharField(max_length=10)
    agency = models.CharField(max_length=10)
    officer = models.CharField(max_length=20)
    author_name = models.CharField(max_length=200)
    author_role = models.CharField(max_length=40)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    acknowledge_by = models.DateTimeField(null=True, db_index=True)
    held_by = models.JSONField(default=list)
    corrects = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        ordering = ("created_at", "id")
        indexes: ClassVar = [models.Index(fields=["thread", "created_at"])]

    def __str__(self) -> str:
        return self.key

    @property
    def is_own(self) -> bool:
        """Whether an officer of this office wrote it."""
        return not self.letter


class Dissemination(MarkedModel):
    """One letter of an item: who gets it, and under whose authorisation.

    ``marking`` is who may see here that it was passed on; the letter's own marking has its recipients
    for an audience and is made when the letter is posted.
    """

    class State(models.TextChoices):
        """What has become of it."""

        HELD = "held", _("waits for authorisation")
        POSTED = "posted", _("given to the exchange")
        DECLINED = "declined", _("not authorised")

    key = models.CharField(max_length=32, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="disseminations")
    audience = models.JSONField()
    crosses_border = models.BooleanField()
    state = models.CharField(max_length=10, choices=State)
    letter = models.CharField(max_length=32, blank=True, db_index=True)
    refs = models.JSONField(default=list)
    requested_by = models.CharField(max_length=20)
    requested_name = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    decided_by = models.CharField(max_length=20, blank=True)
    decided_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    decline_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.key

    @property
    def offices(self) -> list[str]:
        """The offices that get this letter."""
        return sorted({office for office, _agency in self.audience})


class Receipt(MarkedModel):
    """What people at another office did with an item: opened it, acted on it, refused it.

    ``office`` did it; ``told_by`` says so: the office itself, or the one that passed the item to it.
    """

    class Step(models.TextChoices):
        """What was done."""

        DELIVERED = "delivered", _("delivered")
        OPENED = "opened", _("opened")
        ACTED = "acted", _("acted")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="receipts")
    office = models.CharField(max_length=10)
    step = models.CharField(max_length=10, choices=Step)
    at = models.DateTimeField()
    officer = models.CharField(max_length=20, blank=True)
    told_by = models.CharField(max_length=10)
    phrase = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "office", "step"], name="receipt_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.step}"


class Opening(models.Model):
    """An officer of this office has opened an item; decides what is unread for him."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="openings")
    officer = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "officer"], name="opening_once"),
        ]

    def __str__(self) -> str:
        return self.officer


class Asked(MarkedModel):
    """One office that a request was put to, and how the request stands with it: what its moves make of it.

    Attributes:
        asked_for: the deadline in the request.
        due_at: until when an answer is owed now.
        code: why it is refused, where it is.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="asked")
    office = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    asked_for = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "office"], name="asked_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.office} {self.state}"


class Move(MarkedModel):
    """What an office did with a request: answered, refused, announced more time, withdrew.

    Attributes:
        by: the office that did it.
        at: by its clock.
        told_by: the office that tells of it: itself, or the asker where it is abroad.
        reply: the key of the item that says it in words, where one is here.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="moves")
    by = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    officer = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=10)
    reply = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "by", "kind", "at"], name="move_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.kind}"


class Subject(MarkedModel):
    """Something that a request is about, written so that the same thing is found again.

    Attributes:
        kind: ``plate``, ``document``, ``person``.
        value: normalised: capitals without spaces, names in one order with the year of birth.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "kind", "value"], name="subject_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "value"])]

    def __str__(self) -> str:
        return self.kind
