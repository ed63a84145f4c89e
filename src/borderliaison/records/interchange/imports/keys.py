"""How the items of a file are called in the records. Pure.

An item is named after its set, so that the same set means the same entities each time it comes. What a code
names everywhere, as a crossing point or a substance, is the one entity of that code.
"""

from typing import Final

from borderliaison.records.interchange.items import Item
from borderliaison.records.statements.drafted import key_of_entity

_CODE: Final = "code"


class Keys:
    """The keys of the entities of one set."""

    def __init__(self, of_set: str) -> None:
        self._set = of_set
        self._shared: dict[str, str] = {}

    def learn(self, item: Item) -> None:
        """Look whether an item is one that a code names everywhere."""
        if _CODE in item.kind.required:
            codes = item.values(_CODE)
            if codes:
                self._shared[item.key] = key_of_entity(item.schema, codes[0])

    def of(self, name: str) -> str:
        """Return the entity's key of an item's name in its file."""
        return self._shared.get(name) or key_of_entity(self._set, name)
