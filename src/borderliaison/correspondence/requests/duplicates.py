"""Whether the same was asked before: by this office or of it, as far as the officer who looks may read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Q

from borderliaison.correspondence.meaning import Asking, meaning_of
from borderliaison.correspondence.models import Item, Subject
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests.subjects import Named
from borderliaison.correspondence.shown.render import brief
from borderliaison.kernel.marking import Marking
from borderliaison.offices.short_names import short_office_names

WITHIN: Final = timedelta(days=60)
"""How long a request is remembered as asked before."""
MAX_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """An earlier request about the same.

    Attributes:
        office: who asked, by its short name.
        number: in the asker's register.
    """

    key: str
    thread: str
    office: str
    number: str
    title: str
    at: datetime
    marking: Marking


def asked_before(
    subjects: Collection[Named],
    acting: Acting,
    lang: str,
    leave_out: Iterable[str] = (),
    before: datetime | None = None,
) -> tuple[AskedBefore, ...]:
    """Return earlier requests about one of these subjects, the latest first.

    Args:
        subjects: what is asked about.
        acting: who looks; what he may not read is not there.
        lang: his language.
        leave_out: keys of items that do not count: the request itself, what it corrects.
        before: until when; now, where it is not said.
    """
    if not subjects:
        return ()
    until = before or datetime.now(UTC)
    same = Q()
    for one in subjects:
        same |= Q(kind=one.kind, value=one.value)
    found = Subject.objects.readable_by(acting.reader).filter(same).values("item_id")
    items = (
        Item.objects.readable_by(acting.reader)
        .filter(pk__in=found, created_at__range=(until - WITHIN, until))
        .exclude(key__in=list(leave_out))
        .select_related("thread", "marking")
        .order_by("-created_at")[:MAX_SHOWN]
    )
    offices = short_office_names(lang)
    return tuple(_shown(one, lang, offices.get(one.office, one.office)) for one in items)


def asked_before_of(item: Item, acting: Acting, lang: str) -> tuple[AskedBefore, ...]:
    """Return the requests before this one, made or come, about the same."""
    asking = meaning_of(item.payload_type, item.content)
    if not isinstance(asking, Asking):
        return ()
    leave_out = (item.key, item.corrects)
    return asked_before(asking.subjects, acting, lang, leave_out, item.created_at)


def _shown(item: Item, lang: str, office: str) -> AskedBefore:
    line = brief(item, lang)
    return AskedBefore(
        key=item.key,
        thread=item.thread.key,
        office=office,
        number=line.number,
        title=line.title or item.title,
        at=item.created_at,
        marking=item.marking.value,
    )
