"""Counting what stands where: of the whole node for its administrator, or what one reader may know of.

One letter to two offices counts twice. What an officer may not read counts nothing for him.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from borderliaison.exchange.core.receiver import Arrival, InState
from borderliaison.exchange.core.sender import OutState, Stage
from borderliaison.exchange.models import (
    Application,
    Delivery,
    InEntry,
    InStream,
    Outbox,
    OutStream,
    Quarantined,
)
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import readable_ids

_WAITING = (Stage.SAVED.value, Stage.SEALED.value, Stage.SENT.value)


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """Letters by where they stand.

    Attributes:
        out: ours, by stage; every stage is named.
        received: entries of others that were ledgered here, by what became of them.
        oldest_waiting: since when the oldest letter waits that is not delivered yet.
    """

    out: dict[Stage, int]
    received: dict[Application, int]
    oldest_waiting: datetime | None

    @property
    def undelivered(self) -> int:
        """Sealed or sent, and not acknowledged yet."""
        return self.out[Stage.SEALED] + self.out[Stage.SENT]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person must look at, of the whole node: it has no marking.

    Attributes:
        outbox: letters whose text waits in the clear to be sealed.
        unsealable: of those, the ones that could not be sealed.
        quarantined: messages that were kept apart, outside the ledgers.
        forks: of those, the proofs that a peer has two histories.
        frozen: streams that are stopped until a person decides.
    """

    outbox: int
    unsealable: int
    quarantined: int
    forks: int
    frozen: int


def letters_of_node() -> LetterCounts:
    """Return the letters of the whole node, whoever may read them: figures for its administrator."""
    return _letters(Delivery.objects.all(), InEntry.objects.all())


def letters_known_to(reader: Reader) -> LetterCounts:
    """Return the letters that this reader may read."""
    known = {"letter__marking_id__in": readable_ids(reader)}
    return _letters(Delivery.objects.filter(**known), InEntry.objects.filter(**known))


def trouble_of_node() -> Trouble:
    """Return what a person must look at."""
    frozen_out = OutStream.objects.filter(state=OutState.FROZEN.value).count()
    frozen_in = InStream.objects.filter(state=InState.FROZEN.value).count()
    return Trouble(
        outbox=Outbox.objects.count(),
        unsealable=Outbox.objects.exclude(failed_code="").count(),
        quarantined=Quarantined.objects.count(),
        forks=Quarantined.objects.filter(reason=Arrival.FORK.value).count(),
        frozen=frozen_out + frozen_in,
    )


def _letters(out: QuerySet[Delivery], received: QuerySet[InEntry]) -> LetterCounts:
    at_stage = dict(out.order_by().values_list("stage").annotate(number=Count("pk")))
    came_to = dict(received.order_by().values_list("application").annotate(number=Count("pk")))
    oldest = out.filter(stage__in=_WAITING).aggregate(oldest=Min("saved_at"))["oldest"]
    return LetterCounts(
        out={stage: at_stage.get(stage.value, 0) for stage in Stage},
        received={one: came_to.get(one.value, 0) for one in Application},
        oldest_waiting=oldest,
    )
