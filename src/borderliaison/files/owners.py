"""What files belong to: a draft, or an item of a thread. This package knows them by kind and key alone.

A file in a draft is its officer's alone. In an item it is read by whoever may read the item: it carries
the item's marking.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db.models import Q

from borderliaison.audit.services import record
from borderliaison.files.errors import TooManyFiles
from borderliaison.files.limits import MAX_FILES
from borderliaison.files.models import Attachment, Blob, Mark
from borderliaison.kernel.ids import new_id
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet

DRAFT: Final = "draft"
ITEM: Final = "item"


@dataclass(frozen=True, slots=True)
class Owner:
    """Where files are, or are to be.

    Attributes:
        kind: ``DRAFT`` or ``ITEM``.
        key: of the draft or the item.
        marking_id: under which the files are read.
        officer: who does it.
        realm: in which.
    """

    kind: str
    key: str
    marking_id: int
    officer: str
    realm: str


def readable_files(reader: Reader, officer: str) -> MarkedQuerySet[Attachment]:
    """Return the files that this officer may look at."""
    his = Q(owner_kind=ITEM) | Q(owner_kind=DRAFT, holder=officer)
    return Attachment.objects.readable_by(reader).filter(his)


def files_of(kind: str, key: str) -> list[Attachment]:
    """Return the files of a draft or an item, whoever may read them, without those taken out."""
    rows = Attachment.objects.as_system("what belongs together goes together")
    found = rows.filter(owner_kind=kind, owner=key, removed_at=None)
    return list(found.select_related("preview", "full"))


def check_number(owner: Owner) -> None:
    """Refuse where there is no place for another file.

    Raises:
        TooManyFiles: there are as many as there may be.
    """
    if len(files_of(owner.kind, owner.key)) >= MAX_FILES:
        raise TooManyFiles(owner.key)


def hand_over(draft: str, item: Owner) -> None:
    """Give a draft's files to the item that it became; what was taken out of it is forgotten."""
    rows = Attachment.objects.as_system("a draft becomes an item").filter(
        owner_kind=DRAFT, owner=draft
    )
    rows.exclude(removed_at=None).delete()
    keys = list(rows.values_list("pk", flat=True))
    Mark.objects.as_system("marks go with their file").filter(attachment__in=keys).update(
        marking_id=item.marking_id, travels=True
    )
    rows.update(owner_kind=item.kind, owner=item.key, marking_id=item.marking_id, holder="")


def take_along(item: str, draft: Owner) -> None:
    """Give a new draft the files of the item that it corrects or passes on: the same blobs, not copies.

    What is not here whole is asked for, so that it can be passed on.
    """
    for one in files_of(ITEM, item):
        marks = list(Mark.objects.as_system("marks go with their file").filter(attachment=one.pk))
        one.pk, one.key = None, new_id().hex()
        one.owner_kind, one.owner, one.marking_id = draft.kind, draft.key, draft.marking_id
        one.holder = draft.officer
        one.save(force_insert=True)
        for mark in marks:
            mark.pk, mark.attachment, mark.marking_id = None, one, draft.marking_id
            mark.save(force_insert=True)
        if not one.full.is_here:
            want(one.full)


def remark(item: str, marking_id: int) -> None:
    """Read an item's files under another marking: the item's has changed."""
    rows = Attachment.objects.as_system("files are marked as their item")
    rows = rows.filter(owner_kind=ITEM, owner=item)
    Mark.objects.as_system("files are marked as their item").filter(
        attachment__in=list(rows.values_list("pk", flat=True))
    ).update(marking_id=marking_id)
    rows.update(marking_id=marking_id)


def forget(draft: str) -> None:
    """Forget the files of a draft that was thrown away; the sweep takes their blobs from the disk."""
    rows = Attachment.objects.as_system("a draft was thrown away")
    rows.filter(owner_kind=DRAFT, owner=draft).delete()


def take_out(owner: Owner, key: str) -> None:
    """Take a file out of a draft; it can be put back until the draft is sent.

    Raises:
        Attachment.DoesNotExist: there is none.
    """
    one = _in_draft(owner, key)
    one.removed_at = datetime.now(UTC)
    one.save(update_fields=["removed_at"])
    record("file.taken_out", actor=owner.officer, subject=key, realm=owner.realm)


def put_back(owner: Owner, key: str) -> None:
    """Put a file back that was taken out of a draft.

    Raises:
        Attachment.DoesNotExist: there is none.
        TooManyFiles: others took its place.
    """
    one = _in_draft(owner, key)
    check_number(owner)
    one.removed_at = None
    one.save(update_fields=["removed_at"])
    record("file.put_back", actor=owner.officer, subject=key, realm=owner.realm)


def _in_draft(owner: Owner, key: str) -> Attachment:
    rows = Attachment.objects.as_system("the draft is the caller's own")
    return rows.get(key=key, owner_kind=DRAFT, owner=owner.key)


def want(blob: Blob) -> bool:
    """Ask for a blob that is not here; return whether it has to be waited for."""
    if blob.is_here:
        return False
    if blob.wanted_at is None or blob.trouble:
        blob.wanted_at, blob.trouble = blob.wanted_at or datetime.now(UTC), ""
        blob.save(update_fields=["wanted_at", "trouble"])
    return True


def by_owner(rows: Iterable[Attachment]) -> dict[str, list[Attachment]]:
    """Return files by the key of what they belong to."""
    found: dict[str, list[Attachment]] = {}
    for one in rows:
        found.setdefault(one.owner, []).append(one)
    return found
