"""Which entities are the same for a reader, as far as the graph needs to know it, and kept up to date.

A source that is new can only add numbers, so it is enough to ask again about what these touch. Whatever
else has changed, judgements or what an old source says, everything is read again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Entity, Identity
from borderliaison.records.resolution.canonical import members, samenesses
from borderliaison.records.resolution.grouping import joined

Sameness: TypeAlias = Mapping[int, tuple[int, ...]]
"""Of each entity that is not alone all that are the same, that with the lowest key first."""
_AT_ONCE = 500


def read(reader: Reader) -> Sameness:
    """Return who is the same as whom for a reader."""
    return {pk: group for group in _groups(samenesses(reader)) for pk in group}


def with_new(known: Sameness, reader: Reader, sources: Collection[int]) -> Sameness:
    """Return who is the same as whom after some sources came that were not there before."""
    numbered = Identity.objects.readable_by(reader).filter(source__in=sources)
    touched = set(numbered.values_list("entity_id", flat=True))
    if not touched:
        return known
    found = members(reader, touched)
    while around := {
        one
        for group in found.values()
        for pk in group
        for one in (*group, *known.get(pk, ()))
        if one not in found
    }:
        found |= members(reader, around)
    others = {pk: group for pk, group in known.items() if pk not in found}
    return others | {pk: group for pk, group in found.items() if len(group) > 1}


def _groups(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Yield the entities that are the same, that with the lowest key first."""
    found = joined(pairs)
    keys = dict(_keys(sorted(one for group in found for one in group)))
    for group in found:
        yield tuple(sorted(group, key=keys.__getitem__))


def _keys(pks: list[int]) -> Iterator[tuple[int, str]]:
    for start in range(0, len(pks), _AT_ONCE):
        some = Entity.objects.filter(pk__in=pks[start : start + _AT_ONCE])
        yield from some.values_list("pk", "key")
