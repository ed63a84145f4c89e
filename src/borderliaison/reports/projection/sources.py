"""Where the reports stand from which records were drawn."""

from collections.abc import Collection, Mapping

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.shown.listing import item_url
from borderliaison.correspondence.shown.render import brief
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Source
from borderliaison.records.shown.sources import Page, register_pages


def register() -> None:
    """Let records lead to the reports that say what they hold."""
    register_pages(Source.Kind.REPORT, pages_of)


def pages_of(reader: Reader, keys: Collection[str], lang: str) -> Mapping[str, Page]:
    """Return the pages of those reports that this reader may open, by the sources' keys.

    A source is called by the first report; where that was corrected, the latest state stands beside it.
    """
    items = (
        Item.objects.readable_by(reader).filter(key__in=keys).select_related("thread", "marking")
    )
    return {one.key: Page(_title(one, lang), item_url(one)) for one in items}


def _title(item: Item, lang: str) -> str:
    line = brief(item, lang)
    title = line.title or item.title
    return f"{line.kind}: {title}" if line.kind else title
