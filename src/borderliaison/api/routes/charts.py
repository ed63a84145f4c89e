"""Charts: listed, read with what the officer may know of their items, saved, copied, shared, removed."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from borderliaison.accounts.services import account_of
from borderliaison.api.beforehand import Beforehand
from borderliaison.api.calls import caller_of
from borderliaison.api.limits import TURNS
from borderliaison.api.pieces import PieceShape, pairs_of, piece_data
from borderliaison.api.shapes import Key, Marking, Strict
from borderliaison.charts.kept.keeping import (
    MAX_NAME,
    Opened,
    charts_of,
    keep_as_new,
    make_chart,
    open_chart,
    remove_chart,
    save_version,
    share_chart,
    versions_of,
)
from borderliaison.charts.kept.opening import note_opened
from borderliaison.charts.kept.strictest import strictest
from borderliaison.charts.models import Version
from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.measuring import measures_of

router = Router()
MAX_BYTES: Final = 8 * 1024 * 1024
"""Of the content of a chart."""
MAX_BEGUN: Final = 200
ChartName = Annotated[str, StringConstraints(max_length=MAX_NAME)]
Number = Annotated[int, Field(ge=1, le=10**6)]
Content = Annotated[
    dict[str, Any],
    Field(description="As a version keeps it: docs/reference/workspace.md."),
]


class ChartLine(Schema):
    """A chart in a list, by its newest version that the officer may read."""

    key: str
    name: str
    officer: str
    own: bool
    shared: bool
    version: int
    items: int
    saved_at: datetime
    marking: Marking


class Charts(Schema):
    """The charts that the officer may open, the latest saved first."""

    charts: list[ChartLine]


class ChartShape(PieceShape):
    """One version of a chart: what was saved, and what this officer may know of its items now.

    ``marking`` is the strictest of both. Items that he may not know are in ``content`` by their keys alone.
    """

    key: str
    name: str
    officer: str
    own: bool
    shared: bool
    version: int
    newest: int
    saved_at: datetime
    marking: Marking
    content: Content


class VersionLine(Schema):
    """A version of a chart in a list."""

    version: int
    name: str
    items: int
    saved_at: datetime


class Versions(Schema):
    """The versions of a chart that the officer may read, the newest first."""

    versions: list[VersionLine]


class NewChart(Strict):
    """A new chart: empty, with some records on it, or with a content."""

    name: ChartName
    records: list[Key] = Field(default_factory=list, max_length=MAX_BEGUN)
    content: Content | None = None


class NewVersion(Strict):
    """A new version; ``base`` is the number of the one from which it was made."""

    base: Annotated[int, Field(ge=0, le=10**6)]
    name: ChartName
    content: Content


class CopyIn(Strict):
    """A copy, of the newest version or of the one that is named."""

    name: ChartName
    version: Number | None = None


class Sharing(Strict):
    """Whether colleagues of the office may open a chart."""

    shared: bool


class ChartDone(Schema):
    """A chart with which something was done."""

    key: str


class VersionDone(ChartDone):
    """A version that was saved."""

    version: int


class Estimated(Schema):
    """From how many items a measure was estimated, and how many there were to begin from."""

    starts: int
    of: int


class Measured(Schema):
    """Measures of a chart as the officer sees it, by the key of each item.

    ``values``: degree, betweenness, closeness, eigenvector, core, bridges; ``community`` and
    ``component`` number groups from 0, the largest first. What a large chart has ``estimated`` says
    from how many items, of how many; ``left_out`` names the measures for which it is too large.
    """

    values: dict[str, dict[str, float]]
    community: dict[str, int]
    component: dict[str, int]
    estimated: dict[str, Estimated]
    left_out: list[str]


@router.get("/charts", response=Charts, summary="Charts", url_name="charts")
def list_charts(request: HttpRequest) -> dict[str, Any]:
    """List the officer's charts, and those that his office shares, as far as he may read them."""
    return {"charts": [_line(one) for one in charts_of(account_of(request))]}


@router.post("/charts", response={201: VersionDone}, summary="Begin a chart", url_name="charts")
def begin_chart(request: HttpRequest, said: NewChart) -> dict[str, Any]:
    """Begin a chart of the officer's own, under the strictest marking of what is on it."""
    account = account_of(request)
    if said.content is not None:
        made = keep_as_new(account, said.name, said.content)
    else:
        made = make_chart(account, said.name, dict.fromkeys(said.records))
    return {"key": made.key, "version": 1}


