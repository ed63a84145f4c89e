"""Keeping charts: making, saving, sharing and removing them."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from borderliaison.accounts.models import Account
from borderliaison.audit.services import record
from borderliaison.charts.errors import (
    MergedGone,
    NameMissing,
    NoSuchChart,
    SavedSince,
    TooManyMerged,
)
from borderliaison.charts.kept.content import MAX_MERGED, checked
from borderliaison.charts.kept.standing import standing
from borderliaison.charts.kept.strictest import strictest
from borderliaison.charts.models import Chart, Version
from borderliaison.kernel.marking import Marking
from borderliaison.markings.services import interned_id
from borderliaison.records.interchange.items import Place

MAX_NAME: Final = 80
UNDO_FOR: Final = timedelta(days=1)
EMPTY: Final[dict[str, Any]] = {
    "items": [], "layout": "force", "links": "single", "sized": "betweenness", "coloured": "none",
    "labels": "label", "beneath": [], "columns": [], "areas": [], "rules": [], "snapshots": [],
    "merged": [],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A chart as an officer may see it.

    Attributes:
        chart: the chart.
        version: the newest that he may read, or the one that he asked for.
        newest: the number of the newest that he may read.
        is_own: whether he may save.
    """

    chart: Chart
    version: Version
    newest: int
    is_own: bool


def charts_of(account: Account) -> list[Opened]:
    """Return the charts that an officer may open, the newest first."""
    charts = {one.pk: one for one in _seen(account).select_related("owner")}
    newest: dict[int, Version] = {}
    read = Version.objects.readable_by(account.reader()).filter(chart__in=charts)
    for version in read.defer("content").order_by("number"):
        newest[version.chart_id] = version
    found = [_opened(account, charts[pk], version) for pk, version in newest.items()]
    return sorted(found, key=lambda one: one.version.saved_at, reverse=True)


def open_chart(account: Account, key: str, number: int | None = None) -> Opened:
    """Return a chart with its newest version, or the one asked for.

    Raises:
        NoSuchChart: it is not there for this officer.
    """
    chart = _seen(account).select_related("owner").filter(key=key).first()
    if chart is None:
        raise NoSuchChart(key)
    versions = _readable(account, chart)
    newest = versions.order_by("-number").first()
    version = newest if number is None else versions.filter(number=number).first()
    if newest is None or version is None:
        raise NoSuchChart(key)
    return Opened(chart, version, newest.number, chart.owner_id == account.pk)


def versions_of(account: Account, chart: Chart) -> list[Version]:
    """Return the versions of a chart that an officer may read, the newest first."""
    return list(_readable(account, chart).defer("content").order_by("-number"))


def make_chart(
    account: Account,
    name: str,
    keys: Collection[str] = (),
    places: Mapping[str, Place] | None = None,
) -> Chart:
    """Begin a chart, with these entities on it.

    Args:
        account: whose it becomes.
        name: of the chart.
        keys: of the entities.
        places: where the file has them from which they came, by their keys.

    Raises:
        NameMissing: the name is none.
    """
    return keep_as_new(account, name, {**EMPTY, "items": standing(keys, places or {})})


@transaction.atomic
def keep_as_new(account: Account, name: str, sent: object, of: Version | None = None) -> Chart:
    """Save what an officer made of any chart as a chart of his own.

    Args:
        account: whose it becomes.
        name: of the chart.
        sent: the content.
        of: the version from which he began; its marking stays in each further version.

    Raises:
        NameMissing, BadContent, TooLarge, TooManyMerged, MergedGone: as they say.
    """
    under = () if of is None else (of.marking.value,)
    return _made(account, name, checked(sent), _merged_into(of), under)


@transaction.atomic
def keep_under(account: Account, name: str, sent: object, marking: Marking) -> Chart:
    """Save a chart that was taken out as a chart of an officer's own, under the marking that it had.

    Raises:
        NameMissing, BadContent, TooLarge, TooManyMerged, MergedGone: as they say.
    """
    return _made(account, name, checked(sent), [], (marking,))


def _made(
    account: Account, name: str, content: dict[str, Any], held: Sequence[dict[str, Any]],
    under: Collection[Marking],
) -> Chart:  # fmt: skip
    said, own = _clean(name), [one for one in content["merged"] if one not in held]
    _check_merged(account, own)
    chart = Chart.objects.create(
        key=secrets.token_hex(16), owner=account, office=account.office, realm=account.realm
    )
    content["merged"] = [*own, *([{"chart": chart.key, "version": 1}] if under else ())]
    _write(account, chart, 1, said, content, under)
    record("chart.made", actor=account.officer_id, subject=chart.key, realm=account.realm)
    return chart


