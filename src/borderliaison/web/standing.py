"""The exchange of this office in counts: what waits, what was refused, what needs a look."""

from dataclasses import dataclass

from borderliaison.exchange.core.receiver import InState
from borderliaison.exchange.core.sender import OutState, Stage
from borderliaison.exchange.models import (
    Application,
    Delivery,
    InEntry,
    InStream,
    OutStream,
    Quarantined,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts over all letters; nothing of what they say."""

    unsealed: int
    undelivered: int
    refused: int
    unapplied: int
    quarantined: int
    frozen: int


def standing_of_exchange() -> Standing:
    """Count what the exchange holds now."""
    by_stage = Delivery.objects.filter
    frozen = OutStream.objects.filter(state=OutState.FROZEN.value).count()
    frozen += InStream.objects.filter(state=InState.FROZEN.value).count()
    return Standing(
        unsealed=by_stage(stage=Stage.SAVED.value).count(),
        undelivered=by_stage(stage__in=(Stage.SEALED.value, Stage.SENT.value)).count(),
        refused=by_stage(stage=Stage.REFUSED.value).count(),
        unapplied=InEntry.objects.filter(application=Application.FAILED).count(),
        quarantined=Quarantined.objects.count(),
        frozen=frozen,
    )
