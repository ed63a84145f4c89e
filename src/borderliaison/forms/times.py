"""Local times: typed in the office's zone, kept with the zone and UTC, written in words.

Source of what is ambiguous or does not exist: PEP 495.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from borderliaison.forms.schema import Refused, quoted

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099
_TIME: Final = r"[T ,]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*([+-][0-9]{2}:?[0-9]{2})?"
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})" + _TIME)
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})" + _TIME)
_MAX_TYPED: Final = 60
KEYS: Final = frozenset({"local", "zone", "utc"})
_MONTHS: Final = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
}


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_of(name: Any) -> ZoneInfo:
    """Return a time zone by its IANA name.

    Raises:
        Refused: there is none of this name.
    """
    if not isinstance(name, str) or name not in _zones():
        raise Refused("unknown_zone", {"typed": quoted(str(name)) if isinstance(name, str) else ""})
    return ZoneInfo(name)


def read_typed(text: str, zone: str) -> dict[str, str]:
    """Return the moment of a typed local time.

    Args:
        text: ``2026-05-14 22:00`` or ``14.05.2026 22:00``, also with seconds or an offset.
        zone: the IANA name of the zone in which it was typed.

    Raises:
        Refused: it is no time, comes twice, does not exist, or is not in this century.
    """
    info = zone_of(zone)
    local, offset = _parse(text)
    return as_value(_resolve(local, info, offset), zone)


def _parse(text: str) -> tuple[datetime, timedelta | None]:
    text = text.strip() if len(text) <= _MAX_TYPED else ""
    if match := _ISO.fullmatch(text):
        year, month, day = match.group(1, 2, 3)
    elif match := _DOTTED.fullmatch(text):
        day, month, year = match.group(1, 2, 3)
    else:
        raise Refused("not_time")
    hour, minute, second, offset = match.group(4, 5, 6, 7)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise Refused("year_outside", {"first": FIRST_YEAR, "last": LAST_YEAR})
    try:
        date = datetime(int(year), int(month), int(day))
        local = date.replace(hour=int(hour), minute=int(minute), second=int(second or "0"))
    except ValueError as error:
        raise Refused("no_such_time") from error
    return local, _offset(offset) if offset else None


def _offset(text: str) -> timedelta:
    hours, minutes = int(text[1:3]), int(text[-2:])
    size = timedelta(hours=hours, minutes=minutes)
    return -size if text[0] == "-" else size


def _resolve(local: datetime, zone: ZoneInfo, offset: timedelta | None) -> datetime:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset() or timedelta(), second.utcoffset() or timedelta()
    if before < after:
        then = in_words(local + (after - before))
        raise Refused("time_skipped", {"next": then, "zone": zone.key})
    if offset is None and before != after:
        offsets = [offset_text(one) for one in (before, after)]
        raise Refused("time_twice", {"first": offsets[0], "second": offsets[1]})
    if offset is None or offset == before:
        return first
    if offset == after:
        return second
    raise Refused("other_offset", {"zone": zone.key, "offset": offset_text(before)})


def as_value(moment: datetime, zone: str) -> dict[str, str]:
    """Return an aware moment as it is kept: local, zone, UTC."""
    local = moment.replace(tzinfo=None)
    return {
        "local": local.isoformat(timespec="seconds" if local.second else "minutes"),
        "zone": zone,
        "utc": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def typed(value: Mapping[str, str], zone: str) -> str:
    """Return a kept moment as one would type it in a zone, with an offset where it needs one.

    Args:
        value: the moment.
        zone: the IANA name of the zone in which it will be read again; empty for its own.
    """
    if zone and zone != value["zone"]:
        value = as_value(utc_of(value["utc"]).astimezone(zone_of(zone)), zone)
    text = value["local"].replace("T", " ")
    try:
        read_typed(text, value["zone"])
    except Refused:
        gap = local_of(value) - utc_of(value["utc"]).replace(tzinfo=None)
        return f"{text} {offset_text(gap)}"
    return text


def read_kept(data: Mapping[str, Any]) -> dict[str, str]:
    """Read a moment as it is kept, and prove that its local time and UTC agree.

    Raises:
        Refused: it is not a moment, or they do not agree by our table of time zones.
    """
    local_text, zone, utc_text = data.get("local"), data.get("zone"), data.get("utc", "")
    if set(data) - KEYS or not isinstance(local_text, str) or not isinstance(utc_text, str):
        raise Refused("not_time")
    if not utc_text:
        return read_typed(local_text, zone if isinstance(zone, str) else "")
    info = zone_of(zone)
    local, offset = _parse(local_text)
    if offset is not None:
        raise Refused("not_time")
    gap = local - utc_of(utc_text).replace(tzinfo=None)
    try:
        return as_value(_resolve(local, info, gap), info.key)
    except Refused as refused:
        if refused.code == "other_offset":
            raise Refused("times_disagree") from refused
        raise


_ZONE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,59}")
_UTC: Final = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_FURTHEST: Final = timedelta(hours=15)


def read_received(data: Mapping[str, Any]) -> dict[str, str]:
    """Read a moment that another office kept by its own table of time zones.

    Raises:
        Refused: it is not a moment, or no zone on earth is as far from UTC.
    """
    local_text, zone, utc_text = data.get("local"), data.get("zone"), data.get("utc")
    if set(data) != KEYS or not (isinstance(zone, str) and _ZONE_NAME.fullmatch(zone)):
        raise Refused("not_time")
    if not isinstance(local_text, str) or not isinstance(utc_text, str):
        raise Refused("not_time")
    local, offset = _parse(local_text)
    written = local.isoformat(timespec="seconds" if local.second else "minutes")
    if offset is not None or written != local_text:
        raise Refused("not_time")
    if abs(local - utc_of(utc_text).replace(tzinfo=None)) > _FURTHEST:
        raise Refused("times_disagree")
    return {"local": local_text, "zone": zone, "utc": utc_text}


def utc_of(text: str) -> datetime:
    """Return the aware instant of a kept UTC text.

    Raises:
        Refused: it is not one.
    """
    if not _UTC.fullmatch(text):
        raise Refused("not_time")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("not_time") from error


def is_moment(value: Any) -> bool:
    """Whether this has the form of a kept moment."""
    if not isinstance(value, dict) or set(value) != KEYS:
        return False
    try:
        read_received(value)
    except Refused:
        return False
    return True


def in_words(local: datetime, near: datetime | None = None) -> dict[str, str | bool]:
    """Return a local time for a sentence, with the year only where ``near`` is of another year."""
    text = local.replace(tzinfo=None).isoformat(timespec="minutes")
    return {"time": text, "year": near is None or near.year != local.year}


def say_time(local: datetime, lang: str, *, year: bool = True) -> str:
    """Write a local time in words: ``14 May 2026 22:00``."""
    day = say_day(local, lang, year=year)
    return f"{day} {local:%H:%M:%S}" if local.second else f"{day} {local:%H:%M}"


def say_day(day: date, lang: str, *, year: bool = True) -> str:
    """Write a day in words: ``14 May 2026``."""
    months = _MONTHS["en" if lang.lower().startswith("en") else "ru"]
    return f"{day.day} {months[day.month - 1]}" + (f" {day.year}" if year else "")


def local_of(value: Mapping[str, str]) -> datetime:
    """Return the local time of a kept moment, without its zone."""
    return datetime.fromisoformat(value["local"])


def offset_text(offset: timedelta) -> str:
    """Write an offset from UTC: ``+06:00``."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def zone_text(value: Mapping[str, str]) -> str:
    """Write the distance of a kept moment from UTC: ``UTC+6``, ``UTC+5:30``."""
    gap = local_of(value) - utc_of(value["utc"]).replace(tzinfo=None)
    text = offset_text(gap)
    hours = text[1:3].lstrip("0") or "0"
    return f"UTC{text[0]}{hours}" + ("" if text.endswith(":00") else text[3:])
