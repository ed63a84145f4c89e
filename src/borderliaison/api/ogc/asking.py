"""What the address of a map's collection asks for: how many, where, when, and after which.

Source: OGC 17-069r4, sections 7.15.2 to 7.15.4 and requirements "query-param-unknown" and "-invalid".
"""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time
from typing import Final

from borderliaison.api.errors import BadQuestion
from borderliaison.records.interchange.exports.features import Asked, Box, Span
from borderliaison.records.ontology.schema import Schema

MOST: Final = 1000
"""Items on a page; who asks for more gets so many."""
USUAL: Final = 100
FORMATS: Final = ("json", "geojson")
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)
_EVERYWHERE: Final = frozenset({"f"})
_OF_ITEMS: Final = _EVERYWHERE | {"limit", "bbox", "datetime", "after"}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def check_asked(said: Mapping[str, str], known: Collection[str] = _EVERYWHERE) -> None:
    """Look whether an address has only parameters that are known, and asks for JSON.

    Raises:
        BadQuestion: it has others, or asks for a form in which nothing is answered.
    """
    strange = sorted(set(said) - set(known))
    if strange or said.get("f", FORMATS[0]) not in FORMATS:
        raise BadQuestion(", ".join(strange) or "f")


def asked_of(said: Mapping[str, str], kind: Schema) -> Asked:
    """Return what is asked for of a collection.

    Raises:
        BadQuestion: a parameter is unknown, or its value is none.
    """
    check_asked(said, _OF_ITEMS)
    limit = said.get("limit", str(USUAL))
    if not (limit.isascii() and limit.isdecimal() and int(limit[:9]) >= 1):
        raise BadQuestion("limit")
    box = _box(said["bbox"]) if "bbox" in said else None
    span = _span(said["datetime"]) if "datetime" in said else None
    return Asked(kind, min(int(limit[:9]), MOST), said.get("after", ""), box, span)


def _box(text: str) -> Box:
    try:
        numbers = [float(one) for one in text.split(",")]
    except ValueError as error:
        raise BadQuestion("bbox") from error
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(abs(one) <= 360 for one in numbers) or numbers[1] > numbers[3]:
        raise BadQuestion("bbox")
    return (numbers[0], numbers[1], numbers[2], numbers[3])


def _span(text: str) -> Span:
    first, slash, last = text.partition("/")
    if not slash:
        return _moment(first, time.min), _moment(first, time.max)
    span = (
        _EARLIEST if first in ("", "..") else _moment(first, time.min),
        _LATEST if last in ("", "..") else _moment(last, time.max),
    )
    if span == (_EARLIEST, _LATEST) or span[0] > span[1]:
        raise BadQuestion("datetime")
    return span


def _moment(text: str, at: time) -> datetime:
    """Return a moment; of a day its beginning or its end."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadQuestion("datetime") from error
    if _DAY.fullmatch(text):
        return datetime.combine(found, at, UTC)
    if not _DAY.match(text):
        raise BadQuestion("datetime")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
