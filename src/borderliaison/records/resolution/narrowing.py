"""Which of the pairs an officer looks at: from what likelihood, and of which imported set."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q

from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.models import Candidate, ImportPart, ImportSet, Statement

THRESHOLDS: Final = (0.1, 0.3, 0.5, 0.7, 0.9, 0.99)
"""From what likelihood pairs may be asked for; the first asks for all that are kept."""
MOST_COUNTED: Final = 1_000
SETS: Final = 200


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is looked at.

    Attributes:
        lowest: how likely a pair is at least, one of ``THRESHOLDS``.
        of_set: the key of an imported set of which one of both is; empty for all.
    """

    lowest: float = THRESHOLDS[0]
    of_set: str = ""

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def query(self) -> str:
        """Return it as it stands in an address; empty where nothing is narrowed."""
        said = {"from": f"{self.lowest:g}"} if self.lowest != THRESHOLDS[0] else {}
        return urlencode(said | ({"set": self.of_set} if self.of_set else {}))

    def of(self, reader: Reader, rows: MarkedQuerySet[Candidate]) -> MarkedQuerySet[Candidate]:
        """Keep those candidates that are looked at; of a set, by what this reader may read of it."""
        kept = rows.filter(score__gte=self.lowest) if self.lowest != THRESHOLDS[0] else rows
        if not self.of_set:
            return kept
        there = ImportSet.objects.readable_by(reader).filter(key=self.of_set)
        sources = ImportPart.objects.filter(of__in=there).values("source")
        said = Statement.objects.readable_by(reader).filter(source__in=sources)
        one, other = (Exists(said.filter(entity=OuterRef(end))) for end in ("one", "other"))
        found: MarkedQuerySet[Candidate] = kept.filter(Q(one) | Q(other))
        return found


EVERYTHING: Final = Narrowing()


@dataclass(frozen=True, slots=True)
class Step:
    """How many pairs a likelihood gives.

    Attributes:
        lowest: from it on.
        pairs: how many, counted up to ``MOST_COUNTED``.
        has_more: whether there are more than that.
    """

    lowest: float
    pairs: int
    has_more: bool


def steps(rows: MarkedQuerySet[Candidate]) -> list[Step]:
    """Return how many of some candidates each likelihood gives, the lowest first."""
    found = []
    for lowest in THRESHOLDS:
        number = rows.filter(score__gte=lowest)[: MOST_COUNTED + 1].count()
        found.append(Step(lowest, min(number, MOST_COUNTED), number > MOST_COUNTED))
    return found


def sets_of(reader: Reader) -> list[ImportSet]:
    """Return the latest sets that this reader may name."""
    found = ImportSet.objects.readable_by(reader).select_related("marking")
    return list(found.order_by("-imported_at", "-pk")[:SETS])


def narrowing_of(lowest: str, of_set: str) -> Narrowing:
    """Return what an address asks for; what it does not say rightly narrows nothing."""
    known = {f"{one:g}": one for one in THRESHOLDS}
    return Narrowing(known.get(lowest, THRESHOLDS[0]), of_set if len(of_set) == 32 else "")
