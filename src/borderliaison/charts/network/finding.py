"""Finding for a chart in all that its reader may know: ways, rings, what connects, what is how far."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from borderliaison.charts.errors import TooManyToConnect
from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.groups import numbers_of
from borderliaison.charts.network.pieces import Piece
from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.network import Network, network
from borderliaison.records.graph.which import EVERYTHING, HUBS, Which
from borderliaison.records.models import Entity

_BY_VALUE: Final = {"most_kg": "kgEquivalent", "most_s": "duration"}
WHAT: Final = ("around", "shortest", "paths", "connecting", "cycles", "most", *_BY_VALUE)
MAX_DEPTH: Final = 6
MAX_FOUND: Final = 400
_MAX_WAYS: Final = 20
_LONGEST: Final = 12
_MAX_MOST: Final = 20
_MAX_CONNECTED: Final = 20
"""Items: between each two of them a way is looked for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be found.

    Attributes:
        what: one of ``WHAT``.
        keys: of the items from which it is looked for.
        shown: the keys of all on the chart.
        depth: how many links far.
        around_places: whether ways lead past crossing points, offices and substances.
        in_time: whether each link is no earlier than the one before.
        gap_days: how many days lie between two links at most; None for any time.
    """

    what: str
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    depth: int
    around_places: bool
    in_time: bool
    gap_days: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        piece: what the chart lacks of it.
        ways: the keys of the items on each way, in order where there is one.
        apart: the keys of those that nothing connects to the rest.
        are_all: whether there is no other.
        values: of those with the most, one by one: how many links, or what comes to them less what goes.
    """

    piece: Piece
    ways: tuple[tuple[str, ...], ...]
    apart: tuple[str, ...]
    are_all: bool
    values: tuple[float, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return what was found as the page reads it."""
        own = ("ways", "apart", "are_all", "values")
        return self.piece.as_data() | {name: getattr(self, name) for name in own}


@dataclass(frozen=True, slots=True)
class _Answer:
    """The same in the numbers of entities."""

    ways: tuple[tuple[int, ...], ...]
    apart: tuple[int, ...] = ()
    are_all: bool = True
    values: tuple[float, ...] = ()


def found(reader: Reader, wish: Wish, lang: str) -> Found:
    """Return what is found, with what of it is not on the chart yet.

    Args:
        reader: who looks.
        wish: for what.
        lang: in which words are written.

    Raises:
        TooManyToConnect: for what connects them.
    """
    if wish.what == "connecting" and len(wish.keys) > _MAX_CONNECTED:
        raise TooManyToConnect(str(len(wish.keys)))
    numbers = numbers_of(wish.keys)
    pks = [numbers[one] for one in wish.keys if one in numbers]
    answer = _asked(network(reader), wish, pks)
    keys = _keys([*answer.apart, *(pk for way in answer.ways for pk in way)])
    piece = gathered(reader, list(dict.fromkeys(keys.values())), wish.shown, lang)
    ways = tuple(tuple(keys[pk] for pk in way if pk in keys) for way in answer.ways)
    apart = tuple(keys[pk] for pk in answer.apart if pk in keys)
    return Found(piece, ways, apart, answer.are_all, answer.values)


def _asked(known: Network, wish: Wish, pks: list[int]) -> _Answer:
    which = Which(but_not=HUBS) if wish.around_places else EVERYTHING
    if wish.what.startswith("most"):
        return _most(known, which, _BY_VALUE.get(wish.what, ""))
    if not pks:
        return _Answer(())
    if wish.what == "shortest":
        way = known.shortest(pks[0], pks[-1], which, longest=_LONGEST)
        return _Answer((way,) if len(way) > 1 else ())
    if wish.what in ("paths", "cycles"):
        paths = (
            known.paths(pks[0], pks[-1], which, longest=wish.depth, limit=_MAX_WAYS)
            if wish.what == "paths"
            else known.cycles(pks[0], which, longest=wish.depth, limit=_MAX_WAYS)
        )
        return _Answer(paths.ways, are_all=paths.are_all)
    if wish.what == "connecting":
        return _connecting(known, which, pks)
    return _around(known, which, wish, pks)


def _most(known: Network, which: Which, prop: str) -> _Answer:
    """Return those with the most links in all that is known; with a property, to or from whom most goes."""
    found: tuple[tuple[int, float], ...] = (
        known.most_by_value(prop, which, limit=_MAX_MOST)
        if prop
        else known.most_connected(which, limit=_MAX_MOST)
    )
    return _Answer(tuple((pk,) for pk, _ in found), values=tuple(value for _, value in found))


def _connecting(known: Network, which: Which, pks: list[int]) -> _Answer:
    connecting = known.connecting(pks, which, longest=MAX_DEPTH)
    groups = sorted(connecting.groups, key=len, reverse=True)
    apart = [pk for group in groups[1:] for pk in group]
    is_found = len(connecting.part.nodes) > len(pks) or len(groups) < len(pks)
    return _Answer((connecting.part.nodes,) if is_found else (), tuple(apart))


def _around(known: Network, which: Which, wish: Wish, pks: list[int]) -> _Answer:
    if wish.in_time:
        gap = None if wish.gap_days is None else timedelta(days=wish.gap_days)
        part = known.advancing(pks, which, depth=wish.depth, gap=gap)
    else:
        part = known.expand(pks, which, depth=wish.depth, limit=MAX_FOUND)
    nodes = part.nodes[:MAX_FOUND]
    return _Answer((nodes,) if len(nodes) > len(pks) else (), are_all=len(nodes) >= part.all_nodes)


def _keys(pks: Iterable[int]) -> dict[int, str]:
    some: Collection[int] = set(pks)
    return dict(Entity.objects.filter(pk__in=some).values_list("pk", "key"))
