"""Announcing and reading events. The row commits with its cause; the poke only makes it quick.

Ids of rows may commit out of order on PostgreSQL, so a reader keeps a short overlap: see ``read_after``.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from borderliaison.feed.models import FeedEvent
from borderliaison.feed.poke import poke
from borderliaison.sql.statements import first, instant, places, rows, run_each

_sockets: tuple[Path, ...] = ()
_NEWEST = (
    "SELECT id, kind, subject, marking_id FROM feed_feedevent WHERE kind <> %s"
    " ORDER BY id DESC LIMIT 256"
)
_NEWEST_KNOWN = (
    "SELECT id FROM feed_feedevent WHERE marking_id IS NULL OR marking_id IN ({})"
    " ORDER BY id DESC LIMIT 1"
)
_INSERT = "INSERT INTO feed_feedevent (at, kind, subject, marking_id) VALUES (%s, %s, %s, %s)"


def wake_through(*sockets: Path) -> None:
    """Say which datagram sockets wake who waits for events; without any, they are left to their polling."""
    global _sockets  # noqa: PLW0603 - the composition root says it once, at start
    _sockets = sockets


def announce(kind: str, subject: str = "", marking_id: int | None = None) -> None:
    """Write one event, in the transaction of its cause, and wake who waits for it after the commit.

    Args:
        kind: what happened: ``thread``, ``link``, ``needs_action``.
        subject: the id of what it happened to.
        marking_id: the interned marking that decides who is told; ``None`` tells every officer here.
    """
    announce_all([(kind, subject, marking_id)])


def announce_all(events: Iterable[tuple[str, str, int | None]]) -> None:
    """Write several events at once, each different one once; otherwise as ``announce``.

    It happens with each letter, so by plain SQL.

    Args:
        events: kind, subject and marking of each.
    """
    now = instant(datetime.now(UTC))
    different = [(now, *event) for event in dict.fromkeys(events)]
    if different:
        run_each(_INSERT, different)
        _wake_after_commit()


def _wake_after_commit() -> None:
    for one in _sockets:
        transaction.on_commit(partial(poke, one))


def read_after(last_id: int, limit: int = 500) -> Sequence[FeedEvent]:
    """Return the events after ``last_id``, oldest first."""
    return list(FeedEvent.objects.filter(pk__gt=last_id)[:limit])


def last_id() -> int:
    """Return the newest event's id; 0 where there is none."""
    newest = FeedEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def waiting_since(last_id: int) -> datetime | None:
    """Return when the oldest event after ``last_id`` happened; None where that is the newest."""
    return FeedEvent.objects.filter(pk__gt=last_id).values_list("at", flat=True).first()


def last_id_known(marking_ids: Collection[int]) -> int:
    """Return the newest event that a reader of these markings may know; 0 where there is none.

    The newest of all would count for him what he may not know of.
    """
    known = first(_NEWEST_KNOWN.format(places(marking_ids)), *marking_ids)
    return int(known[0]) if known else 0


class News(NamedTuple):
    """An event, as far as it tells what to look at anew."""

    id: int
    kind: str
    subject: str


def newest_known(
    marking_ids: Collection[int], most: int = 64, *, without: str = ""
) -> tuple[News, ...]:
    """Return the newest events that a reader of these markings may know, of the last few hundred.

    Any event that he may know of changes the answer, in whatever order rows commit.

    Args:
        marking_ids: what he may read; a set, for each event is looked up in it.
        most: how many.
        without: a kind that is not asked for.
    """
    newest = rows(_NEWEST, without)
    known = (News(*said) for *said, marking in newest if marking is None or marking in marking_ids)
    return tuple(islice(known, most))
