"""Finding for a chart in all that its reader may know: ways, rings, what connects, what is how far."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any, Final

from borderliaison.charts.errors import TooManyToConnect
from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.groups import numbers_of
from borderliaison.charts.network.omitting import NOTHING, Omitted
from borderliaison.charts.network.pieces import Piece
from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.flowing import Flow
from borderliaison.records.graph.network import Network, network
from borderliaison.records.graph.paths import FARTHEST
from borderliaison.records.graph.which import Which
from borderliaison.records.models import Entity

_BY_VALUE: Final = {
    "most_kg": ("kgEquivalent", "kg", Flow.NET),
    "most_s": ("duration", "s", Flow.NET),
    "most_weight": ("weight", "weight", Flow.BOTH),
}
_MONEY: Final = "most_money"
WHAT: Final = ("around", "shortest", "paths", "connecting", "cycles", "most", *_BY_VALUE, _MONEY)
MAX_DEPTH: Final = 6
MAX_FOUND: Final = 400
MAX_WAYS: Final = 100
USUAL_WAYS: Final = 20
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
        limit: how many ways, or rings, are told at most.
        without: what is left out, the places too where ways lead past them.
    """

    what: str
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    depth: int
    around_places: bool
    in_time: bool
    gap_days: int | None
    limit: int = USUAL_WAYS
    without: Omitted = NOTHING

    @property
    def longest(self) -> int:
        """Of how many links a way is that is looked for at most; 0 where none is.

        It goes by the question alone: an answer tells a stranger nothing of what there is.
        """
        if self.what in ("paths", "cycles"):
            return self.depth
        return {"shortest": _LONGEST, "connecting": MAX_DEPTH}.get(self.what, 0)

    @property
    def omitted(self) -> Omitted:
        """All that is left out."""
        return replace(self.without, hubs=self.around_places)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        piece: what the chart lacks of it.
        ways: the keys of the items on each way, in order where there is one.
        apart: the keys of those that nothing connects to the rest.
        are_all: whether there is no other.
        values: of those with the most, one by one: how many links; what comes to them less what goes; of
            weights, both together.
        units: of each value ``kg``, ``s``, ``weight`` or a currency; nothing of links.
        groups: of those that were to be connected, the keys of each part that hangs together.
        longest: of how many links a way is that was looked for; 0 where none was.
        goes_on: whether there may be longer ones.
        without: what was left out, in words.
    """

    piece: Piece
    ways: tuple[tuple[str, ...], ...]
    apart: tuple[str, ...]
    are_all: bool
    values: tuple[float, ...] = ()
    units: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    longest: int = 0
    goes_on: bool = False
    without: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return what was found as the page reads it."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "piece"}
        return self.piece.as_data() | own


@dataclass(frozen=True, slots=True)
class _Answer:
    """The same in the numbers of entities."""

    ways: tuple[tuple[int, ...], ...]
    are_all: bool = True
    values: tuple[float, ...] = ()
    units: tuple[str, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    goes_on: bool = False


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
    keys = _keys([pk for some in (*answer.groups, *answer.ways) for pk in some])
    piece = gathered(reader, list(dict.fromkeys(keys.values())), wish.shown, lang)
    ways = tuple(tuple(keys[pk] for pk in way if pk in keys) for way in answer.ways)
    groups = tuple(tuple(keys[pk] for pk in group if pk in keys) for group in answer.groups)
    return Found(
        piece,
        ways,
        apart=tuple(key for group in groups[1:] for key in group),
        are_all=answer.are_all,
        values=answer.values,
        units=answer.units,
        groups=groups,
        longest=wish.longest,
        goes_on=answer.goes_on,
        without=wish.omitted.named(reader, wish.keys, lang),
    )


def _asked(known: Network, wish: Wish, pks: list[int]) -> _Answer:
    which = wish.omitted.which(wish.keys)
    if wish.what.startswith("most"):
        return _most(known, which, wish.what)
    if not pks:
        return _Answer(())
    if wish.what == "shortest":
        way = known.shortest(pks[0], pks[-1], which, longest=_LONGEST)
        goes_on = not way and _leads(known, which, pks[0], pks[-1])
        return _Answer((way,) if len(way) > 1 else (), goes_on=goes_on)
    if wish.what in ("paths", "cycles"):
        return _all_ways(known, which, wish, pks)
    if wish.what == "connecting":
        return _connecting(known, which, pks)
    return _around(known, which, wish, pks)


def _leads(known: Network, which: Which, begin: int, end: int) -> bool:
    """Return whether a way leads from one to another, however long."""
    return bool(known.shortest(begin, end, which, longest=FARTHEST))


def _all_ways(known: Network, which: Which, wish: Wish, pks: list[int]) -> _Answer:
    paths = (
        known.paths(pks[0], pks[-1], which, longest=wish.depth, limit=wish.limit)
        if wish.what == "paths"
        else known.cycles(pks[0], which, longest=wish.depth, limit=wish.limit)
    )
    goes_on = paths.goes_on
    if goes_on and wish.what == "paths" and not paths.ways:
        goes_on = _leads(known, which, pks[0], pks[-1])
    return _Answer(paths.ways, paths.are_all, goes_on=goes_on)


def _most(known: Network, which: Which, what: str) -> _Answer:
    """Return those with the most links in all that is known, or to or from whom most goes."""
    found: list[tuple[int, float, str]] = []
    if what == _MONEY:
        for currency, some in known.most_money(which, limit=_MAX_MOST).items():
            found += [(pk, value, currency) for pk, value in some]
    elif what in _BY_VALUE:
        prop, unit, flow = _BY_VALUE[what]
        some = known.most_by_value(prop, which, limit=_MAX_MOST, flow=flow)
        found += [(pk, value, unit) for pk, value in some]
    else:
        found += [(pk, n, "") for pk, n in known.most_connected(which, limit=_MAX_MOST)]
    kept = found[:MAX_FOUND]
    return _Answer(
        tuple((pk,) for pk, _, _ in kept),
        are_all=len(kept) == len(found),
        values=tuple(value for _, value, _ in kept),
        units=tuple(unit for _, _, unit in kept),
    )


def _connecting(known: Network, which: Which, pks: list[int]) -> _Answer:
    connecting = known.connecting(pks, which, longest=MAX_DEPTH)
    groups = tuple(sorted(connecting.groups, key=len, reverse=True))
    is_found = len(connecting.part.nodes) > len(pks) or len(groups) < len(pks)
    return _Answer(
        (connecting.part.nodes,) if is_found else (),
        groups=groups,
        goes_on=any(_leads(known, which, groups[0][0], one[0]) for one in groups[1:]),
    )


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
