"""Finding in the network of all that the officer may read: what is linked, ways, rings, what connects."""

from collections.abc import Collection
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime, Field

from borderliaison.accounts.services import reader_of
from borderliaison.api.pieces import PieceShape, piece_data
from borderliaison.api.shapes import Key, Marking
from borderliaison.charts.kept.strictest import strictest
from borderliaison.charts.network.finding import MAX_DEPTH, MAX_WAYS, USUAL_WAYS, Wish, found
from borderliaison.charts.network.kinds import item_kinds, kinds_around, link_kinds
from borderliaison.charts.network.omitting import Omitted
from borderliaison.charts.network.spreading import MAX_AT_ONCE, By, expanded

router = Router()
MAX_KEYS: Final = 50
MAX_GAP_DAYS: Final = 3650
Keys = Annotated[list[Key], Field(min_length=1, max_length=MAX_KEYS)]
LinkKinds = list[Annotated[str, AfterValidator(lambda one: _known(one, link_kinds()))]]
ItemKinds = list[Annotated[str, AfterValidator(lambda one: _known(one, item_kinds()))]]
_TOLD: Final = (
    "ways", "apart", "are_all", "values", "units", "groups", "longest", "goes_on", "without",
)  # fmt: skip


def _known(name: str, kinds: Collection[str]) -> str:
    if name not in kinds:
        raise ValueError("no such kind")
    return name


class Spreading(Schema):
    """From which records, and how many at most; ``known`` are those that the program has.

    ``link`` and ``item``: kinds of links and of items, as ``/network/kinds`` names them; none for all.
    ``since`` and ``until``: only over links of that time; one of which nothing says when is none of them.
    """

    key: Keys
    known: list[Key] = Field(default_factory=list, max_length=MAX_KEYS)
    limit: Annotated[int, Field(ge=1, le=MAX_AT_ONCE)] = 25
    link: LinkKinds = Field(default_factory=list, max_length=MAX_KEYS)
    item: ItemKinds = Field(default_factory=list, max_length=MAX_KEYS)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class Around(Schema):
    """From which records; ``known`` are those that the program has."""

    key: Keys
    known: list[Key] = Field(default_factory=list, max_length=MAX_KEYS)


class Finding(Schema):
    """What is to be found.

    ``around``: all within ``depth`` links; with ``in_time`` each link is no earlier than the one before,
    and at most ``gap_days`` later. ``shortest`` and ``paths``: from the first key to the last.
    ``connecting``: what links three or more. ``cycles``: rings through the first key. ``around_places``:
    past crossing points, offices and substances, which are linked to everything. ``most``: the twenty with
    the most links in all that may be read, whatever the keys; ``most_kg``, ``most_s`` and ``most_money``:
    those to or from whom most kilograms, seconds of calls, or money of each currency go; ``most_weight``:
    those whose links weigh most.

    ``limit``: how many of all ways, or rings. ``without``: records that are not come to; ``without_item``
    and ``without_link``: kinds of them, and of links that are not followed. What the keys name is come to
    in any case.
    """

    what: Literal[
        "around", "shortest", "paths", "connecting", "cycles",
        "most", "most_kg", "most_s", "most_weight", "most_money",
    ]  # fmt: skip
    key: list[Key] = Field(default_factory=list, max_length=MAX_KEYS)
    depth: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 2
    around_places: bool = False
    in_time: bool = False
    gap_days: Annotated[int, Field(ge=0, le=MAX_GAP_DAYS)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_WAYS)] = USUAL_WAYS
    without: list[Key] = Field(default_factory=list, max_length=MAX_KEYS)
    without_item: ItemKinds = Field(default_factory=list, max_length=MAX_KEYS)
    without_link: LinkKinds = Field(default_factory=list, max_length=MAX_KEYS)


class ExpandedShape(PieceShape):
    """What is linked, those with the most links first; ``left_out`` counts what is linked too.

    ``other_kinds`` counts what is linked by other kinds of links or is of another kind, ``outside`` what is
    linked, but not in that time.
    """

    left_out: int
    other_kinds: int
    outside: int
    marking: Marking


class KindShape(Schema):
    """A kind of links or items: how many items are linked by it, or of it."""

    name: str
    words: str
    count: int


class KindsShape(Schema):
    """Of what kinds that is which is linked, those of most items first."""

    links: list[KindShape]
    items: list[KindShape]


class FoundShape(PieceShape):
    """What was found: ``ways`` by the keys of the items on each, in order where there is one.

    ``apart`` are those that nothing connects to the rest, ``groups`` the parts that they fall into;
    ``are_all``: whether there is no other. ``longest``: of how many links ways were looked for at most, 0
    where none were; ``goes_on``: whether there may be longer ones. ``values``: of those with the most, way
    by way, how many links, or what comes less what goes; ``units``: each one's, empty of links.
    ``without``: what was left out, in words.
    """

    ways: list[list[str]]
    apart: list[str]
    are_all: bool
    values: list[float]
    units: list[str]
    groups: list[list[str]]
    longest: int
    goes_on: bool
    without: list[str]
    marking: Marking


@router.get(
    "/network/expand", response=ExpandedShape, by_alias=True, summary="What is linked",
    url_name="expand_network",
)  # fmt: skip
def expand(request: HttpRequest, said: Query[Spreading]) -> dict[str, Any]:
    """Return what is linked to records, with its links to these and to those that are known."""
    reader, known = reader_of(request), {*said.known, *said.key}
    by = By(frozenset(said.link), frozenset(said.item), said.since, said.until)
    lang = get_language() or "en"
    piece = expanded(reader, said.key, sorted(known), said.limit, lang, by=by)
    marking = strictest(reader, {*said.key, *(one.key for one in piece.items)})
    return {
        **piece_data(piece),
        "left_out": piece.left_out,
        "other_kinds": piece.other_kinds,
        "outside": piece.outside,
        "marking": marking.to_data(),
    }


@router.get(
    "/network/kinds", response=KindsShape, summary="Of what kinds what is linked is",
    url_name="kinds_in_network",
)  # fmt: skip
def kinds(request: HttpRequest, said: Query[Around]) -> dict[str, Any]:
    """Return by which kinds of links how many items are linked to records, and of what kinds these are."""
    known = sorted({*said.known, *said.key})
    return kinds_around(reader_of(request), said.key, known, get_language() or "en").as_data()


@router.get(
    "/network/find", response=FoundShape, by_alias=True, summary="Find in the network",
    url_name="find_in_network",
)  # fmt: skip
def find(request: HttpRequest, said: Query[Finding]) -> dict[str, Any]:
    """Return what leads from some records to others, with all the items on it."""
    reader = reader_of(request)
    wish = Wish(
        said.what, tuple(dict.fromkeys(said.key)), (), said.depth, said.around_places,
        said.in_time, said.gap_days, said.limit,
        Omitted(tuple(said.without), tuple(said.without_item), tuple(said.without_link)),
    )  # fmt: skip
    answer = found(reader, wish, get_language() or "en")
    marking = strictest(reader, {one.key for one in answer.piece.items})
    return {
        **piece_data(answer.piece),
        **{name: getattr(answer, name) for name in _TOLD},
        "marking": marking.to_data(),
    }
