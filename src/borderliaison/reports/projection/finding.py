"""Finding a report by what an administrator calls it."""

from typing import Final

from borderliaison.correspondence.models import Item
from borderliaison.reports.content import PAYLOAD_TYPE
from borderliaison.reports.errors import NoSuchReport

_WHY: Final = "an administrator names a report; nothing of it is shown"


def report_called(name: str) -> Item:
    """Return a report by its key or its number, in its newest state here.

    Raises:
        NoSuchReport: there is none.
    """
    items = Item.objects.as_system(_WHY).filter(payload_type=PAYLOAD_TYPE)
    items = items.select_related("thread", "marking")
    found = items.filter(key=name).first() or items.filter(content__number=name).last()
    if found is None:
        raise NoSuchReport(name[:40])
    return found
