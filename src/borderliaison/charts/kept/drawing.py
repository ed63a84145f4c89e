"""What an analyst says of how a chart is drawn, read strictly: rules, areas, how items are shown. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from borderliaison.charts.errors import BadContent
from borderliaison.charts.reading import choice, matching, number, record, text, word

MEASURES: Final = ("degree", "betweenness", "closeness", "eigenvector", "core", "bridges")
SHOWN_AS: Final = ("icon", "picture", "frame", "line", "box", "circle", "text")
SIGNS: Final = (
    "user", "users-group", "building", "truck", "car", "train", "ship", "plane", "container", "package",
    "phone", "cash", "flask", "pill", "crosshair", "e-passport", "map-pin", "road", "eye", "key",
    "alert-triangle", "help-circle", "skull", "flag-3",
)  # fmt: skip
"""The symbols that an analyst may give an item of his chart, whatever its kind."""
_COMPARISONS: Final = ("is", "contains", "least", "most", "any")
_EFFECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "items": ("colour", "border", "size", "badge", "as"),
    "links": ("colour", "size", "dash"),
}
_FORMS: Final = ("box", "circle", "text")
_INK: Final = re.compile(r"chart-[1-8]")
_TIMES: Final = re.compile(r"0\.\d{1,2}|[1-4](\.\d{1,2})?")


def rule(sent: object) -> dict[str, Any]:
    """Return a rule: what a property or a measure of an item or a link makes of how that is drawn."""
    given = record(sent, {"about", "comparison", "value", "effect", "with"}, {"of"})
    of = choice(given.get("of", "items"), _EFFECTS)
    effect = choice(given["effect"], _EFFECTS[of])
    return {
        "of": of,
        "about": word(given["about"]),
        "comparison": choice(given["comparison"], _COMPARISONS),
        "value": text(given["value"], 120),
        "effect": effect,
        "with": _WITH[effect](given["with"]),
    }


def handmade(sent: Mapping[str, Any]) -> dict[str, str]:
    """Return the colour, letter and symbol that the analyst gave an item, those that he gave."""
    read: Mapping[str, Callable[[object], str]] = {
        "ink": lambda one: matching(one, _INK),
        "badge": lambda one: text(one, 2),
        "sign": lambda one: choice(one, SIGNS),
    }
    return {name: how(sent[name]) for name, how in read.items() if sent.get(name)}


def area(sent: object) -> dict[str, Any]:
    """Return a box or circle behind the items, or a text beside them, which the analyst drew himself."""
    given = record(sent, {"key", "form", "x", "y", "w", "h", "text", "ink"})
    wide, high = number(given["w"]), number(given["h"])
    if min(wide, high) < 1:
        raise BadContent("an area of no size")
    return {
        "key": word(given["key"]),
        "form": choice(given["form"], _FORMS),
        "x": number(given["x"]),
        "y": number(given["y"]),
        "w": wide,
        "h": high,
        "text": text(given["text"], 2000),
        "ink": matching(given["ink"], _INK),
    }


_WITH: Final[Mapping[str, Callable[[object], str]]] = {
    "colour": lambda sent: matching(sent, _INK),
    "border": lambda sent: matching(sent, _INK),
    "size": lambda sent: matching(sent, _TIMES),
    "badge": lambda sent: text(sent, 2),
    "as": lambda sent: choice(sent, SHOWN_AS),
    "dash": lambda sent: choice(sent, ("dashdot",)),
}
"""How that is read which an effect is done with."""
