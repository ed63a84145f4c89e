"""What needs action of this office, as far as one officer may read it: the most pressing first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef, Q

from borderliaison.correspondence.meaning import Asking, Warned, meaning_of
from borderliaison.correspondence.models import Asked, Dissemination, Item, Receipt
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.requests.deadlines import What, time_for
from borderliaison.correspondence.requests.standing import OWING
from borderliaison.correspondence.sending import may_authorise
from borderliaison.correspondence.shown.known import held_replies
from borderliaison.correspondence.threads import waiting_for
from borderliaison.kernel.ids import OfficeCode

REMEMBERED: Final = timedelta(days=30)
"""What nobody opened for so long is not asked about any more."""


class Needs(StrEnum):
    """What needs to be done."""

    ANSWER = "answer"
    AUTHORISE = "authorise"
    OPEN = "open"
    """A lookout or an alert that nobody here has opened."""
    UNANSWERED = "unanswered"
    """An own request whose time has passed at another office."""
    UNOPENED = "unopened"
    """An own lookout or alert that another office has not opened in time."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs action.

    Attributes:
        since: from when its time runs.
        office: whom it concerns: who asked, who has not opened.
        held: what waits for the second officer, where that is it; of what is to be answered, the answer.
    """

    needs: Needs
    item: Item
    due_at: datetime
    since: datetime
    office: OfficeCode
    held: Dissemination | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return now > self.due_at


def needs_of(acting: Acting, now: datetime | None = None) -> tuple[Need, ...]:
    """Return what needs action, by when it is due."""
    at = now or datetime.now(UTC)
    found = list(_to_authorise(acting))
    if acting.author.role in WRITING:
        found += _current([*_of_requests(acting, at), *_of_warnings(acting, at)])
    return tuple(sorted(found, key=lambda one: (one.due_at, one.item.pk)))


def _of_requests(acting: Acting, now: datetime) -> Iterator[Need]:
    """Return what this office owes an answer to, and what others owe it past their time."""
    own = acting.author.office
    ours = Q(office=own) & ~Q(item__office=own)
    theirs = Q(item__office=own, due_at__lt=now)
    rows = list(
        Asked.objects.readable_by(acting.reader)
        .filter(ours | theirs, state__in=[one.value for one in OWING])
        .select_related("item", "item__thread", "item__marking")
    )
    held = held_replies([one.item for one in rows if one.office == own], acting)
    for one in rows:
        if one.item.office == own:
            who = OfficeCode(one.office)
            yield Need(Needs.UNANSWERED, one.item, one.due_at, one.asked_at, who)
        else:
            who, waits = OfficeCode(one.item.office), held.get(one.item_id)
            yield Need(Needs.ANSWER, one.item, one.due_at, one.asked_at, who, waits)


def _current(needs: Sequence[Need]) -> list[Need]:
    """Leave out what is about an item that its office has corrected: then the correction counts."""
    later = Item.objects.as_system("what is out of date").order_by()
    found = later.filter(corrects__in={one.item.key for one in needs}) if needs else later.none()
    gone = set(found.values_list("corrects", "office"))
    return [one for one in needs if (one.item.key, one.item.office) not in gone]


def _to_authorise(acting: Acting) -> Iterator[Need]:
    for held in waiting_for(acting):
        if not may_authorise(acting, held):
            continue
        other = OfficeCode(held.offices[0])
        length = time_for(What.AUTHORISE, _urgency(held.item), acting.author.office, other)
        due_at = held.requested_at + length
        yield Need(Needs.AUTHORISE, held.item, due_at, held.requested_at, other, held)


def _urgency(item: Item) -> str:
    match meaning_of(item.payload_type, item.content):
        case Asking(urgency=urgency) | Warned(urgency=urgency):
            return urgency
        case _:
            return "expected" if item.urgent else "future"


def _of_warnings(acting: Acting, now: datetime) -> Iterator[Need]:
    """Return the warnings that nobody here has opened, and our own that others have not opened in time."""
    here = Receipt.objects.as_system("an office opens once").filter(
        item=OuterRef("pk"), office=acting.author.office
    )
    came = ~Q(letter="") & ~Exists(here)
    made = Q(letter="", acknowledge_by__lt=now)
    # By number, so that SQLite begins with the few that have a time and not with all that are readable.
    timed = Item.objects.as_system("which have a time").filter(acknowledge_by__gt=now - REMEMBERED)
    items = (
        Item.objects.readable_by(acting.reader)
        .filter(came | made, pk__in=timed.order_by().values("pk"))
        .select_related("thread", "marking")
        .order_by("acknowledge_by")
    )
    own = []
    for item in items:
        if item.is_own:
            own.append(item)
        else:
            since = item.arrived_at or item.created_at
            yield Need(Needs.OPEN, item, _until(item), since, OfficeCode(item.office))
    yield from _unopened(own, acting, now)


def _unopened(own: Sequence[Item], acting: Acting, now: datetime) -> Iterator[Need]:
    if not own:
        return
    items = {one.pk: one for one in own}
    receipts = Receipt.objects.as_system("who has opened it").filter(item__in=own)
    told = receipts.exclude(step=Receipt.Step.DELIVERED)
    opened = set(told.values_list("item_id", "office"))
    letters = Dissemination.objects.readable_by(acting.reader).filter(
        item__in=own, state=Dissemination.State.POSTED
    )
    for letter in letters:
        item = items[letter.item_id]
        since = letter.decided_at or item.created_at
        due_at = since + (_until(item) - item.created_at)
        if due_at >= now:
            continue
        for office in letter.offices:
            if (item.pk, office) not in opened:
                yield Need(Needs.UNOPENED, item, due_at, since, OfficeCode(office))


def _until(item: Item) -> datetime:
    return item.acknowledge_by or item.created_at
