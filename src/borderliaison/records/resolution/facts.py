"""The numbers and judgements around some entities, as far as one reader may read them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final, TypeVar

from django.db.models import Exists, OuterRef, Q

from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.models import Identity, Statement
from borderliaison.records.resolution.grouping import Facts
from borderliaison.records.resolution.models import Judgement, Lapsed, Verdict
from borderliaison.sql.within import within

_AT_ONCE: Final = 400
PairT = TypeVar("PairT", Judgement, Lapsed)


def existing(reader: Reader, pks: Collection[int]) -> set[int]:
    """Return those of some entities of which the reader may read anything."""
    if not pks:
        return set()
    said = Statement.objects.readable_by(reader)
    return set(said.filter(within("entity", pks)).values_list("entity_id", flat=True).distinct())


def standing(reader: Reader) -> MarkedQuerySet[Judgement]:
    """Return the judgements that a reader may use: not taken back, on what exists for him."""
    return all_judgements(reader).filter(undone_at=None)


def all_judgements(reader: Reader) -> MarkedQuerySet[Judgement]:
    """Return the judgements on what exists for a reader, those that were taken back among them."""
    return on_what_exists(Judgement.objects.readable_by(reader), reader)


def on_what_exists(pairs: MarkedQuerySet[PairT], reader: Reader) -> MarkedQuerySet[PairT]:
    """Return those rows about a pair of entities of which both exist for the reader."""
    said = Statement.objects.readable_by(reader)
    return pairs.filter(
        Exists(said.filter(entity=OuterRef("one"))), Exists(said.filter(entity=OuterRef("other")))
    )


def between(
    pairs: MarkedQuerySet[PairT], ours: Collection[int], theirs: Collection[int]
) -> MarkedQuerySet[PairT]:
    """Return those rows that are about one of these entities, which are few, and one of those."""
    return pairs.filter(Q(one__in=ours, other__in=theirs) | Q(one__in=theirs, other__in=ours))


def facts_around(reader: Reader, pks: Collection[int], without: Collection[int] = ()) -> Facts:
    """Return all that bears on who is the same as these entities, and as those in their turn.

    Args:
        reader: who asks.
        pks: the entities.
        without: the numbers of judgements that are taken as if they had been taken back.
    """
    judged: dict[int, tuple[str, int, int]] = {}
    numbers: dict[str, list[int]] = {}
    seen: set[int] = set()
    frontier = set(pks)
    while frontier:
        seen |= frontier
        reached: set[int] = set()
        for pk, verdict, one, other in _judgements(reader, frontier):
            if pk not in without:
                judged[pk] = (verdict, one, other)
            reached |= {one, other}
        keys = _numbers_of(reader, frontier) - numbers.keys()
        for key, some in _with_numbers(reader, keys).items():
            numbers[key] = sorted(some)
            reached |= some
        frontier = reached - seen
    return Facts(
        same=_pairs(judged, Verdict.SAME),
        different=_pairs(judged, Verdict.DIFFERENT),
        numbers=[numbers[key] for key in sorted(numbers)],
    )


def in_parts(pks: Collection[int]) -> Iterator[list[int]]:
    """Yield some numbers in lists that a query bears."""
    ordered = sorted(pks)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _pairs(judged: dict[int, tuple[str, int, int]], verdict: Verdict) -> list[tuple[int, int]]:
    return [(one, other) for _, (said, one, other) in sorted(judged.items()) if said == verdict]


def _judgements(reader: Reader, pks: Collection[int]) -> Iterator[tuple[int, str, int, int]]:
    found = standing(reader).exclude(verdict=Verdict.UNSURE)
    touching = found.filter(within("one", pks) | within("other", pks))
    yield from touching.values_list("pk", "verdict", "one_id", "other_id")


def _numbers_of(reader: Reader, pks: Collection[int]) -> set[str]:
    said = Identity.objects.readable_by(reader)
    return set(said.filter(within("entity", pks)).values_list("key", flat=True))


def _with_numbers(reader: Reader, keys: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    held = Identity.objects.readable_by(reader).filter(within("key", keys))
    for key, pk in held.values_list("key", "entity_id"):
        found[key].add(pk)
    return found
