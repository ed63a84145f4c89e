"""Finding who may be one with what a source speaks of, when it is written."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from borderliaison.records.models import (
    Candidate,
    Clue,
    ImportSet,
    Source,
    Statement,
    Uncompared,
)
from borderliaison.records.ontology.model import schemata
from borderliaison.records.resolution.clues import clues_of
from borderliaison.records.resolution.comparing import compared, weights
from borderliaison.records.resolution.facts import in_parts
from borderliaison.records.resolution.looking import is_compared, portraits_of
from borderliaison.records.resolution.portraits import Portrait, are_comparable
from borderliaison.records.resolution.turn import take_turn
from borderliaison.sql.pace import Pace
from borderliaison.sql.statements import places, run

_WHY: Final = (
    "who may be one is looked for among all; each reader sees the pairs of which he may read both"
)
_BATCH: Final = 500
_PORTRAITS: Final = 1000
"""Of others, in memory at once."""
_PACE: Final = Pace(50)
_LET_WAIT: Final = (
    "INSERT INTO records_uncompared (entity_id, of_id) SELECT id, %s FROM records_entity"
    " WHERE id IN ({pks}) AND schema IN ({kinds}) ON CONFLICT (entity_id) DO NOTHING"
)
T = TypeVar("T")
MOST_WITH_A_CLUE: Final = 200
"""Entities. A clue that more have says little: a common name counts with the year of birth only."""


def compare(pks: Collection[int], *, apart: bool = True) -> int:
    """Look for whoever some entities may be one with, and keep the pairs; forget what was found before.

    Args:
        pks: what one source speaks of.
        apart: whether these are known to be different: a report names each person once.

    Returns:
        How many pairs were found.
    """
    forget(pks)
    ours = portraits_of(pks)
    clues = keep_clues(ours)
    met = _met({key for keys in clues.values() for key in keys})
    own = {one.pk for one in ours}
    sharing = {
        one: {pk for key in keys for pk in met.get(key, ()) if pk not in own or pk > one.pk}
        - (own if apart else set())
        for one, keys in clues.items()
    }
    found = 0
    for some in _in_batches(sorted(set[int]().union(*sharing.values())), _PORTRAITS):
        pairs = list(_pairs(sharing, portraits_of(some)))
        Candidate.objects.bulk_create(pairs, _BATCH, ignore_conflicts=True)
        found += len(pairs)
    return found


def let_wait(of_set: ImportSet, pks: Collection[int]) -> None:
    """Let those of some entities that may turn out to be others wait until a set is whole."""
    kinds = [name for name, one in schemata().items() if is_compared(one)]
    for some in in_parts(pks):
        run(_LET_WAIT.format(pks=places(some), kinds=places(kinds)), of_set.pk, *some, *kinds)


def compare_some() -> int:
    """Compare the next of those who came with an import that is whole; return how many, 0 at the end.

    Two of one import may be one: a list names people twice. Few are compared in one commit, so that others
    who write do not wait long.
    """
    whole = ImportSet.objects.as_system(_WHY).exclude(digest="")
    some_wait = Exists(Uncompared.objects.filter(of=OuterRef("pk")))
    of_set = whole.filter(some_wait).values_list("pk", flat=True).first()
    if of_set is None:
        return 0
    with _PACE.commit():
        take_turn()
        waiting = Uncompared.objects.filter(of=of_set, of__in=whole.values("pk")).order_by("pk")
        rows = list(waiting.values_list("pk", "entity_id")[: _PACE.at_once])
        compare({pk for _, pk in rows}, apart=False)
        for some in in_parts([number for number, _ in rows]):
            Uncompared.objects.filter(pk__in=some).delete()
    return len(rows)


def keep_clues(portraits: Collection[Portrait]) -> dict[Portrait, list[str]]:
    """Write down by what these can be found to be others; return it. What is there stays."""
    clues = {one: list(clues_of(one)) for one in portraits}
    there: set[tuple[int, int]] = set()
    for some in in_parts({one.pk for one in portraits}):
        kept = Clue.objects.as_system(_WHY).filter(entity__in=some)
        there |= set(kept.values_list("entity_id", "marking_id").distinct())
    Clue.objects.bulk_create(
        [
            Clue(entity_id=one.pk, marking_id=one.marking, key=key)
            for one, keys in clues.items()
            if (one.pk, one.marking) not in there
            for key in keys
        ],
        _BATCH,
    )
    return clues


def compare_what_was_not(progress: Callable[[int], None]) -> int:
    """Compare what was written and not compared; return how many reports and entities were looked at."""
    done = 0
    while some := compare_some():
        done += some
        progress(done)
    for pk in (
        Source.objects.filter(kind=Source.Kind.REPORT).order_by("pk").values_list("pk", flat=True)
    ):
        said = Statement.objects.as_system(_WHY).filter(source=pk)
        entities = set(said.values_list("entity_id", flat=True).distinct())
        if not any(
            Clue.objects.as_system(_WHY).filter(entity__in=some).exists()
            for some in in_parts(entities)
        ):
            with transaction.atomic():
                take_turn()
                compare(entities)
        done += 1
        progress(done)
    return done


def forget(pks: Collection[int]) -> None:
    """Forget what was found of some entities."""
    for some in in_parts(pks):
        Clue.objects.as_system(_WHY).filter(entity__in=some).delete()
        pairs = Candidate.objects.as_system(_WHY)
        pairs.filter(Q(one__in=some) | Q(other__in=some)).delete()


def _met(keys: Collection[str]) -> dict[str, set[int]]:
    """Return who has each of some clues, without those that too many have."""
    found: dict[str, set[int]] = defaultdict(set)
    for some in _in_batches(sorted(keys), _BATCH):
        clues = Clue.objects.as_system(_WHY).filter(key__in=some)
        counted = (
            clues.values("key").annotate(n=Count("pk")).filter(n__lte=MOST_WITH_A_CLUE, n__gt=1)
        )
        telling = [one["key"] for one in counted]
        for key, pk in clues.filter(key__in=telling).values_list("key", "entity_id"):
            found[key].add(pk)
    return found


def _pair(one: Portrait, other: Portrait) -> Candidate | None:
    if not are_comparable(one, other):
        return None
    found = compared(one, other)
    if found.probability < weights().shown_from:
        return None
    low, high = sorted((one, other), key=lambda each: each.pk)
    return Candidate(
        one_id=low.pk,
        other_id=high.pk,
        marking_id=low.marking,
        other_marking_id=high.marking,
        score=found.probability,
        before=found.before,
        reasons=[[reason.code, reason.bits] for reason in found.reasons],
    )


def _pairs(
    sharing: Mapping[Portrait, Set[int]], theirs: Collection[Portrait]
) -> Iterator[Candidate]:
    """Yield the likely pairs of some with those with whom they share a clue."""
    by_pk: dict[int, list[Portrait]] = defaultdict(list)
    for there in theirs:
        by_pk[there.pk].append(there)
    for one, pks in sharing.items():
        for there in (there for pk in sorted(pks & by_pk.keys()) for there in by_pk[pk]):
            if (pair := _pair(one, there)) is not None:
                yield pair


def _in_batches(many: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(many), size):
        yield many[start : start + size]
