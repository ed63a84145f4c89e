"""Moments and windows of time: local and UTC, always both."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from borderliaison.forms import times
from borderliaison.forms.context import Context, Directory, Purpose
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown, as_typed
from borderliaison.forms.shapes import Flag, Key, Record, Text, Whole

_REFERENCE: Final = Text(
    r"now|[a-z][a-z0-9_]*(\.(from|until))?",
    name="now, a field's name, or window.from, window.until",
)
_GRACE: Final = timedelta(minutes=10)
_NOT_FUTURE: Final = Key(Flag(), "True: it may not lie in the future (ten minutes are allowed).")
_NOT_PAST: Final = Key(Flag(), "True: its end may not lie in the past when it is written.")


def _read_moment(raw: Any, context: Context, part: str = "") -> dict[str, str] | None:
    received = context.purpose is Purpose.RECEIVED
    try:
        if isinstance(raw, dict):
            return times.read_received(raw) if received else times.read_kept(raw)
        if isinstance(raw, str):
            return times.read_typed(raw, context.zone) if raw.strip() else None
    except Refused as refused:
        raise Refused(refused.code, refused.params, part) from refused
    if raw is None:
        return None
    raise Refused("not_time", {}, part)


def _typed_moment(raw: Any, zone: str) -> str:
    if times.is_moment(raw):
        return times.typed(raw, zone)
    if isinstance(raw, dict):
        return as_typed(raw.get("local"))
    return as_typed(raw)


def _limit_words(moment: datetime, context: Context) -> dict[str, str | bool]:
    zone = times.zone_of(context.zone)
    return times.in_words(moment.astimezone(zone), context.now.astimezone(zone))


def _check_now(value: Mapping[str, str], field: FormField, context: Context, part: str) -> None:
    if context.purpose is Purpose.RECEIVED:
        return
    moment = times.utc_of(value["utc"])
    limit = {"limit": _limit_words(context.now, context)}
    if field.options.get("not_future") and moment > context.now + _GRACE:
        raise Refused("in_future", limit, part)
    if field.options.get("not_past") and moment < context.now - _GRACE:
        raise Refused("in_past", limit, part)


class DatetimeLocalType(FieldType):
    """A moment."""

    name = "datetime_local"
    about = (
        "A moment, typed in the office's zone; kept as {local, zone, utc}. "
        "A time that comes twice or does not exist is named."
    )
    options: ClassVar[Mapping[str, Key]] = {
        "not_future": _NOT_FUTURE,
        "not_past": _NOT_PAST,
        "not_before": Key(_REFERENCE, "It may not lie before this other moment."),
        "max_days_after": Key(
            Record(
                {
                    "of": Key(_REFERENCE, "The other moment.", required=True),
                    "days": Key(Whole(1, 3660), "The most days after it.", required=True),
                },
                "a limit",
            ),
            "It may not lie further after another moment.",
        ),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> dict[str, str] | str:
        """Return the moment."""
        return _read_moment(raw, context) or ""

    def limit(
        self, value: Any, field: FormField, values: Mapping[str, Any], context: Context
    ) -> None:
        """Compare with now and with other moments."""
        _check_now(value, field, context, "")
        moment = times.utc_of(value["utc"])
        earliest = _referred(field.options.get("not_before", ""), values, context)
        if earliest is not None and moment < earliest:
            raise Refused("too_early", {"limit": _limit_words(earliest, context)})
        rule = field.options.get("max_days_after")
        start = _referred(rule["of"], values, context) if rule else None
        if rule and start is not None and moment > start + timedelta(days=rule["days"]):
            latest = _limit_words(start + timedelta(days=rule["days"]), context)
            raise Refused("too_late", {"limit": latest, "days": rule["days"]})

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a kept moment."""
        return times.is_moment(value)

    def show(
        self, value: Mapping[str, str], field: FormField, lang: str, directory: Directory
    ) -> Shown:
        """Return the local time, and the same in UTC."""
        local, utc = times.local_of(value), times.utc_of(value["utc"])
        text = f"{times.say_time(local, lang)} {times.zone_text(value)}"
        return Shown(text, also=f"{times.say_time(utc, lang)} UTC")

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return the local time as it is typed."""
        return {"": [_typed_moment(raw, zone)]}


def _referred(name: str, values: Mapping[str, Any], context: Context) -> datetime | None:
    if not name:
        return None
    if name == "now":
        return context.now.astimezone(UTC) if context.purpose is Purpose.WRITE else None
    field, _, part = name.partition(".")
    value = values.get(field)
    if part and isinstance(value, dict):
        value = value.get(part)
    return times.utc_of(value["utc"]) if times.is_moment(value) and value else None


class WindowType(FieldType):
    """From one moment until another."""

    name = "window"
    about = "From one moment until a later one; kept as {from, until}, each as datetime_local."
    inputs = ("from", "until")
    options: ClassVar[Mapping[str, Key]] = {
        "not_past": _NOT_PAST,
        "max_days": Key(Whole(1, 3660), "The longest that it may last."),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> dict[str, Any]:
        """Return both moments."""
        if not isinstance(raw, dict) or set(raw) - set(self.inputs):
            raise Refused("not_window")
        found = {part: _read_moment(raw.get(part, ""), context, part) for part in self.inputs}
        if not any(found.values()):
            return {}
        for part, moment in found.items():
            if moment is None:
                raise Refused("window_open", {}, part)
        return found

    def limit(
        self, value: Any, field: FormField, values: Mapping[str, Any], context: Context
    ) -> None:
        """Compare both ends with each other and with now."""
        start, end = (times.utc_of(value[part]["utc"]) for part in self.inputs)
        if end <= start:
            raise Refused("not_after", {"limit": _limit_words(start, context)}, "until")
        _check_now(value["until"], field, context, "until")
        days = field.options.get("max_days")
        if days and end > start + timedelta(days=days):
            latest = _limit_words(start + timedelta(days=days), context)
            raise Refused("too_late", {"limit": latest, "days": days}, "until")

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is two kept moments."""
        return (
            isinstance(value, dict)
            and set(value) == set(self.inputs)
            and all(times.is_moment(one) for one in value.values())
        )

    def show(
        self, value: Mapping[str, Any], field: FormField, lang: str, directory: Directory
    ) -> Shown:
        """Return both local times, and the same in UTC."""
        local = [times.local_of(value[part]) for part in self.inputs]
        utc = [times.utc_of(value[part]["utc"]) for part in self.inputs]
        first, last = (times.zone_text(value[part]) for part in self.inputs)
        start = "" if first == last else f" {first}"
        return Shown(f"{_span(local, lang, start)} {last}", also=f"{_span(utc, lang)} UTC")

    def collect(self, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return the texts of both inputs."""
        return {part: next(iter(given.get(part, ())), "") for part in self.inputs}

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return both local times as they are typed."""
        if not isinstance(raw, dict):
            return {part: [as_typed(raw) if part == "from" else ""] for part in self.inputs}
        return {part: [_typed_moment(raw.get(part), zone)] for part in self.inputs}


def _span(ends: list[datetime], lang: str, after_start: str = "") -> str:
    start = times.say_time(ends[0], lang, year=ends[0].year != ends[1].year)
    return f"{start}{after_start} – {times.say_time(ends[1], lang)}"
