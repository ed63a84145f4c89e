"""What a version of a chart keeps, read strictly. Pure.

The names are those of ``frontend/src/chart/model.ts``; what is not known here is refused, not dropped.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from borderliaison.charts.errors import BadContent, TooLarge

MAX_ITEMS: Final = 50_000
_MAX_RULES: Final = 40
_MAX_SNAPSHOTS: Final = 60
_FAR: Final = 1e7
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_WORD: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")

_MEASURES: Final = ("degree", "betweenness", "closeness", "eigenvector", "core")
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "layout": ("force", "hierarchy", "circle", "grid", "time"),
    "links": ("single", "direction", "many"),
    "sized": ("same", *_MEASURES),
    "coloured": ("none", "community", "component", *_MEASURES),
    "comparison": ("is", "contains", "least", "most", "any"),
    "effect": ("colour", "size", "badge", "border"),
}


def checked(sent: object) -> dict[str, Any]:
    """Return the content of a version as it is kept.

    Args:
        sent: what the page sent, as JSON gives it.

    Raises:
        BadContent: it is not of the form that charts have.
        TooLarge: it names more entities than a chart may.
    """
    given = _record(sent, {"items", "layout", "links", "sized", "coloured", "rules", "snapshots"})
    if isinstance(given["items"], list) and len(given["items"]) > MAX_ITEMS:
        raise TooLarge(str(len(given["items"])))
    items = _list(given["items"], MAX_ITEMS, _placed)
    if len({one["key"] for one in items}) != len(items):
        raise BadContent("an item stands twice")
    return {
        "items": items,
        **{name: _choice(given[name], name) for name in ("layout", "links", "sized", "coloured")},
        "rules": _list(given["rules"], _MAX_RULES, _rule),
        "snapshots": _list(given["snapshots"], _MAX_SNAPSHOTS, _snapshot),
    }


def _placed(sent: object) -> dict[str, Any]:
    given = _record(sent, {"key", "x", "y"}, {"pinned", "hidden", "into", "note"})
    kept = {"key": _key(given["key"]), "x": _number(given["x"]), "y": _number(given["y"])}
    flags = {name: True for name in ("pinned", "hidden") if given.get(name) is True}
    note = _text(given.get("note", ""), 2000)
    into = {"into": _key(given["into"])} if given.get("into") else {}
    return kept | flags | into | ({"note": note} if note else {})


def _rule(sent: object) -> dict[str, Any]:
    given = _record(sent, {"about", "comparison", "value", "effect", "with"})
    return {
        "about": _matching(given["about"], _WORD),
        "comparison": _choice(given["comparison"], "comparison"),
        "value": _text(given["value"], 120),
        "effect": _choice(given["effect"], "effect"),
        "with": _text(given["with"], 20),
    }


def _snapshot(sent: object) -> dict[str, Any]:
    given = _record(sent, {"name", "shown", "selected", "camera"})
    camera = _record(given["camera"], {"x", "y", "scale"})
    return {
        "name": _text(given["name"], 80),
        "shown": _list(given["shown"], MAX_ITEMS, _key),
        "selected": _list(given["selected"], MAX_ITEMS, _key),
        "camera": {name: _number(value) for name, value in camera.items()},
    }


def _record(sent: object, needed: set[str], other: set[str] | None = None) -> dict[str, Any]:
    if not isinstance(sent, dict) or not needed <= sent.keys() <= needed | (other or set()):
        raise BadContent("a part has other names")
    return sent


def _list(sent: object, most: int, read: Callable[[object], Any]) -> list[Any]:
    if not isinstance(sent, list) or len(sent) > most:
        raise BadContent("no list, or too long")
    return [read(one) for one in sent]


def _choice(sent: object, name: str) -> str:
    if sent not in _CHOICES[name]:
        raise BadContent(name)
    return str(sent)


def _key(sent: object) -> str:
    return _matching(sent, _KEY)


def _matching(sent: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(sent, str) or not pattern.fullmatch(sent):
        raise BadContent("no such word")
    return sent


def _text(sent: object, most: int) -> str:
    if not isinstance(sent, str) or len(sent) > most or "\x00" in sent:
        raise BadContent("no text, or too long")
    return sent


def _number(sent: object) -> float:
    if isinstance(sent, bool) or not isinstance(sent, (int, float)):
        raise BadContent("no number")
    if not math.isfinite(sent) or abs(sent) > _FAR:
        raise BadContent("a place beyond the chart")
    return round(float(sent), 2)
