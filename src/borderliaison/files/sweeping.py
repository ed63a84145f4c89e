"""Taking from the disk what nothing names any more: drafts were thrown away, additions were given up.

With its row a blob's key is gone, so that what is still on the disk, or in an older backup without the
row, cannot be opened; the sweep frees the room.
"""

import time
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from borderliaison.files.models import Attachment, Blob, store_of

REST_S: Final = 24 * 3600.0
"""A blob that nothing names yet may be one that is just being added."""
_NAMING: Final = ("preview", "full", "shown_preview", "shown_full", "original")


def sweep(rest_s: float = REST_S) -> tuple[int, int]:
    """Delete blobs that no file names; return how many rows went, and how many files from the disk."""
    rows = _unnamed().delete()[1].get(Blob._meta.label, 0)
    store, known = store_of(settings.NODE.directory), set(_digests())
    gone, now = 0, time.time()
    for name in sorted(set(store.names()) - known):
        if store.age_s(name, now) >= rest_s:
            store.drop(name)
            gone += 1
    return rows, gone


def bytes_on_disk() -> int:
    """Return how many bytes the files of this node take, as far as they are here."""
    found = Blob.objects.filter(is_here=True).aggregate(size=Sum("size"))
    return int(found["size"] or 0)


def in_trouble() -> int:
    """Return how many files are asked for and do not come, for a reason that was noted."""
    return Blob.objects.filter(is_here=False).exclude(trouble="").count()


def _unnamed() -> QuerySet[Blob]:
    named = Q()
    for field in _NAMING:
        rows = Attachment.objects.as_system("what is named is kept").exclude(**{field: None})
        named |= Q(pk__in=rows.values(field))
    return Blob.objects.exclude(named)


def _digests() -> list[str]:
    return list(Blob.objects.values_list("digest", flat=True).distinct())
