"""What has happened, as far as one officer may know of it: reports, messages, links; the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from borderliaison.correspondence.acting import MESSAGE
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.exchange.progress import Link
from borderliaison.exchange.services import links_known_to
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.reports.content import PAYLOAD_TYPE
from borderliaison.web.board.filters import LINK, Filters, Lane, Whose

HAPPENED_AT = Coalesce("arrived_at", "created_at")
"""When something happened for this office: it came, or was written here."""


@dataclass(frozen=True, slots=True)
class View:
    """What one officer wants to see.

    Attributes:
        offices: of the level of his office.
        now: the present, for the whole page.
    """

    acting: Acting
    filters: Filters
    offices: frozenset[OfficeCode]
    now: datetime


def items_in(view: View, since: datetime | None = None) -> MarkedQuerySet[Item]:
    """Return the reports and messages that a view shows.

    Args:
        view: what is wanted.
        since: another beginning than that of the view's own time window.
    """
    filters = view.filters
    readable = Item.objects.readable_by(view.acting.reader)
    found = readable.filter(GreaterThanOrEqual(HAPPENED_AT, since or filters.since(view.now)))
    if filters.kind == LINK:
        return found.none()
    if filters.kind == MESSAGE:
        found = found.filter(payload_type=MESSAGE)
    elif filters.kind:
        found = found.filter(payload_type=PAYLOAD_TYPE, content__form=filters.kind)
    if filters.lane:
        found = found.filter(urgent=filters.lane == Lane.URGENT)
    return found.filter(_from(view))


def links_in(view: View) -> Sequence[Link]:
    """Return the links that have changed in the time window, as they are now."""
    filters = view.filters
    if filters.lane or filters.kind not in ("", LINK):
        return ()
    since = filters.since(view.now)
    changed = (one for one in links_known_to(view.acting.reader) if one.since >= since)
    return [one for one in changed if is_wanted(view, one.peer)]


def is_wanted(view: View, office: OfficeCode) -> bool:
    """Whether what concerns an office belongs to a view."""
    filters = view.filters
    if filters.office:
        return office == filters.office
    if filters.country:
        return office[:2] == filters.country
    return filters.whose is Whose.ALL or office in view.offices


def before(reader: Reader, key: str) -> Q:
    """Return what keeps the events before one; nothing where the reader knows of no such one."""
    one = Item.objects.readable_by(reader).filter(key=key).values_list("pk", flat=True).first()
    return Q(pk__lt=one) if one is not None else Q()


def _from(view: View) -> Q:
    """Return whose events a view shows. A level never hides what is urgent."""
    filters = view.filters
    if filters.office:
        return Q(office=filters.office)
    if filters.country:
        return Q(office__startswith=filters.country)
    if filters.whose is Whose.LEVEL:
        return Q(office__in=view.offices) | Q(urgent=True)
    return Q()
