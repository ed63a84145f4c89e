"""Days of the calendar, also those of which only the year or the month is known."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from borderliaison.forms import times
from borderliaison.forms.context import Context, Directory, Purpose
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown
from borderliaison.forms.shapes import Flag, Key

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DOTTED: Final = re.compile(r"(?:(?:([0-9]{1,2})\.)?([0-9]{1,2})\.)?([0-9]{4})")
_KEPT: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_MAX_TYPED: Final = 20


class DateType(FieldType):
    """A day of the calendar."""

    name = "date"
    about = "A day of the calendar without a time; kept as `1984-05-14`, `1984-05` or `1984`."
    options: ClassVar[Mapping[str, Key]] = {
        "not_future": Key(Flag(), "True: it may not lie in the future."),
        "partial": Key(Flag(), "True: the year alone, or month and year, are enough."),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> str:
        """Return the day as ISO 8601 writes it, as far as it is known."""
        if not isinstance(raw, str):
            raise Refused("not_date")
        text = raw.strip() if len(raw) <= _MAX_TYPED else "-"
        if not text:
            return ""
        year, month, day = _parts(text)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refused("year_outside", {"first": FIRST_YEAR, "last": LAST_YEAR})
        try:
            date(year, month or 1, day or 1)
        except ValueError as error:
            raise Refused("no_such_date") from error
        if not day and not field.options.get("partial"):
            raise Refused("not_date")
        return "-".join(f"{part:02d}" for part in (year, month, day) if part)

    def limit(
        self, value: str, field: FormField, values: Mapping[str, Any], context: Context
    ) -> None:
        """Compare with today in the office's zone."""
        if context.purpose is Purpose.RECEIVED or not field.options.get("not_future"):
            return
        now = context.now.astimezone(times.zone_of(context.zone))
        if value > f"{now:%Y-%m-%d}"[: len(value)]:
            raise Refused("date_in_future")

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a day as it is kept."""
        return isinstance(value, str) and bool(_KEPT.fullmatch(value))

    def show(self, value: str, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the day as it is written in documents: ``14.05.1984``."""
        return Shown(".".join(reversed(value.split("-"))))


def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day; 0 for what is not said."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.group(1, 2, 3)
    elif match := _DOTTED.fullmatch(text):
        day, month, year = match.group(1, 2, 3)
    else:
        raise Refused("not_date")
    if (month is not None and not int(month)) or (day is not None and not int(day)):
        raise Refused("no_such_date")
    return int(year), int(month or 0), int(day or 0)
