"""What happened: a list to ask for again and again. The stream of the same is beside Django.

It ends before the first event that another could still come before, so that asking after the last one
misses nothing.
"""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import StringConstraints

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.errors import NotUnderstood, Wrong
from borderliaison.api.shapes import PAGE, Limit
from borderliaison.feed.cursors import MAX_TOKEN, cursors
from borderliaison.feed.models import FeedEvent
from borderliaison.markings.services import readable_ids
from borderliaison.sql.settling import settled

router = Router()
Cursor = Annotated[str, StringConstraints(max_length=MAX_TOKEN)]


class EventShape(Schema):
    """Something that changed: ``thread`` and ``alert`` name the thread, ``link`` the other office."""

    kind: str
    subject: str
    at: datetime


class Events(Schema):
    """Events, the oldest first; ``next`` is the place to ask after."""

    events: list[EventShape]
    next: str
    more: bool


@router.get("/events", response=Events, summary="Events")
def list_events(
    request: HttpRequest,
    after: Cursor | None = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """List what changed after a place; without one, answer with the place of now.

    With ``Accept: text/event-stream`` the same comes as a stream, each event as it happens.
    """
    account, box = account_of(request), cursors()
    known = Q(marking_id__isnull=True) | Q(marking_id__in=readable_ids(reader_of(request)))
    events = FeedEvent.objects.filter(settled(FeedEvent) & known)
    if after is None:
        newest = events.order_by("-pk").values_list("pk", flat=True).first() or 0
        return {"events": [], "next": box.seal(newest, account.pk), "more": False}
    place = box.open(after, account.pk)
    if place is None:
        sentence = _("This is no place in the events of this officer.")
        raise NotUnderstood(wrong=[Wrong("query.after", sentence, "cursor")])
    rows = list(events.filter(pk__gt=place)[: limit + 1])
    told = rows[:limit]
    return {
        "events": [{"kind": one.kind, "subject": one.subject, "at": one.at} for one in told],
        "next": box.seal(told[-1].pk if told else place, account.pk),
        "more": len(rows) > limit,
    }
