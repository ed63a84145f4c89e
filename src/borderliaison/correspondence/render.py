"""How an item is shown: the package that owns its payload type says with which template.

A port, so that a thread page shows a lookout without this package knowing what a lookout is.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.kernel.errors import LiaisonError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendered:
    """An item ready for its template.

    Attributes:
        template: the template that draws the body of the item.
        context: what that template needs.
        kind: the word above it: "Lookout".
        title: what it is about, in the reader's language; empty leaves the item's own.
        summary: one line for a list.
        icon: the name of its icon.
        number: the register number, where it has one.
        is_card: drawn as a card with its ladder; else as a bubble of the talk.
        can_pass_on: whether "pass on" is offered.
        tone: ``red`` for what must be acted on now, ``amber`` for soon; empty else.
        due_at: until when it holds, where it says so.
        takes_measures: whether those who get it may report measures and a result.
        expects_acts: whether those who get it are asked to do something.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    title: str = ""
    summary: str = ""
    icon: str = ""
    number: str = ""
    is_card: bool = False
    can_pass_on: bool = False
    tone: str = ""
    due_at: datetime | None = None
    takes_measures: bool = False
    expects_acts: bool = False


Renderer = Callable[[Item, Acting, str], Rendered]
_renderers: dict[str, Renderer] = {}


def register_renderer(payload_type: str, renderer: Renderer) -> None:
    """Say who shows items of this type: called with the item, who looks, and the language."""
    _renderers[payload_type] = renderer


def render(item: Item, acting: Acting, lang: str) -> Rendered:
    """Return how to show an item; one of an unknown type shows that it is unknown.

    So does one that its package cannot read any more: one row never takes a page of many down.
    """
    renderer = _renderers.get(item.payload_type)
    if renderer is None:
        return Rendered("correspondence/items/unknown.html")
    try:
        return renderer(item, acting, lang)
    except (LiaisonError, KeyError, TypeError, ValueError) as error:
        log.warning("item %s not shown: %s", item.key, type(error).__name__)
        return Rendered("correspondence/items/unknown.html")
