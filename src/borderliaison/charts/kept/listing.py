"""Charts as rows of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from borderliaison.charts.kept.keeping import Opened
from borderliaison.kernel.ids import OfficeCode
from borderliaison.markings.models import MarkingRow
from borderliaison.ui.parts.marks import Marks
from borderliaison.wording.marks import marks_of


@dataclass(frozen=True, slots=True)
class Row:
    """One chart.

    Attributes:
        key: of the chart.
        name: as its newest version that may be read says.
        owner: who made it.
        is_own: whether that is the reader.
        is_shared: whether colleagues may open it.
        number: of the version.
        items: how many entities it names.
        saved_at: when.
        marks: under which it stands.
    """

    key: str
    name: str
    owner: str
    is_own: bool
    is_shared: bool
    number: int
    items: int
    saved_at: datetime
    marks: Marks


def listed(charts: Sequence[Opened], office: OfficeCode, lang: str) -> list[Row]:
    """Return charts as rows, in the order given."""
    markings = MarkingRow.objects.in_bulk({one.version.marking_id for one in charts})
    return [
        Row(
            one.chart.key,
            one.version.name,
            one.chart.owner.full_name,
            one.is_own,
            one.chart.is_shared,
            one.version.number,
            one.version.items,
            one.version.saved_at,
            marks_of(markings[one.version.marking_id].value, office, lang),
        )
        for one in charts
    ]
