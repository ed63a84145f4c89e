"""Several records of which each may be one with another: told together, and judged by one act."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final
from uuid import uuid4

from django.db import transaction

from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Entity
from borderliaison.records.resolution.canonical import members
from borderliaison.records.resolution.errors import FewOrManyChosen, NoSuchRecord
from borderliaison.records.resolution.facts import between, standing
from borderliaison.records.resolution.judging import Judge, Why, judge
from borderliaison.records.resolution.models import Judgement, Verdict
from borderliaison.records.resolution.offered import pairs_of, unjudged
from borderliaison.sql.within import within

FEWEST: Final = 3
MAX_AT_ONCE: Final = 12
"""Records. More do not stand side by side; judged different, each two of them are a judgement."""
_LIKELY: Final = 0.5
_LOOKED_AT: Final = 400


@dataclass(frozen=True, slots=True)
class Several:
    """Records that hang together by pairs which nobody has judged.

    Attributes:
        records: the entities of each, that with the lowest key first; the record asked for is the first.
        scores: how likely each is one with one of those before it; None for the first.
        are_more: whether further ones hang together with them.
    """

    records: tuple[tuple[int, ...], ...]
    scores: tuple[float | None, ...]
    are_more: bool


def several(reader: Reader, pk: int) -> Several:
    """Return the records that hang together with one, the likeliest before others.

    Args:
        reader: who judges.
        pk: an entity of the record.

    Raises:
        NoSuchRecord: it does not exist for him.
    """
    asked = members(reader, [pk])
    if pk not in asked:
        raise NoSuchRecord
    found: dict[tuple[int, ...], float | None] = {asked[pk]: None}
    while len(found) <= MAX_AT_ONCE:
        best: dict[tuple[int, ...], float] = {}
        for other, score in _beside(reader, found):
            best[other] = max(score, best.get(other, 0.0))
        if not best:
            break
        for other in sorted(best, key=lambda one: (-best[one], one)):
            found[other] = best[other]
    some = tuple(found)[:MAX_AT_ONCE]
    return Several(some, tuple(found[one] for one in some), len(found) > MAX_AT_ONCE)


@transaction.atomic
def judge_several(
    who: Judge, keys: Sequence[str], verdict: Verdict, why: Why
) -> tuple[Judgement, ...]:
    """Keep that several records are all the same, or all different: by single judgements.

    Of those that are the same each is judged with the first, so that whichever is taken back leaves the
    others together; of those that are different, each two that nobody has judged so yet.

    Args:
        who: the officer.
        keys: of the records, that which the others are compared with first.
        verdict: the same or different.
        why: what he judges by.

    Returns:
        The judgements that were made, of one act: each can be taken back by itself, and all at once.

    Raises:
        JudgingError: one of them cannot be judged so; nothing was changed.
    """
    chosen, who = tuple(dict.fromkeys(keys)), _at_once(who)
    if not 1 < len(chosen) <= MAX_AT_ONCE or verdict is Verdict.UNSURE:
        raise FewOrManyChosen
    if verdict is Verdict.SAME:
        return tuple(judge(who, chosen[0], other, verdict, why) for other in chosen[1:])
    known = dict(Entity.objects.filter(key__in=chosen).values_list("key", "pk"))
    same = members(who.reader, known.values())
    groups = {key: same[pk] for key, pk in known.items() if pk in same}
    if len(groups) < len(chosen):
        raise NoSuchRecord
    apart = standing(who.reader).filter(verdict=Verdict.DIFFERENT)
    return tuple(
        judge(who, one, other, verdict, why)
        for one, other in combinations(chosen, 2)
        if not between(apart, groups[one], groups[other]).exists()
    )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an officer says of two records; as ``judge`` takes it."""

    one: str
    other: str
    verdict: Verdict
    why: Why


@transaction.atomic
def judge_pairs(who: Judge, pairs: Sequence[Ruling]) -> tuple[Judgement, ...]:
    """Keep what an officer judges of several pairs by one act, in their order: all or none.

    Raises:
        JudgingError: one of them cannot be judged so; nothing was changed.
    """
    who = _at_once(who)
    return tuple(judge(who, one.one, one.other, one.verdict, one.why) for one in pairs)


def _at_once(who: Judge) -> Judge:
    return replace(who, act=uuid4().hex)


def _beside(
    reader: Reader, found: Collection[tuple[int, ...]]
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Yield the records that may be one with one of some, with how likely that is."""
    here = {pk for group in found for pk in group}
    rows = unjudged(reader).filter(within("one", here) | within("other", here), score__gte=_LIKELY)
    some = list(rows.values_list("score", "pk", "one_id", "other_id")[:_LOOKED_AT])
    for pair, score, _pk in pairs_of(reader, some):
        for one in (pair.one, pair.other):
            if here.isdisjoint(one):
                yield one, score
