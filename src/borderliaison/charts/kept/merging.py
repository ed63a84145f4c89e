"""Merging into a chart another one, or what was copied from it. Pure.

Who is one for the reader stands once, where it stood here. What comes keeps its places to each other:
beside what both charts have where they have something in common, else to the right of all that is here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.charts.errors import TooLarge, TooManyMerged
from borderliaison.charts.kept.content import (
    MAX_AREAS,
    MAX_ITEMS,
    MAX_MERGED,
    MAX_NOTE,
    MAX_RULES,
    MAX_SNAPSHOTS,
)
from borderliaison.charts.reading import FAR

GAP: Final = 160.0
"""Between what is here and what comes, in units of the chart."""
_MOST: Final = {"rules": MAX_RULES, "snapshots": MAX_SNAPSHOTS, "areas": MAX_AREAS}


@dataclass(frozen=True, slots=True)
class Merged:
    """A chart with another in it.

    Attributes:
        content: of both.
        came: the keys of the items that were not here.
        met: the keys of those that both have.
        absent: how many of the other are not there for this reader.
        left_out: how many rules, snapshots, areas and notes found no room.
    """

    content: dict[str, Any]
    came: tuple[str, ...]
    met: tuple[str, ...]
    absent: int
    left_out: int


def merged(mine: dict[str, Any], theirs: dict[str, Any], known: Mapping[str, str]) -> Merged:
    """Return a chart with another in it.

    Args:
        mine: the content of the chart.
        theirs: the content of the other.
        known: by each key that is there for the reader, the key by which it is known now.

    Raises:
        TooLarge: together they have more items than a chart may.
        TooManyMerged: they have words of more versions of others than a chart may.
    """
    here = _by_key(mine["items"], known)
    there = _by_key(theirs["items"], known)
    met = tuple(key for key in there if key in here)
    came = tuple(key for key in there if key not in here)
    words_of = [*mine["merged"], *(one for one in theirs["merged"] if one not in mine["merged"])]
    if len(here) + len(came) > MAX_ITEMS:
        raise TooLarge(str(len(here) + len(came)))
    if len(words_of) > MAX_MERGED:
        raise TooManyMerged(str(len(words_of)))
    move = _move(here, there, met)
    notes = _Notes()
    items = {
        **{
            key: notes.joined(one, there[key]) if key in there else one for key, one in here.items()
        },
        **{key: {**there[key], **_moved(there[key], move)} for key in came},
    }
    drawn = {one["key"] for one in mine["areas"]}
    lists = {
        "rules": [one for one in theirs["rules"] if one not in mine["rules"]],
        "snapshots": [_snapshot(one, known, move) for one in theirs["snapshots"]],
        "areas": [
            {**one, **_moved(one, move)} for one in theirs["areas"] if one["key"] not in drawn
        ],
    }
    both = {name: [*mine[name], *more] for name, more in lists.items()}
    content = {name: some[: _MOST[name]] for name, some in both.items()}
    left_out = sum(len(some) - len(content[name]) for name, some in both.items())
    absent = sum(one["key"] not in known for one in theirs["items"])
    return Merged(
        {**mine, **content, "items": list(items.values()), "merged": words_of},
        came, met, absent, left_out + notes.left_out,
    )  # fmt: skip


def _by_key(items: Iterable[dict[str, Any]], known: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the items that are there, each once: of several that are one now, the first."""
    found: dict[str, dict[str, Any]] = {}
    for one in items:
        key = known.get(one["key"])
        if key is not None:
            into = known.get(one.get("into", ""), "")
            rest = {name: value for name, value in one.items() if name != "into"}
            kept = {**rest, "key": key, **({"into": into} if into not in ("", key) else {})}
            found.setdefault(key, kept)
    return found


@dataclass(slots=True)
class _Notes:
    """Joins what is said of an item on both charts, and counts what does not fit."""

    left_out: int = 0

    def joined(self, one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
        """Return an item that both have: as it is here, hidden only where it is on both."""
        both = {**other, **one}
        if not (one.get("hidden") and other.get("hidden")):
            both.pop("hidden", None)
        if "into" not in one:
            both.pop("into", None)
        said, more = one.get("note", ""), other.get("note", "")
        if said and more and more not in said:
            together = f"{said}\n{more}"
            fits = len(together) <= MAX_NOTE
            self.left_out += not fits
            both["note"] = together if fits else said
        return both


def _move(
    here: Mapping[str, dict[str, Any]], there: Mapping[str, dict[str, Any]], met: Sequence[str]
) -> tuple[float, float]:
    """Return by how much what comes is moved."""
    if met:
        far = [sum(here[key][at] - there[key][at] for key in met) / len(met) for at in "xy"]
        return (far[0], far[1])
    if not here or not there:
        return (0.0, 0.0)
    right = max(one["x"] for one in here.values())
    left = min(one["x"] for one in there.values())
    return (right + GAP - left, _middle(here.values()) - _middle(there.values()))


def _middle(items: Iterable[dict[str, Any]]) -> float:
    high = [one["y"] for one in items]
    return float(min(high) + max(high)) / 2


def _moved(spot: Mapping[str, Any], move: tuple[float, float]) -> dict[str, float]:
    return {
        at: round(min(FAR, max(-FAR, spot[at] + by)), 2) for at, by in zip("xy", move, strict=True)
    }


def _snapshot(
    one: dict[str, Any], known: Mapping[str, str], move: tuple[float, float]
) -> dict[str, Any]:
    lists = {
        name: list(dict.fromkeys(known[key] for key in one[name] if key in known))
        for name in ("shown", "selected")
    }
    return {**one, **lists, "camera": {**one["camera"], **_moved(one["camera"], move)}}
