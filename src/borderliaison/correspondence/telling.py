"""To whom an office tells what it did with an item that it received.

Who holds an item is its issuer's word: a hostile one could name every office, and each of them would tell
all others. So the number is bounded: the issuer, and offices of the own country, ``MAX_TOLD`` together.
"""

from typing import Final

from django.conf import settings

from borderliaison.correspondence.models import Item
from borderliaison.exchange.services import takes_part
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import office_names, reporting_line

MAX_TOLD: Final = 8
"""The most offices to which one step is told."""


def told_of(item: Item) -> tuple[OfficeCode, ...]:
    """Return whom to tell of an item that came: its issuer, and those of the own country who hold it.

    Where these are too many, of them the own reporting line alone. Offices that the network does not
    know, those of other countries beside the issuer, and those outside the exercise are not told.
    """
    own, realm = settings.BLO_OFFICE, item.marking.value.realm
    known = office_names("en").keys()
    fellows = [
        one
        for one in item.held_by
        if one in known and one[:2] == own[:2] and one not in (own, item.office)
    ]
    if len(fellows) >= MAX_TOLD:
        fellows = [one for one in reporting_line(own) if one in fellows][: MAX_TOLD - 1]
    told = [*([item.office] if item.office in known else []), *fellows]
    return tuple(OfficeCode(one) for one in told if takes_part(realm, OfficeCode(one)))


def unknown_holders(item: Item) -> tuple[str, ...]:
    """Return the offices that hold an item by its issuer's word and that the network does not know."""
    known = office_names("en").keys()
    return tuple(one for one in item.held_by if one not in known)
