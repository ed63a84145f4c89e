"""Writing the index: with each item, and again for items that an earlier version indexed, or never did."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.db import transaction

from borderliaison.correspondence.models import Item, Posting
from borderliaison.correspondence.search.cover import all_said
from borderliaison.forms.finding.words import spelled
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.sql.statements import run

VERSION: Final = b"=index.2"
"""The mark of an item that is indexed as this version does it; another number has all indexed anew."""
MAX_PLACE: Final = 32_000
_GAP: Final = 8
"""So far apart are pieces, so that no phrase reaches from one into the next."""
_AT_ONCE: Final = 2_000
_REBUILT_AT_ONCE: Final = 200
_INSERT: Final = "INSERT INTO correspondence_posting (item_id, marking_id, word, place) VALUES {}"


def index(items: Sequence[Item]) -> None:
    """Write what items are found by; in the transaction that keeps them."""
    found = [(item.pk, item.marking_id, *one) for item in items for one in postings(item)]
    for first in range(0, len(found), _AT_ONCE):
        some = found[first : first + _AT_ONCE]
        places = ", ".join(["(%s, %s, %s, %s)"] * len(some))
        run(_INSERT.format(places), *(value for row in some for value in row))


def postings(item: Item) -> list[tuple[bytes, int]]:
    """Return the words of an item, each with its place."""
    found: dict[tuple[bytes, int], None] = {(VERSION, 0): None}
    base = 1
    for said in all_said(item):
        for code in said.codes:
            found[code_word(code), 0] = None
        for text in said.texts:
            last = base
            for one in spelled(text):
                last = base + one.place
                if last > MAX_PLACE:
                    break
                for key in (*one.keys, *one.tails):
                    found[key.encode(), last] = None
            base = min(last + _GAP, MAX_PLACE)
    return list(found)


def code_word(code: str) -> bytes:
    """Return how a code stands in the index."""
    return f"={code}".encode()[:120]


def unindexed() -> MarkedQuerySet[Item]:
    """Return the items that are not indexed as this version does it."""
    done = Posting.objects.as_system("what is indexed").filter(word=VERSION).values("item_id")
    return Item.objects.as_system("what is to be indexed").exclude(pk__in=done)


def rebuild(*, everything: bool = False, progress: Callable[[int, int], None] | None = None) -> int:
    """Index what is not indexed yet, some items in one commit; return how many were.

    May be stopped and begun again, and run while the office works.

    Args:
        everything: whether what is indexed is indexed anew too.
        progress: told how many of how many are done.
    """
    todo = Item.objects.as_system("all is indexed anew") if everything else unindexed()
    numbers = list(todo.order_by("id").values_list("pk", flat=True))
    done = 0
    for some in _some(numbers):
        done += _index_anew(some)
        if progress is not None:
            progress(done, len(numbers))
    return done


def _some(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), _REBUILT_AT_ONCE):
        yield numbers[first : first + _REBUILT_AT_ONCE]


@transaction.atomic
def _index_anew(numbers: Sequence[int]) -> int:
    items = Item.objects.as_system("it is indexed anew").select_for_update(of=("self",))
    found = list(items.select_related("marking").filter(pk__in=numbers).order_by("id"))
    Posting.objects.as_system("it is indexed anew").filter(item__in=found).delete()
    index(found)
    return len(numbers)
