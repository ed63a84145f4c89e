"""Where a file is shown: the packages that own drafts and items say how to get back there.

A port: this package knows them by kind and key alone.
"""

from collections.abc import Callable
from typing import Final

Place = Callable[[str], str]
"""Returns the address of what has this key; empty where there is none any more."""
_places: Final[dict[str, Place]] = {}


def register_place(owner_kind: str, place: Place) -> None:
    """Say where files of this kind of owner are shown."""
    _places[owner_kind] = place


def place_of(owner_kind: str, owner: str) -> str:
    """Return the address of the page on which a file's owner is; empty where nobody says so."""
    place = _places.get(owner_kind)
    return place(owner) if place is not None else ""