@transaction.atomic
def save_version(account: Account, key: str, base: int, name: str, sent: object) -> Version:
    """Save what an officer made of his chart, under the strictest marking in it.

    Args:
        account: the owner.
        key: of the chart.
        base: the number of the version from which he began.
        name: of the chart.
        sent: the content, as the page sent it.

    Raises:
        NoSuchChart: it is not his.
        SavedSince: another version came in between.
        NameMissing, BadContent, TooLarge, TooManyMerged, MergedGone: as they say.
    """
    said, content = _clean(name), checked(sent)
    chart = Chart.objects.select_for_update().filter(
        key=key, owner=account, realm=account.realm, removed_at=None
    ).first()  # fmt: skip
    if chart is None:
        raise NoSuchChart(key)
    numbers = Version.objects.as_system("an owner's versions are numbered, readable or not")
    last = numbers.filter(chart=chart).select_related("marking").order_by("-number").first()
    if last is None or last.number != base:
        raise SavedSince(key)
    held = _merged_into(last)
    came = [one for one in content["merged"] if one not in held]
    _check_merged(account, came)
    content["merged"] = [*held, *came]
    under = (last.marking.value,) if held else ()  # what was merged may be gone since
    version = _write(account, chart, last.number + 1, said, content, under)
    record(
        "chart.saved", actor=account.officer_id, subject=chart.key, realm=account.realm,
        version=str(version.number),
    )  # fmt: skip
    return version


@transaction.atomic
def share_chart(account: Account, key: str, *, is_shared: bool) -> Chart:
    """Let colleagues of the office open a chart, or no longer.

    Raises:
        NoSuchChart: it is not his.
    """
    chart = _own(account, key)
    chart.is_shared = is_shared
    chart.save(update_fields=["is_shared"])
    who = {"actor": account.officer_id, "subject": chart.key, "realm": account.realm}
    if is_shared:
        record("chart.shared", **who)
    else:
        record("chart.unshared", **who)
    return chart


@transaction.atomic
def remove_chart(account: Account, key: str, *, is_removed: bool) -> Chart:
    """Take a chart away, or take that back within a day.

    Raises:
        NoSuchChart: it is not his, or was removed more than a day ago.
    """
    now = datetime.now(UTC)
    Chart.objects.filter(owner=account, removed_at__lt=now - UNDO_FOR).delete()
    chart = _own(account, key, with_removed=True)
    chart.removed_at = now if is_removed else None
    chart.save(update_fields=["removed_at"])
    who = {"actor": account.officer_id, "subject": chart.key, "realm": account.realm}
    if is_removed:
        record("chart.removed", **who)
    else:
        record("chart.restored", **who)
    return chart


def _write(
    account: Account, chart: Chart, number: int, name: str, content: dict[str, Any],
    under: Collection[Marking],
) -> Version:  # fmt: skip
    if len(content["merged"]) > MAX_MERGED:
        raise TooManyMerged(str(len(content["merged"])))
    keys = [one["key"] for one in content["items"]]
    there = (*_merged_in(content["merged"]), *under)
    marking = interned_id(strictest(account.reader(), keys, there))
    return Version.objects.create(
        chart=chart, number=number, name=name, content=content, items=len(keys),
        marking_id=marking,
    )  # fmt: skip


def _merged_into(version: Version | None) -> list[dict[str, Any]]:
    """Return what was merged into a version, as it names them."""
    return [] if version is None else list(version.content.get("merged", []))


def _check_merged(account: Account, versions: Collection[dict[str, Any]]) -> None:
    """Look whether an officer may open the versions that he says are merged into a chart.

    Raises:
        MergedGone: one is not there for him; what it is marked with is not his to learn.
    """
    for one in versions:
        try:
            open_chart(account, one["chart"], one["version"])
        except NoSuchChart as error:
            raise MergedGone(one["chart"]) from error


def came_into(
    account: Account, opened: Opened, versions: Collection[dict[str, Any]]
) -> list[Marking]:
    """Return the markings of versions whose words came into an open chart since it was saved.

    Raises:
        MergedGone: one is not there for the officer.
    """
    held = _merged_into(opened.version)
    came = [one for one in versions if one not in held]
    _check_merged(account, came)
    return _merged_in(came)


def _merged_in(versions: Collection[dict[str, Any]]) -> list[Marking]:
    """Return the markings of versions whose words went into a chart."""
    known = Version.objects.as_system("what was merged into a chart keeps its marking there")
    numbers = {one["chart"]: set[int]() for one in versions}
    for one in versions:
        numbers[one["chart"]].add(one["version"])
    found = known.filter(chart__key__in=numbers).select_related("chart", "marking")
    return [one.marking.value for one in found if one.number in numbers[one.chart.key]]


def _seen(account: Account) -> QuerySet[Chart]:
    known = Chart.objects.filter(realm=account.realm, removed_at=None)
    return known.filter(Q(owner=account) | Q(is_shared=True, office=account.office))


def _own(account: Account, key: str, *, with_removed: bool = False) -> Chart:
    known = Chart.objects.filter(owner=account, realm=account.realm, key=key)
    found = (known if with_removed else known.filter(removed_at=None)).first()
    if found is None:
        raise NoSuchChart(key)
    return found


def _readable(account: Account, chart: Chart) -> QuerySet[Version]:
    return Version.objects.readable_by(account.reader()).filter(chart=chart)


def _opened(account: Account, chart: Chart, version: Version) -> Opened:
    return Opened(chart, version, version.number, chart.owner_id == account.pk)


def _clean(name: str) -> str:
    said = " ".join(name.split())
    if not said or not said.isprintable() or len(said) > MAX_NAME:
        raise NameMissing("name")
    return said
