"""What happened: a list to ask for again and again. The stream of the same is beside Django.

It ends before the first event that another could still come before, so that asking after the last one
misses nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.errors import NotUnderstood, Wrong
from borderliaison.api.shapes import PAGE, Limit
from borderliaison.feed.cursors import MAX_TOKEN, cursors
from borderliaison.feed.models import FeedEvent
from borderliaison.markings.services import readable_ids
from borderliaison.sql.settling import settled

router = Router()
Cursor = Annotated[str, StringConstraints(max_length=MAX_TOKEN)]


KINDS: Final[Mapping[str, str]] = {
    "thread": "Something came, was said or was decided in the thread that `subject` names.",
    "alert": "What came in the thread that `subject` names is an alert, which breaks in on whoever works.",
    "file": "More of a file came; `subject` names the item that it is of.",
    "records": "The records say something else: look again at what is shown of them.",
    "match": "A standing question of an officer found something new: ask `/standing`.",
    "link": "The line to the office that `subject` names went up or down; empty: any of them.",
    "directory": "The directory of the country that `subject` names is another one.",
}
"""What each kind of event tells a program."""


class EventShape(Schema):
    """Something that changed; what each ``kind`` tells stands in docs/reference/api.md."""

    kind: Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})]
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
