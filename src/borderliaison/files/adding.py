"""Taking a file in: found out what it is, drawn anew, sealed, and kept where it belongs.

``prepare`` opens the file and touches no database, so that no transaction waits for it; ``keep`` is a row.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.files.errors import FileTooLarge
from borderliaison.files.kinds import Kind, kind_of
from borderliaison.files.limits import MAX_FILE_BYTES
from borderliaison.files.models import Attachment, Blob, store_of
from borderliaison.files.owners import DRAFT, Owner, check_number
from borderliaison.files.reworked import rework
from borderliaison.files.sealing import SealedBlob, seal, sealed_size
from borderliaison.kernel.ids import new_id

_LONGEST_NAME: Final = 120
_MISLEADING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed over.

    Attributes:
        name: as its officer's computer calls it.
    """

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was opened, drawn anew and sealed; its three blobs are on the disk."""

    name: str
    kind: Kind
    pages: int
    width: int
    height: int
    original: SealedBlob
    full: SealedBlob
    preview: SealedBlob
    original_hash: str
    original_size: int


def prepare(upload: Upload) -> Prepared:
    """Open a file in a process of its own and seal what came of it.

    Raises:
        FilesError: one of its kinds, which says why it is not taken.
    """
    if len(upload.data) > MAX_FILE_BYTES:
        raise FileTooLarge(str(len(upload.data)))
    kind = kind_of(upload.data[:16])
    store = store_of(settings.NODE.directory)
    store.check_room(2 * sealed_size(len(upload.data)))
    made = rework(kind, upload.data)
    first = made.sheaf.pages[0]
    prepared = Prepared(
        name=clean_name(upload.name, kind),
        kind=kind,
        pages=len(made.sheaf.pages),
        width=first.width,
        height=first.height,
        original=seal(upload.data),
        full=seal(made.sheaf.encode()),
        preview=seal(made.preview.encode()),
        original_hash=hashlib.sha256(upload.data).hexdigest(),
        original_size=len(upload.data),
    )
    for one in (prepared.original, prepared.full, prepared.preview):
        store.put(one.listed, one.chunks)
    return prepared


@transaction.atomic
def keep(prepared: Prepared, owner: Owner) -> Attachment:
    """Attach a prepared file, in the transaction of its cause.

    Raises:
        TooManyFiles: there are as many as there may be.
    """
    check_number(owner)
    there = Attachment.objects.as_system("how many files there are").filter(
        owner_kind=owner.kind, owner=owner.key
    )
    last = there.order_by("-place").values_list("place", flat=True).first()
    made = Attachment.objects.create(
        marking_id=owner.marking_id,
        key=new_id().hex(),
        owner_kind=owner.kind,
        owner=owner.key,
        place=0 if last is None else last + 1,
        name=prepared.name,
        kind=prepared.kind.value,
        pages=prepared.pages,
        width=prepared.width,
        height=prepared.height,
        preview=_blob(prepared.preview, is_small=True),
        full=_blob(prepared.full),
        original=_blob(prepared.original),
        original_hash=prepared.original_hash,
        original_size=prepared.original_size,
        office=settings.BLO_OFFICE,
        officer=owner.officer,
        added_at=datetime.now(UTC),
        holder=owner.officer if owner.kind == DRAFT else "",
    )
    record(
        "file.added",
        actor=owner.officer,
        subject=made.key,
        realm=owner.realm,
        **{owner.kind: owner.key},
    )
    return made


def keep_all(prepared: Iterable[Prepared], owner: Owner) -> None:
    """Attach several prepared files; see ``keep``."""
    for one in prepared:
        keep(one, owner)


def clean_name(name: str, kind: Kind) -> str:
    """Return the last part of a file's name without signs that mislead; one of ours where none is left."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(" " if one.isspace() else one for one in last)
    kept = "".join(one for one in kept if unicodedata.category(one) not in _MISLEADING)
    kept = " ".join(kept.split()).strip(". ")
    if len(kept) > _LONGEST_NAME:
        stem, dot, suffix = kept.rpartition(".")
        suffix = suffix[:8] if dot else ""
        kept = f"{(stem or kept)[: _LONGEST_NAME - 9]}{dot}{suffix}"
    return kept or f"file.{kind.value}"


def _blob(sealed: SealedBlob, *, is_small: bool = False) -> Blob:
    return Blob.objects.create(
        digest=sealed.listed.digest.hex(),
        size=sealed.listed.size,
        key=sealed.key.hex(),
        hashes=b"".join(sealed.listed.hashes),
        is_here=True,
        is_small=is_small,
        come=sealed_size(sealed.listed.size),
    )
