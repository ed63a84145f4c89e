"""What stands in the card of something that was chosen on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.shown.listing import item_url
from borderliaison.correspondence.shown.render import brief
from borderliaison.exchange.services import links_known_to
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.errors import UnknownOffice
from borderliaison.offices.places import place_of_office
from borderliaison.offices.services import find_office
from borderliaison.offices.short_names import short_office_names
from borderliaison.offices.shown.listing import kind_words
from borderliaison.reports.models import Place
from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.shell import LinkWord
from borderliaison.web.board.offices import WORDS
from borderliaison.web.shell import link_words
from borderliaison.wording.marks import marks_of


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """An office.

    Attributes:
        accuracy_km: how exactly its place is known; empty where nobody has said.
    """

    name: str
    kind: str
    country: str
    url: str
    state: LinkWord | None
    link: str
    latitude: str
    longitude: str
    accuracy_km: str


@dataclass(frozen=True, slots=True)
class EventCard:
    """A report: what, of whom, when it happened."""

    kind: str
    icon: str
    tone: str
    title: str
    office: str
    at: datetime
    url: str
    marks: Marks


def card_of_office(code: OfficeCode, acting: Acting) -> OfficeCard | None:
    """Return the card of an office; None where the network knows of none, or not where it is."""
    stand = place_of_office(code)
    try:
        office = find_office(code)
    except UnknownOffice:
        return None
    if stand is None:
        return None
    link = next((one for one in links_known_to(acting.reader) if one.peer == code), None)
    return OfficeCard(
        name=office.name,
        kind=kind_words(office),
        country=office.country.name,
        url=reverse("offices:detail", args=[code]),
        state=WORDS[link.state] if link else None,
        link=link_words(link) if link else "",
        latitude=f"{stand.latitude:.3f}",
        longitude=f"{stand.longitude:.3f}",
        accuracy_km=f"{stand.accuracy_km:g}" if stand.accuracy_km is not None else "",
    )


def card_of_events(keys: Sequence[str], acting: Acting, lang: str) -> tuple[EventCard, ...]:
    """Return the cards of reports that this officer may read, the newest first; others are not there."""
    found = Item.objects.readable_by(acting.reader).filter(key__in=keys).select_related("thread")
    items = list(found.prefetch_related("marking").order_by("-id"))
    places = Place.objects.readable_by(acting.reader).filter(item__in=[one.pk for one in items])
    at = dict(places.values_list("item_id", "at"))
    names = short_office_names(lang)
    return tuple(_event(one, at.get(one.pk, one.created_at), names, acting, lang) for one in items)


def _event(item: Item, at: datetime, names: dict[str, str], acting: Acting, lang: str) -> EventCard:
    line = brief(item, lang)
    return EventCard(
        kind=line.kind,
        icon=line.icon,
        tone=line.tone,
        title=line.title or item.title,
        office=names.get(item.office, item.office),
        at=at,
        url=item_url(item),
        marks=marks_of(item.marking.value, acting.author.office, lang),
    )
