"""Where everything stands: what ``blo exchange status`` prints and the health page shows."""

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
class ExchangeStanding:
    """Counts. One letter to two offices counts twice.

    Attributes:
        unsealed: saved here, not sealed yet.
        undelivered: sealed or sent, and not acknowledged yet.
        delivered: held by the office that they went to.
        refused: held and refused by the office that they went to.
        received: letters of others that were accepted here.
        unapplied: delivered to this office, and their handler failed.
        quarantined: kept apart, outside the ledgers.
        frozen: streams that are stopped until a person decides.
    """

    unsealed: int
    undelivered: int
    delivered: int
    refused: int
    received: int
    unapplied: int
    quarantined: int
    frozen: int


def standing_of_exchange() -> ExchangeStanding:
    """Return where everything stands now."""
    frozen_out = OutStream.objects.filter(state=OutState.FROZEN.value).count()
    frozen_in = InStream.objects.filter(state=InState.FROZEN.value).count()
    return ExchangeStanding(
        unsealed=_at(Stage.SAVED),
        undelivered=_at(Stage.SEALED) + _at(Stage.SENT),
        delivered=_at(Stage.DELIVERED),
        refused=_at(Stage.REFUSED),
        received=InEntry.objects.filter(refused_code="").count(),
        unapplied=InEntry.objects.filter(application=Application.FAILED).count(),
        quarantined=Quarantined.objects.count(),
        frozen=frozen_out + frozen_in,
    )


def _at(stage: Stage) -> int:
    return Delivery.objects.filter(stage=stage.value).count()
