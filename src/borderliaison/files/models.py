"""Blobs, what they are attached to, who may fetch them, and the marks drawn over them."""

from pathlib import Path
from typing import ClassVar

from django.db import models

from borderliaison.files.sealing import HASH_BYTES, ChunkList
from borderliaison.files.store import Store
from borderliaison.markings.models import MarkedModel

FOLDER = "files"
"""Below the node's directory."""


def store_of(node_directory: Path) -> Store:
    """Return the blobs of a node."""
    return Store(node_directory / FOLDER)


class Blob(models.Model):
    """A sealed file. Holds nothing that can be read without an attachment that names it.

    Attributes:
        digest: the SHA-256 of its list of chunks, in hexadecimal.
        size: its bytes before encryption.
        key: opens it, in hexadecimal.
        hashes: of its chunks, one behind the other; empty until the list has come.
        is_here: whether it is on the disk, whole.
        source: the office that has it; empty for our own.
        wanted_at: since when it is asked for; empty while nobody wants it.
        is_small: a preview: it comes before everything that is not.
        come: how many of its sealed bytes have come.
        trouble: the code of why it does not come, where it does not.
    """

    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    key = models.CharField(max_length=64)
    hashes = models.BinaryField(default=bytes)
    is_here = models.BooleanField(default=False)
    source = models.CharField(max_length=10, blank=True)
    wanted_at = models.DateTimeField(null=True)
    is_small = models.BooleanField(default=False)
    come = models.PositiveBigIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "key"], name="files_blob_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["source", "wanted_at"])]

    def __str__(self) -> str:
        return self.digest[:16]

    @property
    def listed(self) -> ChunkList | None:
        """What it is made of; None until that is known."""
        raw = bytes(self.hashes)
        if not raw:
            return None
        cut = range(0, len(raw), HASH_BYTES)
        return ChunkList(self.size, tuple(raw[at : at + HASH_BYTES] for at in cut))


class Offer(models.Model):
    """An office that may fetch a blob from here, because a letter of ours to it names the blob."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="offers")
    office = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blob", "office"], name="files_offer_once"),
        ]

    def __str__(self) -> str:
        return self.office


class Attachment(MarkedModel):
    """A file in its place: in a draft, or in an item of a thread.

    Attributes:
        key: 32 hexadecimal digits, this office's own.
        owner_kind: ``draft`` or ``item``.
        owner: the key of that.
        place: its number among the files there.
        name: as its officer called it.
        kind: what it was: a word of ``Kind``.
        width: of the first page of the shared copy, in points.
        original: as it came; only at the office that added it.
        original_hash: the SHA-256 of the original, in hexadecimal.
        office: where the original is sealed; ``officer`` added it there.
        holder: the officer in whose draft it is; empty in an item.
        shown_preview: another office's preview, drawn anew here; likewise ``shown_full``.
        removed_at: when it was taken out of a draft; it can be put back until the draft is sent.
    """

    key = models.CharField(max_length=32, unique=True)
    owner_kind = models.CharField(max_length=10)
    owner = models.CharField(max_length=32)
    place = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    pages = models.PositiveSmallIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    preview = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    full = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    shown_preview = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    shown_full = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    original_hash = models.CharField(max_length=64)
    original_size = models.PositiveBigIntegerField()
    office = models.CharField(max_length=10)
    officer = models.CharField(max_length=20)
    added_at = models.DateTimeField()
    holder = models.CharField(max_length=20, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("place", "id")
        indexes: ClassVar = [models.Index(fields=["owner_kind", "owner"])]

    def __str__(self) -> str:
        return self.key


class Mark(MarkedModel):
    """Something drawn over a page: kept apart from the picture, with who drew it and when.

    Attributes:
        page: from 1.
        kind: ``box``, ``arrow`` or ``note``.
        x1: of a corner, or of an arrow's tail, in ten-thousandths of the page's width; likewise ``x2``.
        y1: likewise, of its height.
        travels: whether it goes with the letter: drawn before it was sent.
    """

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="marks")
    page = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10)
    x1 = models.PositiveSmallIntegerField()
    y1 = models.PositiveSmallIntegerField()
    x2 = models.PositiveSmallIntegerField()
    y2 = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, blank=True)
    office = models.CharField(max_length=10)
    officer = models.CharField(max_length=20)
    officer_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    travels = models.BooleanField(default=False)

    class Meta:
        ordering = ("page", "at", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
