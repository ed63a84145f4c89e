"""How long things may wait before they are late: data, by urgency and by the two countries."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from borderliaison.forms.errors import BadFile
from borderliaison.forms.shapes import Key, MapOf, Record, Text
from borderliaison.forms.source import read_source
from borderliaison.kernel.ids import OfficeCode

FILE: Final = "deadlines.yaml"
URGENCIES: Final = ("immediate", "expected", "future", "past", "unknown")
"""CAP 1.2, section 3.2.2, in small letters."""
OTHERWISE: Final = "unknown"


class What(StrEnum):
    """What may wait."""

    ACKNOWLEDGE = "acknowledge"
    AUTHORISE = "authorise"
    ANSWER = "answer"


_LENGTH: Final = Text(r"[1-9][0-9]{0,3} (min|h|d)", name="a length of time: 15 min, 2 h, 10 d")
_BY_URGENCY: Final = Record(
    {one: Key(_LENGTH, "So long.") for one in URGENCIES}, "times by urgency"
)
_TIMES: Final = {one.value: Key(_BY_URGENCY, "How long.") for one in What}
_PAIR: Final = r"(?P<one>[A-Z]{2})-(?P<other>[A-Z]{2})"
SHAPE: Final = Record(
    {
        **_TIMES,
        "pairs": Key(MapOf(Record(_TIMES, "times of a pair"), _PAIR), "By two countries."),
    },
    "deadlines",
)
_UNITS: Final = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_own: Path | None = None


def keep_own_in(directory: Path) -> None:
    """Say in which directory the administrator's own deadlines may stand, and read them.

    Raises:
        BadFile: the file does not follow its schema; every problem has its line.
    """
    global _own  # noqa: PLW0603 - the composition root says it once, at start
    _own = directory / FILE
    _tables.cache_clear()
    _tables()


def time_for(what: What, urgency: str, one: OfficeCode, other: OfficeCode) -> timedelta:
    """Return how long something may wait.

    Args:
        what: what waits.
        urgency: a word of CAP, in any case; unknown words count as ``Unknown``.
        one: an office of the one country.
        other: an office of the other, or of the same.
    """
    pair = "-".join(sorted((one[:2], other[:2])))
    named = urgency.lower() if urgency.lower() in URGENCIES else OTHERWISE
    for table in _tables():
        for times in (table.get("pairs", {}).get(pair, {}), table):
            found = times.get(what.value, {}).get(named)
            if found is not None:
                return _length(found)
    raise KeyError(what)  # the shipped table is whole; a test reads it


@cache
def _tables() -> tuple[Mapping[str, Any], ...]:
    """Return the administrator's table and the shipped one: the first that says something holds."""
    shipped = files("borderliaison.correspondence") / "data" / FILE
    texts = [shipped.read_text(encoding="utf-8")]
    if _own is not None and _own.is_file():
        texts.insert(0, _own.read_text(encoding="utf-8"))
    return tuple(read_table(text) for text in texts)


def read_table(text: str) -> Mapping[str, Any]:
    """Read a table from YAML text.

    Raises:
        BadFile: it does not follow its schema.
    """
    source = read_source(text, FILE)
    found = [source.problem(at, said) for at, said in SHAPE.problems(source.data, ())]
    if found:
        raise BadFile(found)
    table: Mapping[str, Any] = source.data
    return table


def _length(text: str) -> timedelta:
    number, unit = text.split(" ")
    return int(number) * _UNITS[unit]
