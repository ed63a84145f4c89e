"""Where reports happened, as a table of its own: what a map asks for, without opening each report.

A line is written with its report, own or received, and goes with it. Of coordinates only those are kept
that the report itself gives; a crossing point stands where the directory says, also after a correction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from borderliaison.correspondence.arrivals.telling import register_kept
from borderliaison.correspondence.models import Item
from borderliaison.forms.foreign import nearest_form
from borderliaison.forms.schema import Form
from borderliaison.forms.times import is_moment, utc_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.projection.kept_out import without_kept_out
from borderliaison.sql.statements import instant, run_each

URGENCIES: Final = ("immediate", "expected", "future", "past")
"""CAP 1.2 urgencies, the most pressing first."""
_WHERE: Final = ("where", "crossing")
"""Names of fields that say where: where it is expected comes before where it was written."""
_WHEN: Final = "event_at"
_INSERT: Final = (
    "INSERT INTO reports_place"
    " (item_id, marking_id, office, form, urgency, at, crossing, latitude, longitude)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a report says of its place and time.

    Attributes:
        at: None where it does not say.
        position: latitude and longitude in degrees, where it gives them.
    """

    form: str
    urgency: str
    at: datetime | None
    crossing: str
    position: tuple[float, float] | None


def find_place(content: Mapping[str, Any]) -> Found | None:
    """Return where what a report tells of happened; None where it does not say, or cannot be read.

    Args:
        content: of an item of type ``report``.
    """
    try:
        report = ReportContent.from_data(dict(content))
        form = nearest_form(report.form, report.version)
    except LiaisonError:
        return None
    if form is None:
        return None
    values = report.values
    crossing, position = _crossing(form, values), _position(form, values)
    if not crossing and position is None:
        return None
    urgency = str(values.get("urgency", "")).lower()
    return Found(
        report.form,
        urgency if urgency in URGENCIES else "",
        _moment(values.get(_WHEN)),
        crossing,
        position,
    )


def _of_type(form: Form, name: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field in form.fields():
        value = values.get(field.name)
        if field.type.name == name and value and field.type.is_value(value, field):
            yield field.name, value


def _crossing(form: Form, values: Mapping[str, Any]) -> str:
    found = dict(_of_type(form, "crossing", values))
    named = (found[name] for name in _WHERE if name in found)
    return str(next(named, next(iter(found.values()), "")))


def _position(form: Form, values: Mapping[str, Any]) -> tuple[float, float] | None:
    for _, value in _of_type(form, "position", values):
        return float(value["lat"]), float(value["lon"])
    return None


def _moment(value: Any) -> datetime | None:
    return utc_of(value["utc"]) if value and is_moment(value) else None


def note_places(items: Sequence[Item]) -> None:
    """Write where these reports happened, in the transaction that keeps them; not of what is kept out."""
    rows = []
    for item in without_kept_out(items):
        found = find_place(item.content)
        if found is not None:
            at = instant(found.at or item.created_at)
            place = (found.crossing, *(found.position or (None, None)))
            said = (item.office, found.form, found.urgency, at)
            rows.append((item.pk, item.marking_id, *said, *place))
    if rows:
        run_each(_INSERT, rows)


def register() -> None:
    """Note the place of each report that is kept; said once, by the composition root."""
    register_kept(PAYLOAD_TYPE, note_places)
