"""What is said of an item, as data that other formats carry along, so that it comes back as it went out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.marking import Grading
from borderliaison.records.interchange.items import UNGRADED, Told

NAME: Final = "borderliaison"
"""Under which other formats carry it."""


def told_data(told: Iterable[Told]) -> list[dict[str, Any]]:
    """Return values as plain data; what is empty is left out."""
    return [_one(one) for one in told]


def told_of(data: Any) -> Iterator[Told]:
    """Yield values of plain data, without their origin: who takes them in is a new source.

    Raises:
        MalformedData: it is not what ``told_data`` writes.
    """
    try:
        for one in data:
            grade = one.get("grading")
            grading = Grading(*map(str, grade)) if grade else UNGRADED
            yield Told(str(one["prop"]), str(one["value"]), str(one.get("language", "")), grading)
    except (AttributeError, KeyError, TypeError) as error:
        raise MalformedData("not statements") from error


def _one(one: Told) -> dict[str, Any]:
    said: dict[str, Any] = {"prop": one.prop, "value": one.value, "language": one.language}
    if one.grading != UNGRADED:
        said["grading"] = [one.grading.scheme, one.grading.version, one.grading.value]
    if one.origin is not None:
        seen = {"first_seen": one.origin.first_seen, "last_seen": one.origin.last_seen}
        said |= {"source": one.origin.source, "office": one.origin.office}
        said |= {name: at.isoformat() for name, at in seen.items()}
        said["marking"] = _marking(one.origin.marking.to_data())
    return {name: value for name, value in said.items() if value != ""}


def _marking(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a marking without its grading, which stands beside it, and without what is empty."""
    return {
        name: value for name, value in data.items() if name != "grading" and value not in ("", [])
    }
