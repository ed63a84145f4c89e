"""Portraits of entities, read from what is said of them and of what belongs to them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from borderliaison.records.models import Identity, Link, Statement
from borderliaison.records.ontology.model import schemata
from borderliaison.records.ontology.schema import Schema
from borderliaison.records.resolution.facts import in_parts
from borderliaison.records.resolution.portraits import Around, Portrait, Told, portrait

_WHY: Final = (
    "who may be one is looked for among all; each reader sees the pairs of which he may read both"
)
Seen = tuple[int, int]
"""An entity and a marking: what is read under one marking is compared apart from the rest."""


def portraits_of(pks: Collection[int]) -> list[Portrait]:
    """Return the portraits of those of some entities that may turn out to be others, one a marking."""
    told, kinds = _told(pks)
    around = _around({pk for pk, _ in told})
    return [
        portrait(pk, marking, kinds[pk], some, around.get((pk, marking), Around()))
        for (pk, marking), some in told.items()
    ]


def is_compared(kind: Schema) -> bool:
    """Whether things of a kind may turn out to be others."""
    return kind.is_matchable and kind.edge is None


def _told(pks: Collection[int]) -> tuple[dict[Seen, list[Told]], dict[int, str]]:
    compared = [name for name, one in schemata().items() if is_compared(one)]
    told: dict[Seen, list[Told]] = defaultdict(list)
    kinds: dict[int, str] = {}
    said = Statement.objects.as_system(_WHY).filter(entity__schema__in=compared)
    for some in in_parts(pks):
        rows = said.filter(entity__in=some).values_list(
            "entity_id", "marking_id", "entity__schema", "prop", "value"
        )
        for pk, marking, kind, prop, value in rows:
            told[pk, marking].append(Told(prop, value))
            kinds[pk] = kind
    return told, kinds


def _around(pks: Collection[int]) -> dict[Seen, Around]:
    """Return the numbers of entities and of their neighbours, each under the marking of the line to it.

    Whatever goes by a number of its own is not known by what it is linked with: two telephones that called
    one number are two.
    """
    own: dict[Seen, set[str]] = defaultdict(set)
    belonging: dict[Seen, set[str]] = defaultdict(set)
    identities, links = Identity.objects.as_system(_WHY), Link.objects.as_system(_WHY)
    for some in in_parts(pks):
        for pk, marking, key in identities.filter(entity__in=some).values_list(
            "entity_id", "marking_id", "key"
        ):
            own[pk, marking].add(key)
        named = {pk for pk, _ in own}
        others = [pk for pk in some if pk not in named]
        lines = [
            *links.filter(begin__in=others).values_list("begin_id", "marking_id", "end_id"),
            *links.filter(end__in=others).values_list("end_id", "marking_id", "begin_id"),
        ]
        numbers = _numbers({there for _, _, there in lines})
        for pk, marking, there in lines:
            belonging[pk, marking] |= numbers.get((there, marking), set())
    return {
        seen: Around(frozenset(own[seen]), frozenset(belonging[seen]))
        for seen in own.keys() | belonging.keys()
    }


def _numbers(pks: Collection[int]) -> dict[Seen, set[str]]:
    found: dict[Seen, set[str]] = defaultdict(set)
    said = Identity.objects.as_system(_WHY)
    for some in in_parts(pks):
        for pk, marking, key in said.filter(entity__in=some).values_list(
            "entity_id", "marking_id", "key"
        ):
            found[pk, marking].add(key)
    return found
