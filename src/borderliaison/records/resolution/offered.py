"""The pairs that an officer may judge, the likeliest first: each two groups once, none that is judged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Exists, OuterRef, Q

from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.markings.services import readable_ids
from borderliaison.records.models import Candidate
from borderliaison.records.resolution.canonical import members
from borderliaison.records.resolution.facts import in_parts, standing
from borderliaison.records.resolution.lapsing import lapsed
from borderliaison.records.resolution.models import Verdict
from borderliaison.records.resolution.narrowing import EVERYTHING, Narrowing

AT_ONCE: Final = 30
_LOOKED_AT: Final = 90


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one.

    Attributes:
        one: the entities that are the same on the one side, that with the lowest key first.
        other: likewise on the other.
        score: how likely they are one; None where nothing was found that speaks for it.
        has_lapsed: whether it was judged before of whom a corrected source does not speak any more.
    """

    one: tuple[int, ...]
    other: tuple[int, ...]
    score: float | None
    has_lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Some pairs, the likeliest first.

    Attributes:
        pairs: what there is to judge.
        following: from where to go on; empty at the end.
    """

    pairs: tuple[Pair, ...]
    following: str = ""


def offered(
    reader: Reader, after: str = "", limit: int = AT_ONCE, narrowing: Narrowing = EVERYTHING
) -> Offer:
    """Return pairs that this reader may judge; first those of which a judgement has lapsed.

    Args:
        reader: who judges.
        after: what an earlier answer had as ``following``.
        limit: how many pairs at most.
        narrowing: which pairs; those of a lapsed judgement have no likelihood, and come only with all.
    """
    place = _place(after)
    found = _lapsed(reader, limit // 2) if place is None and not narrowing else {}
    rows = narrowing.of(reader, unjudged(reader))
    while True:
        some = list(
            _after(rows, place).values_list("score", "pk", "one_id", "other_id")[:_LOOKED_AT]
        )
        for pair, score, pk in pairs_of(reader, some):
            found.setdefault(frozenset((pair.one[0], pair.other[0])), pair)
            place = (score, pk)
            if len(found) == limit:
                more = _after(rows, place).exists()
                return Offer(tuple(found.values()), f"{score!r}:{pk}" if more else "")
        if len(some) < _LOOKED_AT:
            return Offer(tuple(found.values()))
        place = some[-1][:2]


def unsure(reader: Reader, after: str = "", limit: int = AT_ONCE) -> Offer:
    """Return the pairs of which an officer was unsure, the latest first.

    Args:
        reader: who judges.
        after: what an earlier answer had as ``following``.
        limit: how many judgements are looked at.
    """
    judged = standing(reader).filter(verdict=Verdict.UNSURE).order_by("-pk")
    if after.isdecimal():
        judged = judged.filter(pk__lt=int(after))
    rows = list(judged.values_list("pk", "one_id", "other_id")[: limit + 1])
    same = members(reader, {pk for _, *ends in rows for pk in ends})
    found: dict[frozenset[int], Pair] = {}
    for _, one, other in rows[:limit]:
        ours, theirs = same[one], same[other]
        if ours != theirs:
            found.setdefault(frozenset((ours[0], theirs[0])), Pair(ours, theirs, None))
    return Offer(tuple(found.values()), str(rows[limit - 1][0]) if len(rows) > limit else "")


def candidates(reader: Reader) -> MarkedQuerySet[Candidate]:
    """Return the candidates of which a reader may read both sides."""
    found: MarkedQuerySet[Candidate] = Candidate.objects.readable_by(reader).filter(
        other_marking__in=readable_ids(reader)
    )
    return found


def unjudged(reader: Reader) -> MarkedQuerySet[Candidate]:
    """Return the candidates on which nobody has judged, the likeliest first."""
    found: MarkedQuerySet[Candidate] = (
        candidates(reader).exclude(_judged(reader)).order_by("-score", "pk")
    )
    return found


def _judged(reader: Reader) -> Exists:
    """Return whether somebody has judged on both entities of a row."""
    return Exists(
        standing(reader).filter(
            Q(one=OuterRef("one"), other=OuterRef("other"))
            | Q(one=OuterRef("other"), other=OuterRef("one"))
        )
    )


def _lapsed(reader: Reader, limit: int) -> dict[frozenset[int], Pair]:
    """Return the pairs of which a judgement has lapsed and nobody has judged since, the latest first."""
    rows = lapsed(reader).exclude(_judged(reader)).order_by("-pk")
    some = [(0.0, *row) for row in rows.values_list("pk", "one_id", "other_id")[:limit]]
    return {
        frozenset((pair.one[0], pair.other[0])): replace(pair, score=None, has_lapsed=True)
        for pair, _, _ in pairs_of(reader, some)
    }


def _after(
    rows: MarkedQuerySet[Candidate], place: tuple[float, int] | None
) -> MarkedQuerySet[Candidate]:
    if place is None:
        return rows
    score, pk = place
    found: MarkedQuerySet[Candidate] = rows.filter(Q(score__lt=score) | Q(score=score, pk__gt=pk))
    return found


def pairs_of(
    reader: Reader, some: list[tuple[float, int, int, int]]
) -> Iterator[tuple[Pair, float, int]]:
    """Yield the pairs of records behind some candidates, each with its score and number.

    Args:
        reader: who judges.
        some: of each candidate its score, its number and both entities.
    """
    same = members(reader, {pk for row in some for pk in row[2:]})
    judged = _judged_groups(reader, {pk: group for group in same.values() for pk in group})
    for score, pk, one, other in some:
        ours, theirs = same.get(one, ()), same.get(other, ())
        if ours and theirs and ours != theirs and frozenset((ours, theirs)) not in judged:
            yield Pair(ours, theirs, score), score, pk


def _judged_groups(
    reader: Reader, groups: dict[int, tuple[int, ...]]
) -> set[frozenset[tuple[int, ...]]]:
    """Return which two of some groups have been judged."""
    found: set[frozenset[tuple[int, ...]]] = set()
    for some in in_parts(groups):
        for one, other in standing(reader).filter(one__in=some).values_list("one_id", "other_id"):
            if other in groups:
                found.add(frozenset((groups[one], groups[other])))
    return found


def _place(after: str) -> tuple[float, int] | None:
    score, _, pk = after.partition(":")
    try:
        return float(score), int(pk)
    except ValueError:
        return None
