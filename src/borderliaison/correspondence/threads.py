"""Finding threads for one reader: only what he may read exists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q
from django.urls import reverse

from borderliaison.correspondence.models import Dissemination, Item, Opening
from borderliaison.correspondence.people import Acting
from borderliaison.kernel.remembering import remembered
from borderliaison.markings.models import MarkedQuerySet

PAGE = 50
_IN_A_LINE = (
    "key", "payload_type", "title", "content", "office", "created_at", "arrived_at", "marking_id",
)  # fmt: skip
"""What of an item a line of the list shows."""


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
    is_unread_only: bool = False


def _items(acting: Acting) -> MarkedQuerySet[Item]:
    return Item.objects.readable_by(acting.reader)


def thread_list(acting: Acting, page: int = 1, *, unread_only: bool = False) -> ThreadList:
    """Return the threads of which this officer may read, or has not opened, anything; the latest first."""
    there = _items(acting)
    if unread_only:
        there = there.filter(thread__in=unread_items(acting).order_by().values("thread_id"))
    grouped = (
        there.order_by()
        .values("thread_id", "thread__key")
        .annotate(first=Min("id"), latest=Max("id"))
        .values_list("thread_id", "thread__key", "first", "latest")
        .order_by("-latest")
    )
    total = there.aggregate(n=Count("thread_id", distinct=True))["n"]
    rows = list(grouped[(page - 1) * PAGE : page * PAGE])
    ids = {number for _thread, _key, *both in rows for number in both}
    found = _items(acting).filter(pk__in=ids).only(*_IN_A_LINE)
    items = {item.pk: item for item in found.prefetch_related("marking")}
    unread = _unread(acting, [row[0] for row in rows])
    held = _held(acting)
    lines = tuple(
        ThreadLine(
            key=key,
            first=items[first],
            latest=items[latest],
            unread=unread.get(thread, 0),
            held=held.get(thread, 0),
        )
        for thread, key, first, latest in rows
    )
    return ThreadList(lines, total, unread_count(acting), page, unread_only)


def firsts_of(threads: Collection[int], acting: Acting) -> dict[int, Item]:
    """Return the first item of each thread that this officer may read, by the thread's primary key."""
    if not threads:
        return {}
    grouped = _items(acting).filter(thread_id__in=threads).order_by().values("thread_id")
    numbers = [row["first"] for row in grouped.annotate(first=Min("id"))]
    found = _items(acting).filter(pk__in=numbers).only("thread_id", *_IN_A_LINE)
    return {item.thread_id: item for item in found.prefetch_related("marking")}


def _is_unread(acting: Acting) -> Q:
    opened = Opening.objects.filter(officer=acting.author.officer).values("item_id")
    return ~Q(letter="") & ~Q(pk__in=opened)


def _unread(acting: Acting, threads: list[int]) -> dict[int, int]:
    unread = unread_items(acting).filter(thread__in=threads).order_by()
    return dict(unread.values_list("thread_id").annotate(total=Count("id")))


@remembered
def _held(acting: Acting) -> dict[int, int]:
    """Return how many disseminations are held, by thread: few, for somebody decides on each."""
    rows = _waiting(acting).order_by().values_list("item__thread_id").annotate(total=Count("id"))
    return dict(rows)


def unread_items(acting: Acting) -> MarkedQuerySet[Item]:
    """Return the received items that this officer may read and has not opened."""
    return _items(acting).filter(_is_unread(acting))


@remembered
def unread_count(acting: Acting) -> int:
    """Return how many received items this officer has not opened."""
    return unread_items(acting).count()


def newest_urgent_unread(acting: Acting) -> Item | None:
    """Return the newest urgent item that this officer has not opened."""
    urgent = unread_items(acting).filter(urgent=True)
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
    waiting = _waiting(acting).select_related("item", "item__thread", "item__marking")
    return list(waiting.order_by("requested_at"))


def waiting_count(acting: Acting) -> int:
    """Return how many held disseminations this officer may see."""
    return sum(_held(acting).values())


def _waiting(acting: Acting) -> MarkedQuerySet[Dissemination]:
    held = Dissemination.objects.readable_by(acting.reader)
    return held.filter(state=Dissemination.State.HELD)


def place_of_item(key: str) -> str:
    """Return the address of an item in its thread; empty where there is none."""
    items = Item.objects.as_system("whoever may read its files may read it")
    thread = items.filter(key=key).values_list("thread__key", flat=True).first()
    return f"{reverse('correspondence:thread', args=[thread])}#item-{key}" if thread else ""
