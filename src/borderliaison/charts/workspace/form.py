"""What a workspace file holds, read strictly: what is not known here is refused, not dropped. Pure.

Source: docs/reference/workspace.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from borderliaison.charts.errors import ChartError
from borderliaison.charts.kept.content import checked
from borderliaison.charts.reading import record, several, text
from borderliaison.charts.workspace.errors import BadWorkspace
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.marking import Marking

FORMAT: Final = "borderliaison-workspace"
VERSION: Final = 1
MAX_EACH: Final = 200
MAX_SPEC: Final = 64 * 1024
_MAX_NAME: Final = 80
_MAX_ADDRESS: Final = 600
_HEADING: Final = ("office", "realm", "made_at", "marking", "withheld")
PARTS: Final = ("views", "standing", "specs", "charts")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: the address of a page with its filters."""

    name: str
    address: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A standing question, by the fields of a search."""

    name: str
    asks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Specification:
    """An import specification, YAML."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: what its newest version keeps, and under which marking."""

    name: str
    shared: bool
    marking: Marking
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Workspace:
    """All of it, each part in its order."""

    views: tuple[View, ...] = ()
    standing: tuple[Question, ...] = ()
    specs: tuple[Specification, ...] = ()
    charts: tuple[Drawing, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many there are of each."""
        return {name: len(getattr(self, name)) for name in PARTS}

    def to_data(self) -> dict[str, Any]:
        """Return the parts as plain data."""
        return {
            "views": [
                {"name": one.name, "address": one.address, "shared": one.shared}
                for one in self.views
            ],
            "standing": [{"name": one.name, "asks": dict(one.asks)} for one in self.standing],
            "specs": [{"name": one.name, "text": one.text} for one in self.specs],
            "charts": [
                {
                    "name": one.name,
                    "shared": one.shared,
                    "marking": one.marking.to_data(),
                    "content": dict(one.content),
                }
                for one in self.charts
            ],
        }


def read_workspace(sent: object) -> Workspace:
    """Return what a file holds.

    Args:
        sent: as JSON gives it.

    Raises:
        BadWorkspace: it is none, or has a part that is not known here; says where.
    """
    if not isinstance(sent, dict) or sent.get("format") != FORMAT:
        raise BadWorkspace("format")
    if sent.get("version") != VERSION:
        raise BadWorkspace("version")
    given = _at("file", _whole, sent)
    return Workspace(
        _each(given, "views", _view),
        _each(given, "standing", _question),
        _each(given, "specs", _specification),
        _each(given, "charts", _drawing),
    )


def _each(given: Mapping[str, Any], name: str, read: Callable[[object], T]) -> tuple[T, ...]:
    rows = _at(name, _rows, given[name])
    return tuple(_at(f"{name}.{number}", read, one) for number, one in enumerate(rows))


def _at(where: str, read: Callable[[object], T], sent: object) -> T:
    try:
        return read(sent)
    except (ChartError, MalformedData) as error:
        raise BadWorkspace(f"{where}: {error}") from error


def _whole(sent: object) -> dict[str, Any]:
    return record(sent, {"format", "version", *PARTS}, _HEADING)


def _rows(sent: object) -> list[object]:
    return several(sent, MAX_EACH, lambda one: one)


def _view(sent: object) -> View:
    given = record(sent, {"name", "address", "shared"})
    name, address = text(given["name"], _MAX_NAME), text(given["address"], _MAX_ADDRESS)
    return View(name, address, _flag(given["shared"]))


def _question(sent: object) -> Question:
    given = record(sent, {"name", "asks"})
    asks = given["asks"]
    if not isinstance(asks, dict):
        raise MalformedData("asks")
    return Question(
        text(given["name"], _MAX_NAME),
        {text(k, 40): text(v, _MAX_ADDRESS) for k, v in asks.items()},
    )


def _specification(sent: object) -> Specification:
    given = record(sent, {"name", "text"})
    return Specification(text(given["name"], _MAX_NAME), text(given["text"], MAX_SPEC))


def _drawing(sent: object) -> Drawing:
    given = record(sent, {"name", "shared", "marking", "content"})
    return Drawing(
        text(given["name"], _MAX_NAME),
        _flag(given["shared"]),
        Marking.from_data(given["marking"]),
        checked(given["content"]),
    )


def _flag(sent: object) -> bool:
    if not isinstance(sent, bool):
        raise MalformedData("neither true nor false")
    return sent
