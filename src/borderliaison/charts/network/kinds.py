"""The kinds of items and links: which there are, which lead on from some items, and how they are called."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from borderliaison.charts.network.groups import numbers_of
from borderliaison.charts.network.lines import link_words
from borderliaison.kernel.policy import Reader
from borderliaison.records.graph.network import network
from borderliaison.records.graph.which import Which
from borderliaison.records.ontology.model import schema, schemata


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of items or links.

    Attributes:
        name: a schema, or the name of a reference: ``Identification:holder``.
        words: how it is called.
        count: how many items it leads to, or are of it.
    """

    name: str
    words: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Kinds:
    """Those that lead on from some items.

    Attributes:
        links: the kinds of links, those to most items first.
        items: the kinds of items at their ends, likewise.
    """

    links: tuple[Kind, ...]
    items: tuple[Kind, ...]

    def as_data(self) -> dict[str, Any]:
        """Return them by their names."""
        return asdict(self)


@cache
def item_kinds() -> frozenset[str]:
    """Return the schemata of items, those too that only others extend."""
    return frozenset(name for name, one in schemata().items() if one.edge is None)


@cache
def link_kinds() -> frozenset[str]:
    """Return the schemata of links and the names of references."""
    every = schemata()
    references = (
        prop.qname
        for one in every.values()
        for prop in one.properties.values()
        if prop.type.name == "entity"
    )
    return frozenset(every.keys() - item_kinds()) | frozenset(references)


def kinds_around(reader: Reader, keys: Collection[str], shown: Collection[str], lang: str) -> Kinds:
    """Return of what kinds that is which is linked to some items and not on the chart.

    Args:
        reader: who looks; what he may not read is in no count.
        keys: of the items.
        shown: the keys of all on the chart.
        lang: in which words are written.
    """
    numbers = numbers_of({*keys, *shown})
    starts = [numbers[one] for one in keys if one in numbers]
    there = frozenset(numbers[one] for one in shown if one in numbers).difference(starts)
    around = network(reader).around(starts, Which(without=there))
    return Kinds(
        _named({one: link_word(one, lang) for one in around.by_line}, around.by_line, lang),
        _named({one: item_word(one, lang) for one in around.by_schema}, around.by_schema, lang),
    )


def every_kind(lang: str) -> dict[str, list[Kind]]:
    """Return all kinds of items (``items_of``) and all links that are entities of their own (``links``)."""
    items = [
        one for one in item_kinds() if not schema(one).is_abstract and schema(one).is_a("Thing")
    ]
    links = [name for name, one in schemata().items() if one.edge is not None]
    return {
        "items_of": _sorted(Kind(one, item_word(one, lang)) for one in items),
        "links": _sorted(Kind(one, link_word(one, lang)) for one in links),
    }


def item_word(kind: str, lang: str) -> str:
    """Return how items of a kind are called; of one that this office does not know, its name."""
    return schema(kind).plural.text(lang) if kind in schemata() else kind


def link_word(kind: str, lang: str) -> str:
    """Return how links of a kind are called, as a word for itself."""
    words = link_words(kind, lang)[0]
    return words[:1].upper() + words[1:]


def _named(words: Mapping[str, str], counts: Mapping[str, int], lang: str) -> tuple[Kind, ...]:
    """Return kinds with their words; what two are called says of what it is."""
    often = Counter(words.values())
    found = [
        Kind(one, said if often[said] == 1 else f"{said} ({_of(one, lang)})", counts[one])
        for one, said in words.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.words, one.name)))


def _of(kind: str, lang: str) -> str:
    name = kind.partition(":")[0]
    return schema(name).label.text(lang) if name in schemata() else name


def _sorted(kinds: Iterable[Kind]) -> list[Kind]:
    return sorted(kinds, key=lambda one: (one.words, one.name))
