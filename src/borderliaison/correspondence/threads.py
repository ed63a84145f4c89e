"""Finding threads for one reader: only what he may read exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from borderliaison.correspondence.models import Dissemination, Item, Opening
from borderliaison.correspondence.people import Acting
from borderliaison.markings.models import MarkedQuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One line of the list of threads."""

    key: str
    first: Item
    latest: Item
    unread: int
    held: int


@dataclass(frozen=True, slots=True)
class ThreadList:
    """A page of threads, and of how many."""

    lines: tuple[ThreadLine, ...]
    total: int
    unread: int
    page: int = 1


def _items(acting: Acting) -> MarkedQuerySet[Item]:
    return Item.objects.readable_by(acting.reader)


def thread_list(acting: Acting, page: int = 1) -> ThreadList:
    """Return the threads that this officer may read anything of, the latest first."""
    grouped = (
        _items(acting)
        .order_by()
        .values("thread__key")
        .annotate(first=Min("id"), latest=Max("id"), total=Count("id"))
        .order_by("-latest")
    )
    total = grouped.count()
    rows = list(grouped[(page - 1) * PAGE : page * PAGE])
    ids = {row["first"] for row in rows} | {row["latest"] for row in rows}
    items = {item.pk: item for item in _items(acting).select_related("marking").filter(pk__in=ids)}
    keys = [row["thread__key"] for row in rows]
    unread = _unread(acting, keys)
    held = _held(acting, keys)
    lines = tuple(
        ThreadLine(
            key=row["thread__key"],
            first=items[row["first"]],
            latest=items[row["latest"]],
            unread=unread.get(row["thread__key"], 0),
            held=held.get(row["thread__key"], 0),
        )
        for row in rows
    )
    return ThreadList(lines, total, unread_count(acting), page)


def _is_unread(acting: Acting) -> Q:
    opened = Opening.objects.filter(officer=acting.author.officer).values("item_id")
    return ~Q(letter="") & ~Q(pk__in=opened)


def _unread(acting: Acting, keys: list[str]) -> dict[str, int]:
    rows = (
        _items(acting)
        .filter(_is_unread(acting), thread__key__in=keys)
        .order_by()
        .values("thread__key")
        .annotate(total=Count("id"))
    )
    return {row["thread__key"]: row["total"] for row in rows}


def _held(acting: Acting, keys: list[str]) -> dict[str, int]:
    rows = (
        Dissemination.objects.readable_by(acting.reader)
        .filter(state=Dissemination.State.HELD, item__thread__key__in=keys)
        .order_by()
        .values("item__thread__key")
        .annotate(total=Count("id"))
    )
    return {row["item__thread__key"]: row["total"] for row in rows}


def unread_count(acting: Acting) -> int:
    """Return how many received items this officer has not opened."""
    return _items(acting).filter(_is_unread(acting)).count()


def newest_urgent_unread(acting: Acting) -> Item | None:
    """Return the newest urgent item that this officer has not opened."""
    urgent = _items(acting).filter(_is_unread(acting), urgent=True)
    return urgent.select_related("thread").order_by("-id").first()


def items_of(acting: Acting, thread: str) -> Sequence[Item]:
    """Return the items of a thread that this officer may read, the oldest first."""
    return list(
        _items(acting)
        .filter(thread__key=thread)
        .select_related("marking", "thread")
        .order_by("created_at", "id")
    )


def waiting_for(acting: Acting) -> Sequence[Dissemination]:
    """Return the held disseminations that this officer may see, the oldest first."""
    return list(
        Dissemination.objects.readable_by(acting.reader)
        .filter(state=Dissemination.State.HELD)
        .select_related("item", "item__thread", "item__marking")
        .order_by("requested_at")
    )
