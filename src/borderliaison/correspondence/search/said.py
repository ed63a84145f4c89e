"""What an item says, piece by piece: the package that owns its payload type reads it. A port."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from borderliaison.correspondence.models import Item
from borderliaison.forms.schema import Refused
from borderliaison.kernel.errors import LiaisonError


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of what an item says.

    Attributes:
        texts: as they are written; empty where it is a code.
        codes: what it is, as ``list.code``: ``substance.heroin``, ``office.KG-DST``, ``form.lookout``.
        shown: returns the piece's name and what it says, in a language.
    """

    shown: Callable[[str], tuple[str, str]]
    texts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


SaidReader = Callable[[Item], Iterable[Said]]
_readers: dict[str, SaidReader] = {}


def register_said(payload_type: str, reader: SaidReader) -> None:
    """Say who reads what items of this type say."""
    _readers[payload_type] = reader


def said_by(item: Item) -> Iterator[Said]:
    """Yield what an item says; of one that its package cannot read, what could be read of it."""
    reader = _readers.get(item.payload_type)
    if reader is None:
        return
    try:
        yield from reader(item)
    except (LiaisonError, Refused, KeyError, TypeError, ValueError):
        return
