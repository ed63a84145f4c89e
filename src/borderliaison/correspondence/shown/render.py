"""How an item is shown: the package that owns its payload type says with which template.

A port, so that a thread page shows a lookout without this package knowing what a lookout is. A list asks
only for what stands in a line, which is a small part of what a card costs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.kernel.errors import LiaisonError

BriefT = TypeVar("BriefT", bound="Brief")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An item as it stands in a line of a list.

    Attributes:
        kind: the word above it: "Lookout".
        title: what it is about, in the reader's language; empty leaves the item's own.
        summary: one line for a list.
        icon: the name of its icon.
        number: the register number, where it has one.
        is_card: drawn as a card with its ladder; else as a bubble of the talk.
        tone: ``red`` for what must be acted on now, ``amber`` for soon; empty else.
    """

    kind: str = ""
    title: str = ""
    summary: str = ""
    icon: str = ""
    number: str = ""
    is_card: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Rendered(Brief):
    """An item ready for its template.

    Attributes:
        template: the template that draws the body of the item.
        context: what that template needs.
        can_pass_on: whether "pass on" is offered.
        due_at: until when it holds, where it says so.
        takes_measures: whether those who get it may report measures and a result.
        expects_acts: whether those who get it are asked to do something.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    can_pass_on: bool = False
    due_at: datetime | None = None
    takes_measures: bool = False
    expects_acts: bool = False


Renderer = Callable[[Item, Acting, str], Rendered]
BriefRenderer = Callable[[Item, str], Brief]
_renderers: dict[str, tuple[Renderer, BriefRenderer]] = {}
UNKNOWN: Final = Rendered("correspondence/items/unknown.html")


def register_renderer(payload_type: str, renderer: Renderer, in_brief: BriefRenderer) -> None:
    """Say who shows items of this type.

    Args:
        payload_type: of the items.
        renderer: called with the item, who looks, and the language.
        in_brief: says the same of it for a line; called with the item and the language.
    """
    _renderers[payload_type] = renderer, in_brief


def render(item: Item, acting: Acting, lang: str) -> Rendered:
    """Return how to show an item; one of an unknown type shows that it is unknown.

    So does one that its package cannot read any more: one row never takes a page of many down.
    """
    known = _renderers.get(item.payload_type)
    return _safely(item, lambda: known[0](item, acting, lang)) if known is not None else UNKNOWN


def brief(item: Item, lang: str) -> Brief:
    """Return how to show an item in a line; nothing is said of one that cannot be read."""
    known = _renderers.get(item.payload_type)
    return _safely(item, lambda: known[1](item, lang)) if known is not None else UNKNOWN


def _safely(item: Item, show: Callable[[], BriefT]) -> BriefT | Rendered:
    try:
        return show()
    except (LiaisonError, KeyError, TypeError, ValueError) as error:
        log.warning("item %s not shown: %s", item.key, type(error).__name__)
        return UNKNOWN
