"""Files in words: a line in a card or a draft, and the page on which one is looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from borderliaison.files.at_work import Looking, sentence_of_code
from borderliaison.files.coming import NOT_THERE
from borderliaison.files.kinds import Kind
from borderliaison.files.marking import ARROW, BOX, SCALE
from borderliaison.files.models import Attachment, Blob, Mark
from borderliaison.files.owners import DRAFT, ITEM, by_owner
from borderliaison.files.sealing import sealed_size
from borderliaison.kernel.policy import Reader

THUMB: Final = 128
"""The longer side of a thumbnail, in points of the page."""
_WORDS: Final = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.HEIC: "HEIC", Kind.PDF: "PDF"}


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file in a line.

    Attributes:
        preview_url: of its thumbnail; empty while that has not come.
        width: of the thumbnail, in points of the page; likewise ``height``.
        size: of the shared copy, in words.
        state: what is still to come of it, in words; empty where all is here.
        is_late: whether something is wrong with what is to come.
        marks: how many are drawn over it.
        is_out: whether it was taken out of its draft.
    """

    key: str
    name: str
    kind: str
    pages: int
    url: str
    preview_url: str
    width: int
    height: int
    size: str
    state: str
    is_late: bool
    marks: int
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A mark, on the page and in the list beside it.

    Attributes:
        number: of its row; the list and the picture name it by ``label``.
        head: the two short lines of an arrow's head, as points of a line.
        is_mine: whether this officer may take it away.
    """

    number: int
    label: int
    kind: str
    word: str
    page: int
    x1: int
    y1: int
    x2: int
    y2: int
    text: str
    who: str
    at: datetime
    is_mine: bool
    travels: bool
    head: str = ""

    @property
    def width(self) -> int:
        """Of a box."""
        return self.x2 - self.x1

    @property
    def height(self) -> int:
        """Of a box."""
        return self.y2 - self.y1


def files_by_item(items: Iterable[str], reader: Reader) -> dict[str, tuple[ShownFile, ...]]:
    """Return the files of items that this reader may read, by the key of the item; one look for all."""
    rows = Attachment.objects.readable_by(reader).filter(owner_kind=ITEM, owner__in=list(items))
    found = rows.annotate(drawn=Count("marks")).select_related("preview", "full")
    return {owner: tuple(map(shown_file, files)) for owner, files in by_owner(found).items()}


def files_in_draft(draft: str, reader: Reader) -> tuple[ShownFile, ...]:
    """Return the files of a draft, with those taken out of it; the draft is the reader's own."""
    rows = Attachment.objects.readable_by(reader).filter(owner_kind=DRAFT, owner=draft)
    found = rows.annotate(drawn=Count("marks")).select_related("preview", "full")
    return tuple(map(shown_file, found))


def shown_file(file: Attachment) -> ShownFile:
    """Return a file in words."""
    ratio = THUMB / max(file.width, file.height)
    state, is_late = _state(file)
    preview = reverse("files:preview", args=[file.key]) if file.preview.is_here else ""
    return ShownFile(
        key=file.key,
        name=file.name,
        kind=_WORDS[Kind(file.kind)],
        pages=file.pages,
        url=reverse("files:file", args=[file.key]),
        preview_url=preview,
        width=max(1, round(file.width * ratio)),
        height=max(1, round(file.height * ratio)),
        size=size_in_words(file.full.size),
        state=state,
        is_late=is_late,
        marks=getattr(file, "drawn", 0),
        is_out=file.removed_at is not None,
    )


def size_in_words(size: int) -> str:
    """Return a number of bytes as officers read it."""
    if size < 1_000_000:
        return _("%(kb)d kB") % {"kb": max(1, round(size / 1000))}
    return _("%(mb).1f MB") % {"mb": size / 1e6}


def progress_of(blob: Blob) -> str:
    """Say how far a blob that is wanted has come."""
    whole = sealed_size(blob.size)
    if not blob.come:
        return _("asked for")
    return _("%(here)s of %(all)s are here") % {
        "here": size_in_words(blob.come),
        "all": size_in_words(whole),
    }


def trouble_of(blob: Blob) -> str:
    """Say why a blob does not come; empty where nothing is in its way."""
    if not blob.trouble:
        return ""
    if blob.trouble == NOT_THERE:
        return _("The office that sent it does not have it any more. Ask its officers.")
    return sentence_of_code(blob.trouble) or _("It cannot be taken here: %(code)s.") % {
        "code": blob.trouble
    }


def _state(file: Attachment) -> tuple[str, bool]:
    for blob in (file.full, file.preview):
        if blob.trouble and not blob.is_here:
            return trouble_of(blob), True
    if file.full.is_here:
        return "", False
    if file.full.wanted_at is not None:
        return progress_of(file.full), False
    if not file.preview.is_here:
        return _("the preview is on its way"), False
    return _("preview; the full picture comes when it is asked for"), False


def marks_shown(file: Attachment, looking: Looking) -> list[ShownMark]:
    """Return the marks of a file, in order, those of all pages."""
    rows = Mark.objects.readable_by(looking.reader).filter(attachment=file.pk)
    words = {BOX: _("Box"), ARROW: _("Arrow")}
    return [
        ShownMark(
            number=one.pk,
            label=label,
            kind=one.kind,
            word=words.get(one.kind, _("Note")),
            page=one.page,
            x1=one.x1, y1=one.y1, x2=one.x2, y2=one.y2,
            text=one.text,
            who=", ".join([one.officer_name, one.office]),
            at=one.at,
            is_mine=_is_mine(one, file, looking),
            travels=one.travels,
            head=_head(one, file) if one.kind == ARROW else "",
        )
        for label, one in enumerate(rows, start=1)
    ]  # fmt: skip


def _is_mine(mark: Mark, file: Attachment, looking: Looking) -> bool:
    own = (mark.officer, mark.office) == (looking.marker.officer, settings.BLO_OFFICE)
    return own and looking.writes and (file.owner_kind == DRAFT or not mark.travels)


def _head(mark: Mark, file: Attachment) -> str:
    """Return an arrow's head: drawn in points of the picture, so that it is not bent by its shape."""
    across, down = file.width / SCALE, file.height / SCALE
    dx, dy = (mark.x2 - mark.x1) * across, (mark.y2 - mark.y1) * down
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    back = min(length / 2, max(file.width, file.height) / 40)
    ux, uy = dx / length * back, dy / length * back
    points: Sequence[tuple[float, float]] = (
        (mark.x2 - (ux - uy * 0.6) / across, mark.y2 - (uy + ux * 0.6) / down),
        (mark.x2, mark.y2),
        (mark.x2 - (ux + uy * 0.6) / across, mark.y2 - (uy - ux * 0.6) / down),
    )
    return " ".join(f"{round(x)},{round(y)}" for x, y in points)
