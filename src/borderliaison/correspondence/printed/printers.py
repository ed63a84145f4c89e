"""How the body of an item stands on paper: the package that owns its payload type says so. A port."""

from collections.abc import Callable
from typing import Final

from borderliaison.correspondence.shown.render import UNKNOWN, Rendered
from borderliaison.printing.blocks import Block, Said, Text
from borderliaison.printing.tongues import Tongues

Printer = Callable[[Rendered, Rendered, Tongues], tuple[Block, ...]]
_printers: Final[dict[str, Printer]] = {}


def register_printer(payload_type: str, printer: Printer) -> None:
    """Say who puts items of this type on paper.

    Args:
        payload_type: of the items.
        printer: called with what the page shows, in the first and in the second language; with the same
            twice where there is no second.
    """
    _printers[payload_type] = printer


def body_of(
    payload_type: str, first: Rendered, second: Rendered, tongues: Tongues, unknown: Said
) -> tuple[Block, ...]:
    """Return the body of an item as blocks; ``unknown`` where nobody here can read it."""
    printer = _printers.get(payload_type)
    if printer is None or UNKNOWN in (first, second):
        return (Text(unknown, is_notice=True),)
    return printer(first, second, tongues)
