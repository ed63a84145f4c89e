"""How far a score can be trusted: what officers judged of the pairs, likelihood by likelihood."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.db.models import F
from django.db.models.functions import Mod

from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.models import Candidate, Judgement
from borderliaison.records.resolution.facts import in_parts, standing
from borderliaison.records.resolution.models import Verdict
from borderliaison.records.resolution.narrowing import EVERYTHING, Narrowing
from borderliaison.records.resolution.offered import Pair, candidates, pairs_of, unjudged

BANDS: Final = (0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.01)
"""Where one likelihood ends and the next begins."""
_OF_EACH: Final = 5
_STRIDE, _ROUND = 7919, 104_729
"""Two primes: an order that has nothing to do with the score, and is the same each time."""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs of about the same likelihood.

    Attributes:
        lowest: their lowest score.
        judged: how many of them were judged the same or different.
        same: how many of these the same.
    """

    lowest: float
    judged: int
    same: int


def measured(judgements: MarkedQuerySet[Judgement], found: MarkedQuerySet[Candidate]) -> list[Band]:
    """Return what was judged of the pairs, the likeliest first.

    Args:
        judgements: those that stand.
        found: the pairs that they may be of.
    """
    verdicts = {
        frozenset((one, other)): verdict
        for one, other, verdict in judgements.exclude(verdict=Verdict.UNSURE).values_list(
            "one_id", "other_id", "verdict"
        )
    }
    ends = {pk for pair in verdicts for pk in pair}
    scores: dict[frozenset[int], float] = {}
    for one, other, score in _on(found, ends):
        pair = frozenset((one, other))
        scores[pair] = max(score, scores.get(pair, 0.0))
    judged = Counter(
        (_band(scores[pair]), verdict) for pair, verdict in verdicts.items() if pair in scores
    )
    return [
        Band(
            low,
            judged[low, Verdict.SAME] + judged[low, Verdict.DIFFERENT],
            judged[low, Verdict.SAME],
        )
        for low in reversed(BANDS[:-1])
    ]


@dataclass(frozen=True, slots=True)
class Cut:
    """What pairs from a likelihood on would give.

    Attributes:
        lowest: the likelihood.
        pairs: how many are kept.
        judged: how many of them were judged the same or different.
        same: how many of these the same.
        precision: which part of the judged is the same; None where none was judged.
        recall: which part of all scored pairs that were judged the same is among them; None where none was.
    """

    lowest: float
    pairs: int
    judged: int
    same: int
    precision: float | None
    recall: float | None


def cuts(bands: Sequence[Band], found: MarkedQuerySet[Candidate]) -> list[Cut]:
    """Return what each likelihood would give, the lowest first.

    Args:
        bands: what was judged, as ``measured`` says it.
        found: the pairs that are kept.
    """
    all_same = sum(one.same for one in bands)
    answer = []
    for lowest in BANDS[:-1]:
        above = [one for one in bands if one.lowest >= lowest]
        judged, same = (sum(getattr(one, name) for one in above) for name in ("judged", "same"))
        number = found.filter(score__gte=lowest).count()
        precision = same / judged if judged else None
        recall = same / all_same if all_same else None
        answer.append(Cut(lowest, number, judged, same, precision, recall))
    return answer


def trusted(reader: Reader) -> list[Band]:
    """Return what was judged of the pairs that a reader may know of."""
    return measured(standing(reader), candidates(reader))


def sample(reader: Reader, narrowing: Narrowing = EVERYTHING) -> tuple[Pair, ...]:
    """Return some pairs of each likelihood that nobody has judged, as if drawn by lot."""
    rows = narrowing.of(reader, unjudged(reader)).order_by(Mod(F("pk") * _STRIDE, _ROUND), "pk")
    found: dict[frozenset[int], Pair] = {}
    for low, high in pairwise(BANDS):
        some = rows.filter(score__gte=low, score__lt=high)[:_OF_EACH]
        for pair, _score, _pk in pairs_of(
            reader, list(some.values_list("score", "pk", "one_id", "other_id"))
        ):
            found.setdefault(frozenset((pair.one[0], pair.other[0])), pair)
    return tuple(found.values())


def _on(found: MarkedQuerySet[Candidate], ends: Iterable[int]) -> Iterable[tuple[int, int, float]]:
    for some in in_parts(set(ends)):
        yield from found.filter(one__in=some).values_list("one_id", "other_id", "score")


def _band(score: float) -> float:
    return max((low for low in BANDS[:-1] if low <= score), default=BANDS[0])
