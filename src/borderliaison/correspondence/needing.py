"""What needs action of this office, as far as one officer may read it: the most pressing first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef

from borderliaison.correspondence.deadlines import What, time_for
from borderliaison.correspondence.known import held_replies
from borderliaison.correspondence.meaning import Asking, Warned, meaning_of
from borderliaison.correspondence.models import Asked, Dissemination, Item, Receipt
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.sending import may_authorise
from borderliaison.correspondence.standing import OWING
from borderliaison.correspondence.threads import waiting_for
from borderliaison.kernel.ids import OfficeCode
from borderliaison.markings.models import MarkedQuerySet

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
    found: list[Need] = [*_to_authorise(acting)]
    if acting.author.role in WRITING:
        found += [*_to_answer(acting), *_to_open(acting, at)]
        found += [*_unanswered(acting, at), *_unopened(acting, at)]
    return tuple(sorted(found, key=lambda one: (one.due_at, one.item.pk)))


def _current() -> Exists:
    """Whether an item was corrected by its office: then the correction counts."""
    later = Item.objects.as_system("what is out of date")
    return Exists(later.filter(corrects=OuterRef("item__key"), office=OuterRef("item__office")))


def _asked(acting: Acting) -> MarkedQuerySet[Asked]:
    rows = Asked.objects.readable_by(acting.reader).filter(state__in=[one.value for one in OWING])
    return rows.exclude(_current()).select_related("item", "item__thread", "item__marking")


def _to_answer(acting: Acting) -> Iterator[Need]:
    own = acting.author.office
    asked = list(_asked(acting).filter(office=own).exclude(item__office=own))
    held = held_replies([one.item for one in asked], acting)
    for one in asked:
        asker, waits = OfficeCode(one.item.office), held.get(one.item_id)
        yield Need(Needs.ANSWER, one.item, one.due_at, one.asked_at, asker, waits)


def _unanswered(acting: Acting, now: datetime) -> Iterator[Need]:
    late = _asked(acting).filter(item__office=acting.author.office, due_at__lt=now)
    for one in late:
        yield Need(Needs.UNANSWERED, one.item, one.due_at, one.asked_at, OfficeCode(one.office))


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


def _warnings(acting: Acting, now: datetime) -> MarkedQuerySet[Item]:
    items = Item.objects.readable_by(acting.reader).filter(acknowledge_by__gt=now - REMEMBERED)
    later = Item.objects.as_system("what is out of date")
    corrected = Exists(later.filter(corrects=OuterRef("key"), office=OuterRef("office")))
    return items.exclude(corrected).select_related("thread", "marking").order_by("acknowledge_by")


def _to_open(acting: Acting, now: datetime) -> Iterator[Need]:
    opened = Receipt.objects.as_system("an office opens once").filter(
        item=OuterRef("pk"), office=acting.author.office
    )
    unopened = _warnings(acting, now).exclude(letter="").exclude(Exists(opened))
    for item in unopened:
        since = item.arrived_at or item.created_at
        yield Need(Needs.OPEN, item, _until(item), since, OfficeCode(item.office))


def _unopened(acting: Acting, now: datetime) -> Iterator[Need]:
    own = _warnings(acting, now).filter(letter="", acknowledge_by__lt=now)
    for item in own:
        receipts = Receipt.objects.as_system("who has opened it").filter(item=item)
        opened = set(receipts.exclude(step=Receipt.Step.DELIVERED).values_list("office", flat=True))
        made = Dissemination.objects.readable_by(acting.reader).filter(item=item)
        for letter in made.filter(state=Dissemination.State.POSTED):
            since = letter.decided_at or item.created_at
            due_at = since + (_until(item) - item.created_at)
            if due_at >= now:
                continue
            for office in letter.offices:
                if office not in opened:
                    yield Need(Needs.UNOPENED, item, due_at, since, OfficeCode(office))


def _until(item: Item) -> datetime:
    return item.acknowledge_by or item.created_at
