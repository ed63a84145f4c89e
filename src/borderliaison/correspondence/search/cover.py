"""What every item says whatever its type: who wrote it, at which office, and to whom it went."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.search.said import Said, said_by
from borderliaison.offices.short_names import short_office_names

WITH: Final = "with"
"""Codes of the offices between which an item went."""


def all_said(item: Item) -> Iterator[Said]:
    """Yield all that an item says, and then who says it to whom."""
    yield from said_by(item)
    yield Said(lambda _lang: (_("Author"), item.author_name), texts=(item.author_name,))
    yield Said(
        lambda lang: (pgettext("search", "From"), short_office_names(lang).get(item.office, "")),
        codes=(f"{WITH}.{item.office}",),
    )
    yield Said(
        lambda lang: (pgettext("search", "To"), _names(item, lang)),
        codes=tuple(f"{WITH}.{one}" for one in item.held_by),
    )


def _names(item: Item, lang: str) -> str:
    names = short_office_names(lang)
    return ", ".join(names.get(one, one) for one in item.held_by if one != item.office)
