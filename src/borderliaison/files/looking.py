"""Looking at a file: the pictures that a page shows, and the sealed original.

What another office has sent is drawn anew here before anybody sees it: it may have been taken over.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db import transaction

from borderliaison.files.errors import AlteredFile, NotHere
from borderliaison.files.kinds import Kind
from borderliaison.files.models import Attachment, Blob, store_of
from borderliaison.files.reworked import Reworked, rework
from borderliaison.files.sealing import seal, sealed_size, unseal
from borderliaison.files.sheaf import Page, Sheaf

PREVIEW: Final = "preview"
FULL: Final = "full"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a page.

    Attributes:
        media: its type.
    """

    media: str
    data: bytes = field(repr=False)


def preview(file: Attachment) -> Picture:
    """Return the small picture of a file's first page.

    Raises:
        NotHere: it has not come yet.
        FilesError: it cannot be drawn.
    """
    return _picture(file, PREVIEW, 1)


def page(file: Attachment, number: int) -> Picture:
    """Return a page of a file.

    Raises:
        NotHere: the shared copy has not come yet, or has no such page.
        FilesError: it cannot be drawn.
    """
    return _picture(file, FULL, number)


def original(file: Attachment) -> bytes:
    """Return a file as it came, after comparing it with its hash.

    Raises:
        NotHere: it is another office's.
        AlteredFile: it is not what came.
    """
    if file.original is None:
        raise NotHere(file.key)
    data = content(file.original)
    if hashlib.sha256(data).hexdigest() != file.original_hash:
        raise AlteredFile(file.key)
    return data


def content(blob: Blob) -> bytes:
    """Return what a blob holds.

    Raises:
        NotHere: it is not here whole.
        AlteredFile: the disk holds something else.
    """
    listed = blob.listed
    if listed is None or not blob.is_here:
        raise NotHere(blob.digest)
    store = store_of(settings.NODE.directory)
    return unseal(bytes.fromhex(blob.key), list(store.chunks(listed)))


def _picture(file: Attachment, which: str, number: int) -> Picture:
    blob = _shown(file, which)
    pages = Sheaf.decode(content(blob)).pages
    if not 1 <= number <= len(pages):
        raise NotHere(file.key)
    found: Page = pages[number - 1]
    return Picture(found.media, found.data)


def _shown(file: Attachment, which: str) -> Blob:
    """Return the blob to look at: our own as it is, another office's as it was drawn anew here."""
    blob: Blob = getattr(file, which)
    if file.office == settings.BLO_OFFICE and not blob.source:
        return blob
    drawn: Blob | None = getattr(file, f"shown_{which}")
    if drawn is None:
        drawn = _keep(file, which, rework(Kind.SHEAF, content(blob)))
    return drawn


def _keep(file: Attachment, which: str, made: Reworked) -> Blob:
    pick: Callable[[Reworked], Sheaf] = (
        (lambda x: x.preview) if which == PREVIEW else (lambda x: x.sheaf)
    )
    sealed = seal(pick(made).encode())
    store_of(settings.NODE.directory).put(sealed.listed, sealed.chunks)
    with transaction.atomic():
        drawn = Blob.objects.create(
            digest=sealed.listed.digest.hex(),
            size=sealed.listed.size,
            key=sealed.key.hex(),
            hashes=b"".join(sealed.listed.hashes),
            is_here=True,
            is_small=which == PREVIEW,
            come=sealed_size(sealed.listed.size),
        )
        rows = Attachment.objects.as_system("what was drawn is kept with its file")
        rows.filter(pk=file.pk).update(**{f"shown_{which}": drawn})
    setattr(file, f"shown_{which}", drawn)
    return drawn
