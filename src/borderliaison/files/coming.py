"""Blobs between offices: which is wanted from whom, what has come of it, and what another may fetch here.

Called by the worker of the exchange, which carries requests and answers and knows nothing of files.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from borderliaison.feed.services import announce
from borderliaison.files.errors import MalformedFile, NotHere
from borderliaison.files.models import Attachment, Blob, Offer, store_of
from borderliaison.files.owners import ITEM, want
from borderliaison.files.sealing import SEALED_BYTES, ChunkList, sealed_size
from borderliaison.files.store import Store

TROUBLE_AGAIN: Final = timedelta(minutes=10)
NOT_THERE: Final = "not_there"
"""The trouble with a blob that the office asked does not have."""


class Held(Enum):
    """Whether a blob is here for an office that asks for it."""

    YES = "yes"
    NOT_YET = "not yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A blob that is to be fetched.

    Attributes:
        number: of its row.
        digest: by which it is asked for.
        size: before encryption.
        at: how many of its sealed bytes are here.
        listed: what it is made of; None while that is to be asked for first.
        is_small: whether it is a preview.
    """

    number: int
    digest: bytes
    size: int
    at: int
    listed: ChunkList | None = field(repr=False)
    is_small: bool = False

    @property
    def sealed_size(self) -> int:
        """How many bytes it has as it travels."""
        return sealed_size(self.size)


def offices_wanted_from() -> list[str]:
    """Return the offices that have something that is wanted here."""
    rows = _wanted().order_by("source").values_list("source", flat=True).distinct()
    return list(rows)


def next_wanted(office: str) -> Wanted | None:
    """Return what is to be fetched next from an office: previews first, then what was asked for first."""
    row = _wanted().filter(source=office).order_by("-is_small", "wanted_at", "pk").first()
    if row is None:
        return None
    store, listed = _store(), row.listed
    if listed is not None and store.has(bytes.fromhex(row.digest)):
        _is_whole(row)  # it came under another key, or the row was not written before a kill
        return next_wanted(office)
    at = store.has_come(listed) if listed is not None else 0
    return Wanted(row.pk, bytes.fromhex(row.digest), row.size, at, listed, row.is_small)


def is_overtaken(wanted: Wanted, office: str) -> bool:
    """Whether a preview is wanted from the office while something larger is being fetched."""
    if wanted.is_small:
        return False
    return _wanted().filter(source=office, is_small=True).exists()


def put_behind(wanted: Wanted) -> None:
    """Let everything else that is wanted come before a blob that its holder gives later."""
    Blob.objects.filter(pk=wanted.number).update(wanted_at=datetime.now(UTC))


def _wanted() -> QuerySet[Blob]:
    again = Q(trouble="") | Q(wanted_at__lt=datetime.now(UTC) - TROUBLE_AGAIN)
    return Blob.objects.filter(again, is_here=False).exclude(wanted_at=None).exclude(source="")


def take_list(wanted: Wanted, data: bytes) -> ChunkList:
    """Keep the list of chunks of a wanted blob.

    Raises:
        MalformedFile: it is not the list that the letter names.
    """
    listed = ChunkList.decode(data)
    if listed.digest != wanted.digest or listed.size != wanted.size:
        raise MalformedFile("another list")
    Blob.objects.filter(pk=wanted.number).update(hashes=b"".join(listed.hashes), trouble="")
    return listed


def take_chunk(wanted: Wanted, listed: ChunkList, chunk: bytes) -> Wanted:
    """Add the next chunk; return how far the blob is now.

    Raises:
        AlteredFile: it is not the chunk that is next.
        DiskFull: there is no room.
    """
    whole = _store().add(listed, wanted.at // SEALED_BYTES, chunk)
    now = replace(wanted, at=wanted.at + len(chunk), listed=listed)
    row = Blob.objects.get(pk=wanted.number)
    row.come, row.trouble = now.at, ""
    row.save(update_fields=["come", "trouble"])
    if whole:
        _is_whole(row)
    else:
        _tell(row)
    return now


def note_trouble(wanted: Wanted, code: str) -> None:
    """Note why a wanted blob does not come; it is asked for again after a while, or when a person asks."""
    rows = Blob.objects.filter(pk=wanted.number).exclude(trouble=code)
    if rows.update(trouble=code[:20], wanted_at=datetime.now(UTC)):
        _tell(Blob.objects.get(pk=wanted.number))


def held_for(asker: str, digest: bytes) -> tuple[Held, ChunkList | None]:
    """Say whether an office may fetch a blob here, and whether it is here.

    What a letter of ours names to it, it may; and what it has sent us itself, should it have lost that.
    """
    named = Blob.objects.filter(digest=digest.hex())
    offered = Offer.objects.filter(blob__in=named, office=asker).exists()
    if not offered and not named.filter(source=asker).exists():
        return Held.NO, None
    row = named.filter(is_here=True).first()
    listed = row.listed if row is not None else None
    if listed is not None and _store().has(digest):
        return Held.YES, listed
    waits = [one for one in named if one.source and one.source != asker]
    for one in waits:
        want(one)
    return (Held.NOT_YET, None) if waits else (Held.NO, None)


def read_part(digest: bytes, at: int, most: int) -> bytes:
    """Return up to ``most`` sealed bytes of a blob that is here; none where it went meanwhile."""
    try:
        return _store().part(digest, at, most)
    except NotHere:
        return b""


def _is_whole(row: Blob) -> None:
    listed = row.listed
    Blob.objects.filter(pk=row.pk).update(
        is_here=True,
        wanted_at=None,
        trouble="",
        come=sealed_size(listed.size) if listed is not None else 0,
    )
    _tell(row)


def _tell(row: Blob) -> None:
    """Wake the pages of the threads in which the blob is."""
    rows = Attachment.objects.as_system("a file comes for whoever may read it")
    shown = rows.filter(Q(preview=row) | Q(full=row), owner_kind=ITEM)
    for owner, marking in shown.values_list("owner", "marking_id"):
        announce("file", owner, marking)


def _store() -> Store:
    return store_of(settings.NODE.directory)
