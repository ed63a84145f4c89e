"""The weekly summary: which weeks are not yet sent, and what this office's reports say of a week.

Only what the officer may read is counted, so that no figure tells of what he may not.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.forms.load import load_form
from borderliaison.forms.types.weeks import first_day, say_week, week_of
from borderliaison.reports.content import PAYLOAD_TYPE

WEEKLY: Final = "weekly_summary"
MAX_WEEKS: Final = 8
"""How far back a week that is not sent is reminded of."""
_WEEK: Final = timedelta(days=7)
_COUNT: Final = "count_"


@dataclass(frozen=True, slots=True)
class DueWeek:
    """A week whose summary is not yet sent.

    Attributes:
        label: in words: "Week 46, 9–15 November 2026".
        reports: how many reports of it this officer may read; none allows a nil return.
    """

    week: str
    label: str
    reports: int


def given_for(acting: Acting, zone: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a weekly summary begins with: the week, its counts, and whether anything happened.

    Args:
        acting: who writes.
        zone: of the office.
        typed: what is typed already; the week in it is counted.
    """
    week = _read_week(typed.get("week"))
    if week is None:
        due = weeks_due(acting, zone, "en")
        week = due[0].week if due else week_of(_today(zone))
    counts = counts_of(acting, zone, week)
    if not any(counts.values()):
        return {"week": week, "week_kind": "nil"}
    given = {f"{_COUNT}{form}": str(counts[form]) for form in _counted_forms()}
    return {"week": week, "week_kind": "ordinary", **given}


def counts_of(acting: Acting, zone: str, week: str) -> Mapping[str, int]:
    """Count this office's reports of a week by form; corrections are not counted again."""
    monday = _midnight(first_day(week), zone)
    sunday_over = _midnight(first_day(week) + _WEEK, zone)
    items = _own(acting).filter(created_at__gte=monday, created_at__lt=sunday_over, corrects="")
    found = Counter(str(form) for form in items.values_list("content__form", flat=True))
    del found[WEEKLY]
    return found


def weeks_due(acting: Acting, zone: str, lang: str) -> tuple[DueWeek, ...]:
    """Return the weeks that are over and not yet sent, the earliest first.

    A week counts from the first thing that this officer can read here: an office that has just begun
    owes nothing.
    """
    readable = Item.objects.readable_by(acting.reader)
    begun = readable.order_by("created_at").values_list("created_at", flat=True).first()
    if begun is None:
        return ()
    sent = sent_weeks(acting)
    this_monday = first_day(week_of(_today(zone)))
    mondays = (this_monday - _WEEK * back for back in range(MAX_WEEKS, 0, -1))
    weeks = [
        week_of(monday)
        for monday in mondays
        if _midnight(monday + _WEEK, zone) > begun and week_of(monday) not in sent
    ]
    return tuple(
        DueWeek(week, say_week(week, lang), sum(counts_of(acting, zone, week).values()))
        for week in weeks
    )


def sent_weeks(acting: Acting) -> frozenset[str]:
    """Return the weeks whose summary this office has sent."""
    summaries = _own(acting).filter(content__form=WEEKLY)
    return frozenset(str(one) for one in summaries.values_list("content__values__week", flat=True))


def _own(acting: Acting) -> Any:
    return Item.objects.readable_by(acting.reader).filter(payload_type=PAYLOAD_TYPE, letter="")


def _counted_forms() -> set[str]:
    return {
        one.name.removeprefix(_COUNT)
        for one in load_form(WEEKLY).fields()
        if one.default.get("given", "").startswith(_COUNT)
    }


def _read_week(typed: Any) -> str | None:
    if not isinstance(typed, str):
        return None
    try:
        first_day(typed)
    except (ValueError, IndexError):
        return None
    return typed


def _today(zone: str) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(zone)).date()


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
