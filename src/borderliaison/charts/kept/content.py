"""What a version of a chart keeps, read strictly. Pure.

The names are those of ``frontend/src/chart/model.ts``; what is not known here is refused, not dropped.
"""

from collections.abc import Mapping
from typing import Any, Final

from borderliaison.charts.errors import BadContent, TooLarge
from borderliaison.charts.kept.drawing import MEASURES, SHOWN_AS, area, handmade, rule
from borderliaison.charts.reading import choice, key, number, record, several, text, word

MAX_ITEMS: Final = 50_000
MAX_RULES: Final = 40
MAX_SNAPSHOTS: Final = 60
MAX_AREAS: Final = 60
MAX_NOTE: Final = 2000
MAX_MERGED: Final = 200
_MAX_BENEATH: Final = 3
_MAX_COLUMNS: Final = 8
_VIEWS: Final = ("timeline", "map")
"""What a snapshot may show besides the chart itself."""

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "layout": ("force", "hierarchy", "circle", "grid", "time"),
    "links": ("single", "direction", "many"),
    "labels": ("label", "count", "sum"),
    "sized": ("same", *MEASURES),
    "coloured": ("none", "community", "component", *MEASURES),
}
_SINCE: Final[Mapping[str, Any]] = {
    "labels": "label", "beneath": [], "columns": [], "areas": [], "merged": [],
}  # fmt: skip
"""What the first versions did not say, and how they are meant."""


def checked(sent: object) -> dict[str, Any]:
    """Return the content of a version as it is kept.

    Args:
        sent: what the page sent, as JSON gives it; or what was kept, of which the first versions say less.

    Raises:
        BadContent: it is not of the form that charts have.
        TooLarge: it names more entities than a chart may.
    """
    needed = {"items", "rules", "snapshots", *_CHOICES} - _SINCE.keys()
    given = {**_SINCE, **record(sent, needed, _SINCE)}
    if isinstance(given["items"], list) and len(given["items"]) > MAX_ITEMS:
        raise TooLarge(str(len(given["items"])))
    items = several(given["items"], MAX_ITEMS, _placed)
    if len({one["key"] for one in items}) != len(items):
        raise BadContent("an item stands twice")
    return {
        "items": items,
        **{name: choice(given[name], known) for name, known in _CHOICES.items()},
        "beneath": several(given["beneath"], _MAX_BENEATH, word),
        "columns": several(given["columns"], _MAX_COLUMNS, word),
        "areas": several(given["areas"], MAX_AREAS, area),
        "rules": several(given["rules"], MAX_RULES, rule),
        "snapshots": several(given["snapshots"], MAX_SNAPSHOTS, _snapshot),
        "merged": versions(given["merged"]),
    }


def _placed(sent: object) -> dict[str, Any]:
    other = ("pinned", "hidden", "into", "note", "as", "picture", "ink", "badge", "sign")
    given = record(sent, {"key", "x", "y"}, other)
    kept = {"key": key(given["key"]), "x": number(given["x"]), "y": number(given["y"])}
    flags = {name: True for name in ("pinned", "hidden") if given.get(name) is True}
    keys = {name: key(given[name]) for name in ("into", "picture") if given.get(name)}
    drawn = {"as": choice(given["as"], SHOWN_AS)} if given.get("as") else {}
    note = text(given.get("note", ""), MAX_NOTE)
    return kept | flags | keys | drawn | handmade(given) | ({"note": note} if note else {})


def _snapshot(sent: object) -> dict[str, Any]:
    given = record(sent, {"name", "shown", "selected", "camera"}, {"view", "spot"})
    seen = (
        {"view": choice(given["view"], _VIEWS), "spot": _spot(given.get("spot"))}
        if given.get("view")
        else {}
    )
    return {
        "name": text(given["name"], 80),
        "shown": several(given["shown"], MAX_ITEMS, key),
        "selected": several(given["selected"], MAX_ITEMS, key),
        "camera": _spot(given["camera"]),
        **seen,
    }


def _spot(sent: object) -> dict[str, float]:
    """Read what of a view is seen: its middle, and how much of it, in measures of its own."""
    given = record(sent, {"x", "y", "scale"})
    return {name: number(given[name]) for name in ("x", "y", "scale")}


def versions(sent: object) -> list[dict[str, Any]]:
    """Read which versions of other charts words came from.

    Raises:
        BadContent: they are not named so, or too many.
    """
    return several(sent, MAX_MERGED, _version)


def _version(sent: object) -> dict[str, Any]:
    """Read from which version of another chart words came: they stay under its marking."""
    given = record(sent, {"chart", "version"})
    version = number(given["version"])
    if version < 1 or version != int(version):
        raise BadContent("no version")
    return {"chart": key(given["chart"]), "version": int(version)}
