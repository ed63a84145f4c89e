"""A week of the year, as ISO 8601 counts them: Monday to Sunday."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from borderliaison.forms import times
from borderliaison.forms.context import Context, Directory, Purpose
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown
from borderliaison.forms.words import Words

_ISO: Final = re.compile(r"([0-9]{4})-?W([0-9]{2})", re.I)
_SAID: Final = re.compile(r"([0-9]{1,2})[./ ]([0-9]{4})")
_KEPT: Final = re.compile(r"[0-9]{4}-W[0-9]{2}")
_WEEK: Final = Words({"en": "Week", "ru": "Неделя"})
_MAX_TYPED: Final = 20


def week_of(day: date) -> str:
    """Return the week in which a day lies, as it is kept."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def first_day(week: str) -> date:
    """Return the Monday of a kept week.

    Raises:
        ValueError: there is no such week.
    """
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


class WeekType(FieldType):
    """A week."""

    name = "week"
    about = "A week of the year (ISO 8601), kept as `2026-W46`; it may not lie in the future."

    def read(self, raw: Any, field: FormField, context: Context) -> str:
        """Return the week."""
        text = raw.strip() if isinstance(raw, str) and len(raw) <= _MAX_TYPED else ""
        if match := _ISO.fullmatch(text):
            year, week = match.groups()
        elif match := _SAID.fullmatch(text):
            week, year = match.groups()
        else:
            raise Refused("not_week")
        kept = f"{year}-W{int(week):02d}"
        if not times.FIRST_YEAR <= int(year) <= times.LAST_YEAR:
            raise Refused("year_outside", {"first": times.FIRST_YEAR, "last": times.LAST_YEAR})
        try:
            first_day(kept)
        except ValueError as error:
            raise Refused("not_week") from error
        return kept

    def limit(
        self, value: str, field: FormField, values: Mapping[str, Any], context: Context
    ) -> None:
        """Compare with the present week in the office's zone."""
        if context.purpose is Purpose.RECEIVED:
            return
        today = context.now.astimezone(times.zone_of(context.zone)).date()
        if value > week_of(today):
            raise Refused("week_in_future")

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a week as it is kept."""
        if not isinstance(value, str) or not _KEPT.fullmatch(value):
            return False
        try:
            first_day(value)
        except ValueError:
            return False
        return True

    def show(self, value: str, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the week with its days: "Week 46, 9–15 November 2026"."""
        return Shown(say_week(value, lang))


def say_week(week: str, lang: str) -> str:
    """Say a kept week with its first and its last day; the month once where it is one."""
    monday = first_day(week)
    sunday = monday + timedelta(days=6)
    end = times.say_day(sunday, lang)
    if monday.month == sunday.month:
        days = f"{monday.day}–{end}"
    else:
        days = f"{times.say_day(monday, lang, year=monday.year != sunday.year)} – {end}"
    return f"{_WEEK.text(lang)} {int(week[6:])}, {days}"
