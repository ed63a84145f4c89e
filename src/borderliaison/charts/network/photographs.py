"""The photographs as which an item may stand: those of the reports that speak of it, for a reader.

A chart keeps the key of a file and no more. Whoever opens the chart gets the picture from ``files``, under
its own marking, or sees the item's sign. Which of a report's photographs shows whom, an analyst says.
"""

from collections.abc import Collection

from borderliaison.files.kinds import Kind
from borderliaison.files.models import Attachment
from borderliaison.files.owners import ITEM
from borderliaison.files.showing import ShownFile, shown_file
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Source
from borderliaison.records.profiles.profile import Profile
from borderliaison.sql.within import within


def photographs_of(reader: Reader, profile: Profile) -> list[ShownFile]:
    """Return the photographs of the reports that speak of a record, the latest report's first."""
    reports = {
        saying.source: saying.said_at
        for value in profile.values
        for saying in value.sayings
        if saying.kind == Source.Kind.REPORT
    }
    rows = Attachment.objects.readable_by(reader).filter(owner_kind=ITEM, owner__in=reports)
    rows = rows.filter(preview__is_here=True).exclude(kind=Kind.PDF)
    found = sorted(rows.select_related("preview", "full"), key=lambda one: reports[one.owner])
    return [shown_file(one) for one in reversed(found)]


def markings_of(reader: Reader, keys: Collection[str]) -> set[Marking]:
    """Return under what those of some photographs stand that a reader may see."""
    rows = Attachment.objects.readable_by(reader).filter(within("key", keys))
    return {one.marking.value for one in rows.select_related("marking")}
