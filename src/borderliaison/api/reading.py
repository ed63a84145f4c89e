"""Items as programs read them: found for one reader, paged, and as plain data."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from borderliaison.correspondence.models import Dissemination, Item, Opening
from borderliaison.correspondence.people import Acting
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.sql.settling import settled

_Row = TypeVar("_Row", bound=Model)


def readable(acting: Acting) -> MarkedQuerySet[Item]:
    """Return what this officer may read, in the order in which it came here."""
    found = Item.objects.readable_by(acting.reader).select_related("thread", "marking")
    return found.order_by("pk")


def rows_of(found: QuerySet[_Row], page: int, limit: int) -> tuple[list[_Row], bool]:
    """Return the rows of a page, counted from 1, and whether there is a further one."""
    before = (page - 1) * limit
    rows = list(found[before : before + limit + 1])
    return rows[:limit], len(rows) > limit


def page_of(
    acting: Acting, found: MarkedQuerySet[Item], after: str, limit: int
) -> tuple[list[dict[str, Any]], str]:
    """Return the items after one, and what to ask after next; empty at the end.

    It ends before the first item that another could still come before.

    Args:
        acting: who reads.
        found: in the order in which they came here.
        after: the key of an item that he may read; empty begins with the first.
        limit: how many at most.

    Raises:
        Item.DoesNotExist: there is none with the key ``after`` for him.
    """
    if after:
        found = found.filter(pk__gt=readable(acting).get(key=after).pk)
    rows = list(found.filter(settled(Item))[: limit + 1])
    shown = rows[:limit]
    return data_of(acting, shown), shown[-1].key if len(rows) > limit else ""


def data_of(acting: Acting, items: Sequence[Item]) -> list[dict[str, Any]]:
    """Return items as plain data."""
    opened = set(
        Opening.objects.filter(item__in=items, officer=acting.author.officer).values_list(
            "item_id", flat=True
        )
    )
    return [_data(one, is_opened=one.is_own or one.pk in opened) for one in items]


def _data(item: Item, *, is_opened: bool) -> dict[str, Any]:
    return {
        "key": item.key,
        "thread": item.thread.key,
        "kind": item.payload_type,
        "title": item.title,
        "urgent": item.urgent,
        "own": item.is_own,
        "opened": is_opened,
        "author": {
            "officer": item.officer,
            "name": item.author_name,
            "role": item.author_role,
            "office": item.office,
            "agency": item.agency,
        },
        "created_at": item.created_at,
        "arrived_at": item.arrived_at,
        "acknowledge_by": item.acknowledge_by,
        "corrects": item.corrects,
        "held_by": item.held_by,
        "marking": item.marking.value.to_data(),
        "content": item.content,
    }


def done_with(item: Item) -> dict[str, Any]:
    """Return what was written, and for which offices a second officer must decide."""
    waiting = Dissemination.objects.as_system("what the author is told of his own").filter(
        item=item, state=Dissemination.State.HELD
    )
    held = sorted({office for one in waiting for office in one.offices})
    return {"item": item.key, "thread": item.thread.key, "held": held}