@router.get("/charts/{key}", response=ChartShape, by_alias=True, summary="One chart")
def one_chart(request: HttpRequest, key: Key, version: Number | None = None) -> dict[str, Any]:
    """Return a chart in its newest version unless told, with its items and links for this officer."""
    account = account_of(request)
    opened = open_chart(account, key, version)
    note_opened(account, opened)
    keys = _keys(opened)
    piece = gathered(account.reader(), keys, (), get_language() or "en")
    marking = opened.version.marking.value.join(strictest(account.reader(), keys))
    return {
        **_line(opened),
        "newest": opened.newest,
        "marking": marking.to_data(),
        "content": opened.version.content,
        **piece_data(piece),
    }


@router.get(
    "/charts/{key}/versions", response=Versions, summary="Versions", url_name="chart_versions"
)
def list_versions(request: HttpRequest, key: Key) -> dict[str, Any]:
    """List the versions of a chart."""
    account = account_of(request)
    rows = versions_of(account, open_chart(account, key).chart)
    return {"versions": [_version(one) for one in rows]}


@router.post(
    "/charts/{key}/versions", response={201: VersionDone}, summary="Save a version",
    url_name="chart_versions",
)  # fmt: skip
def save_chart(request: HttpRequest, key: Key, said: NewVersion) -> dict[str, Any]:
    """Save a version of an own chart; refused where another was saved since ``base``."""
    saved = save_version(account_of(request), key, said.base, said.name, said.content)
    return {"key": key, "version": saved.number}


@router.get("/charts/{key}/measures", response=Measured, summary="Measures of a chart")
def measure_chart(request: HttpRequest, key: Key, version: Number | None = None) -> dict[str, Any]:
    """Measure a chart, of the items and links that the officer may know of it; one at a time."""
    account = account_of(request)
    opened = open_chart(account, key, version)
    note_opened(account, opened)
    with TURNS.take(caller_of(request).token.pk):
        piece = gathered(account.reader(), _keys(opened), (), get_language() or "en")
        keys = [one.key for one in piece.items]
        found = measures_of(len(keys), pairs_of(keys, piece.links))

    def by_key(some: list[Any]) -> dict[str, Any]:
        return dict(zip(keys, some, strict=True))

    return {
        "values": {name: by_key(some) for name, some in found["values"].items()},
        "community": by_key(found["community"]),
        "component": by_key(found["component"]),
        "estimated": found["estimated"],
        "left_out": found["left_out"],
    }


@router.post("/charts/{key}/copy", response={201: VersionDone}, summary="Copy a chart")
def copy_chart(request: HttpRequest, key: Key, said: CopyIn) -> dict[str, Any]:
    """Save a chart that the officer may open as a new one of his own, which keeps its marking."""
    account = account_of(request)
    version = open_chart(account, key, said.version).version
    made = keep_as_new(account, said.name, version.content, version)
    return {"key": made.key, "version": 1}


@router.post(
    "/charts/{key}/share", response=ChartDone, summary="Share a chart", url_name="share_chart"
)
def share(request: HttpRequest, key: Key, said: Sharing) -> dict[str, Any]:
    """Let colleagues of the office open a chart as far as they may read it, or no longer."""
    return {"key": share_chart(account_of(request), key, is_shared=said.shared).key}


@router.post(
    "/charts/{key}/remove", response=ChartDone, summary="Remove a chart", url_name="remove_chart"
)
def remove(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Take an own chart away; for a day that can be taken back."""
    return {"key": remove_chart(account_of(request), key, is_removed=True).key}


@router.post(
    "/charts/{key}/restore", response=ChartDone, summary="Restore a chart", url_name="restore_chart"
)
def restore(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Take back that a chart was removed."""
    return {"key": remove_chart(account_of(request), key, is_removed=False).key}


def _ready(request: HttpRequest, **_kwargs: str) -> None:
    """A chart needs nothing beforehand but room for its content."""


LARGE: Final = Beforehand(MAX_BYTES, _ready)


def _keys(opened: Opened) -> list[str]:
    return [one["key"] for one in opened.version.content["items"]]


def _line(one: Opened) -> dict[str, Any]:
    return {
        "key": one.chart.key,
        "name": one.version.name,
        "officer": one.chart.owner.officer_id,
        "own": one.is_own,
        "shared": one.chart.is_shared,
        "version": one.version.number,
        "items": one.version.items,
        "saved_at": one.version.saved_at,
        "marking": one.version.marking.value.to_data(),
    }


def _version(one: Version) -> dict[str, Any]:
    return {
        "version": one.number,
        "name": one.name,
        "items": one.items,
        "saved_at": one.saved_at,
    }
