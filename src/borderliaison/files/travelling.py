"""Files in letters: what a payload says of them, and the blobs that the letter names. Protocol: PR-5.

What comes is read strictly; the picture itself is fetched later, the preview at once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from borderliaison.files.adding import clean_name
from borderliaison.files.errors import MalformedFile
from borderliaison.files.kinds import Kind
from borderliaison.files.limits import MAX_FILES, MAX_PAGES
from borderliaison.files.marking import MARKS, MAX_MARKS, MAX_TEXT, SCALE
from borderliaison.files.models import Attachment, Blob, Mark, Offer
from borderliaison.files.owners import ITEM, files_of
from borderliaison.files.sealing import KEY_BYTES, MAX_BLOB_BYTES
from borderliaison.kernel.ids import new_id

_FIELDS: Final = frozenset(
    {"name", "kind", "pages", "width", "height", "preview", "full", "original", "original_size",
     "added", "office", "officer", "marks"}
)  # fmt: skip
_KINDS: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.HEIC, Kind.PDF})
_MAX_SIDE: Final = 65_535
_OFFICE: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{2,7}")
_MAX_MS: Final = 2**42


@dataclass(frozen=True, slots=True)
class NamedBlob:
    """A blob as a letter names it.

    Attributes:
        digest: of its list of chunks.
        size: before encryption.
        key: opens it.
    """

    digest: bytes
    size: int
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Travelling:
    """The files of an item, as its letters bring them.

    Attributes:
        said: plain data for the payload.
        blobs: for the letter, each once.
    """

    said: list[dict[str, Any]]
    blobs: tuple[NamedBlob, ...]


def travelling(item: str) -> Travelling:
    """Return the files of an item of ours for a letter."""
    files = files_of(ITEM, item)
    marks: dict[int, list[Mark]] = {}
    for mark in Mark.objects.as_system("marks go with their file").filter(
        attachment__in=[one.pk for one in files], travels=True
    ):
        marks.setdefault(mark.attachment_id, []).append(mark)
    blobs = {blob.digest: blob for one in files for blob in (one.preview, one.full)}
    return Travelling(
        [_said(one, marks.get(one.pk, [])) for one in files],
        tuple(
            NamedBlob(bytes.fromhex(one.digest), one.size, bytes.fromhex(one.key))
            for one in blobs.values()
        ),
    )


def offer(blobs: Iterable[tuple[bytes, bytes]], offices: Sequence[str]) -> None:
    """Let offices fetch blobs from here, by hash and key, in the transaction that posts the letter."""
    for digest, key in blobs:
        blob = Blob.objects.get(digest=digest.hex(), key=key.hex())
        Offer.objects.bulk_create(
            (Offer(blob=blob, office=office) for office in offices), ignore_conflicts=True
        )


def check_said(said: Any, blobs: Sequence[NamedBlob]) -> list[Mapping[str, Any]]:
    """Return what a payload says of files, where all of it is in its form.

    Raises:
        MalformedFile: it is not, or names a blob that its letter does not.
    """
    if not isinstance(said, list) or not 0 < len(said) <= MAX_FILES:
        raise MalformedFile("not a list of files")
    named = {one.digest: one for one in blobs}
    for one in said:
        _check(one, named)
    return said


@dataclass(frozen=True, slots=True)
class Arrived:
    """An item that has come with files.

    Attributes:
        item: its key.
        marking_id: of the item.
        office: whose letter it came in.
        source: the office from which they can be fetched.
    """

    item: str
    marking_id: int
    office: str
    source: str


def take(said: Sequence[Mapping[str, Any]], blobs: Sequence[NamedBlob], arrived: Arrived) -> None:
    """Attach the files of an item that has come, and ask for their previews; a replay changes nothing."""
    rows = Attachment.objects.as_system("an item comes once")
    if rows.filter(owner_kind=ITEM, owner=arrived.item).exists():
        return
    named = {one.digest: one for one in blobs}
    for place, one in enumerate(said):
        made = Attachment.objects.create(
            marking_id=arrived.marking_id,
            key=new_id().hex(),
            owner_kind=ITEM,
            owner=arrived.item,
            place=place,
            name=clean_name(one["name"], Kind(one["kind"])),
            kind=one["kind"],
            pages=one["pages"],
            width=one["width"],
            height=one["height"],
            preview=_blob(named[one["preview"]], arrived, is_small=True),
            full=_blob(named[one["full"]], arrived),
            original_hash=one["original"].hex(),
            original_size=one["original_size"],
            office=one["office"],
            officer=one["officer"],
            added_at=_moment(one["added"]),
        )
        Mark.objects.bulk_create(_mark(line, made, arrived) for line in one["marks"])


def _said(one: Attachment, marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "pages": one.pages,
        "width": one.width,
        "height": one.height,
        "preview": bytes.fromhex(one.preview.digest),
        "full": bytes.fromhex(one.full.digest),
        "original": bytes.fromhex(one.original_hash),
        "original_size": one.original_size,
        "added": _ms(one.added_at),
        "office": one.office,
        "officer": one.officer,
        "marks": [
            [x.page, x.kind, x.x1, x.y1, x.x2, x.y2, x.text, x.officer, x.officer_name, _ms(x.at)]
            for x in marks
        ],
    }


def _check(one: Any, named: Mapping[bytes, NamedBlob]) -> None:
    if not isinstance(one, dict) or set(one) != _FIELDS:
        raise MalformedFile("not the fields of a file")
    _text(one["name"], 120, least=1)
    _text(one["officer"], 20)
    if not isinstance(one["office"], str) or not _OFFICE.fullmatch(one["office"]):
        raise MalformedFile("not an office")
    if one["kind"] not in _KINDS:
        raise MalformedFile("a kind that is not shared")
    _number(one["pages"], 1, MAX_PAGES)
    _number(one["width"], 1, _MAX_SIDE)
    _number(one["height"], 1, _MAX_SIDE)
    _number(one["original_size"], 1, MAX_BLOB_BYTES)
    _number(one["added"], 0, _MAX_MS - 1)
    if not isinstance(one["original"], bytes) or len(one["original"]) != 32:
        raise MalformedFile("not a hash")
    for which in ("preview", "full"):
        blob = named.get(one[which]) if isinstance(one[which], bytes) else None
        if blob is None or len(blob.key) != KEY_BYTES or not 0 < blob.size <= MAX_BLOB_BYTES:
            raise MalformedFile("a blob that its letter does not name")
    if not isinstance(one["marks"], list) or len(one["marks"]) > MAX_MARKS:
        raise MalformedFile("not a list of marks")
    for line in one["marks"]:
        _check_mark(line, one["pages"])


def _check_mark(line: Any, pages: int) -> None:
    if not isinstance(line, list) or len(line) != 10:
        raise MalformedFile("not a mark")
    page, kind, *corners, text, officer, name, at = line
    _number(page, 1, pages)
    if kind not in MARKS:
        raise MalformedFile("not a mark")
    for corner in corners:
        _number(corner, 0, SCALE)
    _text(text, MAX_TEXT)
    _text(officer, 20)
    _text(name, 200)
    _number(at, 0, _MAX_MS - 1)


def _number(value: Any, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise MalformedFile(f"not a number from {least} to {most}")


def _text(value: Any, longest: int, least: int = 0) -> None:
    if not isinstance(value, str) or not least <= len(value) <= longest or not value.isprintable():
        raise MalformedFile(f"not text of at most {longest} characters")


def _mark(line: Sequence[Any], attachment: Attachment, arrived: Arrived) -> Mark:
    page, kind, x1, y1, x2, y2, text, officer, name, at = line
    return Mark(
        marking_id=attachment.marking_id,
        attachment=attachment,
        page=page, kind=kind, x1=x1, y1=y1, x2=x2, y2=y2, text=text,
        office=arrived.office,
        officer=officer,
        officer_name=name,
        at=_moment(at),
        travels=True,
    )  # fmt: skip


def _blob(named: NamedBlob, arrived: Arrived, *, is_small: bool = False) -> Blob:
    blob, new = Blob.objects.get_or_create(
        digest=named.digest.hex(),
        key=named.key.hex(),
        defaults={
            "size": named.size,
            "source": arrived.source,
            "is_small": is_small,
            "wanted_at": datetime.now(UTC) if is_small else None,
        },
    )
    if not new and blob.size != named.size:
        raise MalformedFile("a blob that has another size here")
    return blob


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _moment(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1000, UTC)
