"""Which entities are the same for a reader: computed from the numbers and judgements that he may read.

The canonical key of a group is the lowest key of its members that exist for the reader, so two readers may
know one thing by two keys, and nothing betrays the other's.
"""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import F, Max, Min, QuerySet

from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Entity, Identity
from borderliaison.records.resolution.facts import existing, facts_around, in_parts, standing
from borderliaison.records.resolution.grouping import groups, star
from borderliaison.records.resolution.models import Judgement, Verdict

_AT_ONCE: Final = 5000
_WHY: Final = "which numbers several go by is asked of all; of those a reader gets what he may read"


def members(reader: Reader, pks: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return for each of some entities all that are the same for this reader, itself among them.

    Args:
        reader: who asks. What does not exist for him is not in the answer.
        pks: the entities' numbers, a handful.

    Returns:
        The numbers of the same, that with the lowest key first.
    """
    asked = existing(reader, pks)
    of = {pk: group for group in groups(facts_around(reader, asked)) for pk in group}
    every = {pk for one in asked for pk in of.get(one, {one})}
    keys = {pk: key for some in in_parts(every) for pk, key in _keys(some)}
    return {one: tuple(sorted(of.get(one, {one}), key=keys.__getitem__)) for one in asked}


def taken_back(reader: Reader, *judgements: Judgement) -> tuple[list[set[int]], list[set[int]]]:
    """Return who is the same now of those whom judgements bear on, and who would be without them.

    Returns:
        The groups as they are, and as they would be, each entity in one of them; the largest first.
    """
    ends = {pk for one in judgements for pk in (one.one_id, one.other_id)}
    now = facts_around(reader, ends)
    then = facts_around(reader, ends, without={one.pk for one in judgements})
    touched = {
        pk for group in groups(now) + groups(then) if not ends.isdisjoint(group) for pk in group
    }
    return _parted(groups(now), touched | ends), _parted(groups(then), touched | ends)


def samenesses(reader: Reader) -> Iterator[tuple[int, int]]:
    """Yield pairs of entities that are the same for this reader; all groups follow from them.

    Only what was judged is held in memory; of the numbers those are read that several go by.
    """
    judged = list(standing(reader).values_list("verdict", "one_id", "other_id").order_by("pk"))
    cut = {pk for verdict, *ends in judged if verdict == Verdict.DIFFERENT for pk in ends}
    around = facts_around(reader, cut)
    apart = {
        pk
        for ends in (around.same, around.different, around.numbers)
        for some in ends
        for pk in some
    }
    for group in groups(around):
        yield from star(group)
    for verdict, one, other in judged:
        if verdict == Verdict.SAME and one not in apart:
            yield one, other
    rows = Identity.objects.readable_by(reader).filter(key__in=_held_by_several())
    rows = rows.order_by("key", "entity_id")
    numbered = rows.values_list("key", "entity_id").iterator(chunk_size=_AT_ONCE)
    for _, some in groupby(numbered, key=itemgetter(0)):
        group = {pk for _, pk in some}
        if apart.isdisjoint(group):
            yield from star(group)


def _held_by_several() -> QuerySet[Any]:
    """Return the numbers that several entities go by, whoever may read them: by the index alone."""
    held = Identity.objects.as_system(_WHY).order_by().values("key")
    several = held.annotate(first=Min("entity_id"), last=Max("entity_id")).exclude(first=F("last"))
    return several.values("key")


def _parted(made: list[set[int]], pks: set[int]) -> list[set[int]]:
    """Return the groups that some entities are in, those alone among them."""
    found = [group & pks for group in made if not group.isdisjoint(pks)]
    alone = pks.difference(*found)
    return sorted([*found, *({pk} for pk in alone)], key=lambda group: (-len(group), min(group)))


def _keys(pks: Collection[int]) -> Iterator[tuple[int, str]]:
    yield from Entity.objects.filter(pk__in=pks).values_list("pk", "key")
