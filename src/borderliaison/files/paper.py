"""Files on paper: a small picture of each, and what is known of it."""

from collections.abc import Iterable
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from borderliaison.files.errors import FilesError
from borderliaison.files.looking import preview
from borderliaison.files.models import Attachment
from borderliaison.files.owners import ITEM, by_owner
from borderliaison.files.showing import shown_file
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.policy import Reader
from borderliaison.offices.short_names import short_office_names
from borderliaison.printing.blocks import Picture, Said

SIDE: Final = 480
"""The longer side on paper, in points: 300 an inch."""


def pictures_by_item(
    items: Iterable[str], reader: Reader, lang: str
) -> dict[str, tuple[Picture, ...]]:
    """Return the files of items that this reader may read, by the key of the item."""
    rows = Attachment.objects.readable_by(reader).filter(owner_kind=ITEM, owner__in=list(items))
    found = rows.select_related("preview", "full", "shown_preview")
    return {
        owner: tuple(_on_paper(one, lang) for one in files)
        for owner, files in by_owner(found).items()
    }


def _on_paper(file: Attachment, lang: str) -> Picture:
    shown, data = shown_file(file), _small(file)
    about = [shown.kind, shown.size]
    if shown.pages > 1:
        about.append(ngettext("%(n)d page", "%(n)d pages", shown.pages) % {"n": shown.pages})
    facts = [Said(" · ".join(about))]
    if file.original_hash:
        said = Said(file.original_hash, code=True)
        office = short_office_names(lang).get(OfficeCode(file.office), file.office)
        where = _("SHA-256 of the original, at %(office)s:") % {"office": office}
        facts += [Said(where), said]
    if shown.state:
        facts.append(Said(shown.state))
    return Picture(shown.name, tuple(facts), "image/jpeg" if data else "", data)


def _small(file: Attachment) -> bytes:
    """Return the preview as small as it is printed; nothing where it cannot be shown."""
    try:
        seen = preview(file)
    except FilesError:
        return b""
    with Image.open(BytesIO(seen.data), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (SIDE, SIDE))
        small = picture.convert("RGB")
        small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
