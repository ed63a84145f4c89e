"""What is left out where links are followed, and how that is named in the answer."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from borderliaison.charts.network.groups import groups_of, numbers_of
from borderliaison.charts.network.kinds import item_word, link_word
from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.which import HUBS, Which
from borderliaison.records.shown.words import name_of


@dataclass(frozen=True, slots=True)
class Omitted:
    """What nobody comes to, and along what nobody goes.

    Attributes:
        keys: of items.
        items: kinds of items, what extends them included.
        links: kinds of links.
        hubs: crossing points, offices, territories and substances.
    """

    keys: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    hubs: bool = False

    @property
    def all_items(self) -> frozenset[str]:
        """All kinds of items that are left out."""
        return frozenset(self.items) | (HUBS if self.hubs else frozenset())

    def which(self, asked: Collection[str]) -> Which:
        """Return what is followed; what is asked for is come to in any case."""
        numbers = numbers_of([one for one in self.keys if one not in asked])
        return Which(
            but_not=self.all_items,
            not_kinds=frozenset(self.links),
            without=frozenset(numbers.values()),
        )

    def named(self, reader: Reader, asked: Collection[str], lang: str) -> tuple[str, ...]:
        """Return in words what is left out, as far as it is there for the reader: items first."""
        keys = [one for one in self.keys if one not in asked]
        numbers = numbers_of(keys)
        known = groups_of(reader, numbers.values())
        found = dict.fromkeys(
            known.keys[numbers[one]] for one in keys if numbers.get(one) in known.keys
        )
        names = [name_of(known.profiles[one], lang) for one in found]
        kinds = sorted(item_word(one, lang) for one in self.all_items)
        links = sorted(link_word(one, lang) for one in self.links)
        return (*names, *kinds, *links)


NOTHING: Final = Omitted()
