"""The offices as they stand on the map, each with its sign and how it is reached from here."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from borderliaison.correspondence.people import Acting
from borderliaison.exchange.progress import Link
from borderliaison.exchange.services import links_known_to
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.kinds import OfficeKind
from borderliaison.offices.models import Office
from borderliaison.offices.places import Stand, placed_offices
from borderliaison.offices.short_names import short_office_names
from borderliaison.offices.shown.listing import kind_words, sign_of, status_now
from borderliaison.ui.parts.offices import OfficeKind as SignKind
from borderliaison.ui.parts.offices import OfficeSign
from borderliaison.ui.shell import LinkWord
from borderliaison.web.board.offices import WORDS
from borderliaison.web.shell import link_words


def offices_on_map(acting: Acting, *, linked_only: bool = False) -> list[dict[str, Any]]:
    """Return the offices of the network that have a place; the own one first.

    Args:
        acting: who looks at the map.
        linked_only: of those with a link alone, for a page that has the others.
    """
    lang, here = get_language() or "en", acting.author.office
    names = short_office_names(lang)
    links = {one.peer: one for one in links_known_to(acting.reader)}
    found = [
        _sign(one, stand, links.get(OfficeCode(one.code)), names, here)
        for one, stand in placed_offices(links.keys() if linked_only else None)
    ]
    return sorted(found, key=lambda one: (one["rank"], one["code"]))


def _sign(
    office: Office, stand: Stand, link: Link | None, names: dict[str, str], here: str
) -> dict[str, Any]:
    status = status_now(office.statuses.all(), timezone.now().date())
    drawn = sign_of(office, here, status.status if status else None)
    works = drawn.link != LinkWord.PLANNED
    word = WORDS[link.state] if link else (None if works else LinkWord.PLANNED)
    sign = OfficeSign(SignKind(drawn.kind), drawn.is_own, word)
    name, is_here = names.get(office.code, office.code), office.code == here
    words = link_words(replace(link, waiting=0)) if link else ""
    country = "" if drawn.is_own else office.country_id
    below = " · ".join(one for one in (country, words) if one)
    said = (name, kind_words(office), country, word.label if word else "", words)
    return {
        "code": office.code,
        "name": name,
        "under": below,
        "label": ", ".join(one for one in said if one),
        "lat": stand.latitude,
        "lon": stand.longitude,
        "accuracy": stand.accuracy_km or 0,
        "sign": _drawn(sign),
        "link": _link(link) if link else None,
        "is_here": is_here,
        "is_near": drawn.is_own,
        "rank": _rank(office, is_here=is_here, is_linked=link is not None, is_own=drawn.is_own),
    }


@lru_cache(maxsize=64)
def _drawn(sign: OfficeSign) -> str:
    return render_to_string("ui/components/office.html", {"sign": sign}).strip()


def _rank(office: Office, *, is_here: bool, is_linked: bool, is_own: bool) -> int:
    """Return how soon an office's name finds room; the smaller, the sooner."""
    if is_here:
        return 0
    centre = office.kind in (OfficeKind.COORDINATION_CENTRE, OfficeKind.OPERATIONAL_SECTOR)
    return 1 + 4 * (not is_linked) + 2 * (not is_own) + (not centre)


def _link(link: Link) -> dict[str, Any]:
    waiting = ngettext("%(n)d waiting", "%(n)d waiting", link.waiting) % {"n": link.waiting}
    return {
        "state": WORDS[link.state],
        "waiting": link.waiting,
        "waiting_words": waiting if link.waiting else "",
    }
