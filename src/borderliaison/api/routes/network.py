"""Finding in the network of all that the officer may read: what is linked, ways, rings, what connects."""

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Schema
from pydantic import Field

from borderliaison.accounts.services import reader_of
from borderliaison.api.pieces import PieceShape, piece_data
from borderliaison.api.shapes import Key, Marking
from borderliaison.charts.kept.strictest import strictest
from borderliaison.charts.network.finding import MAX_DEPTH, Wish, found
from borderliaison.charts.network.spreading import MAX_AT_ONCE, expanded

router = Router()
MAX_KEYS: Final = 50
MAX_GAP_DAYS: Final = 3650
Keys = Annotated[list[Key], Field(min_length=1, max_length=MAX_KEYS)]


class Spreading(Schema):
    """From which records, and how many at most; ``known`` are those that the program has."""

    key: Keys
    known: list[Key] = Field(default_factory=list, max_length=MAX_KEYS)
    limit: Annotated[int, Field(ge=1, le=MAX_AT_ONCE)] = 25


class Finding(Schema):
    """What is to be found.

    ``around``: all within ``depth`` links; with ``in_time`` each link is no earlier than the one before,
    and at most ``gap_days`` later. ``shortest`` and ``paths``: from the first key to the last.
    ``connecting``: what links three or more. ``cycles``: rings through the first key. ``around_places``:
    past crossing points, offices and substances, which are linked to everything. ``most``: the twenty with
    the most links in all that may be read, whatever the keys; ``most_kg`` and ``most_s``: those to or from
    whom most kilograms, or seconds of calls, go.
    """

    what: Literal[
        "around", "shortest", "paths", "connecting", "cycles", "most", "most_kg", "most_s"
    ]
    key: list[Key] = Field(default_factory=list, max_length=MAX_KEYS)
    depth: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 2
    around_places: bool = False
    in_time: bool = False
    gap_days: Annotated[int, Field(ge=0, le=MAX_GAP_DAYS)] | None = None


class ExpandedShape(PieceShape):
    """What is linked, those with the most links first; ``left_out`` counts what is linked too."""

    left_out: int
    marking: Marking


class FoundShape(PieceShape):
    """What was found: ``ways`` by the keys of the items on each, in order where there is one.

    ``apart`` are those that nothing connects to the rest; ``are_all``: whether there is no other.
    ``values``: of those with the most, way by way, how many links, or what comes less what goes.
    """

    ways: list[list[str]]
    apart: list[str]
    are_all: bool
    values: list[float]
    marking: Marking


@router.get(
    "/network/expand", response=ExpandedShape, by_alias=True, summary="What is linked",
    url_name="expand_network",
)  # fmt: skip
def expand(request: HttpRequest, said: Query[Spreading]) -> dict[str, Any]:
    """Return what is linked to records, with its links to these and to those that are known."""
    reader, known = reader_of(request), {*said.known, *said.key}
    piece = expanded(reader, said.key, sorted(known), said.limit, get_language() or "en")
    marking = strictest(reader, {*said.key, *(one.key for one in piece.items)})
    return {**piece_data(piece), "left_out": piece.left_out, "marking": marking.to_data()}


@router.get(
    "/network/find", response=FoundShape, by_alias=True, summary="Find in the network",
    url_name="find_in_network",
)  # fmt: skip
def find(request: HttpRequest, said: Query[Finding]) -> dict[str, Any]:
    """Return what leads from some records to others, with all the items on it."""
    reader = reader_of(request)
    wish = Wish(
        said.what, tuple(dict.fromkeys(said.key)), (), said.depth, said.around_places,
        said.in_time, said.gap_days,
    )  # fmt: skip
    answer = found(reader, wish, get_language() or "en")
    marking = strictest(reader, {one.key for one in answer.piece.items})
    return {
        **piece_data(answer.piece),
        "ways": answer.ways,
        "apart": answer.apart,
        "are_all": answer.are_all,
        "values": answer.values,
        "marking": marking.to_data(),
    }
