"""Deliveries as they move down the ladder: read, written all alike at once, told to the listeners."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.db import models, transaction

from borderliaison.exchange.core.entry import Lane, StreamId
from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.models import Delivery, OutEntry, OutStream
from borderliaison.exchange.progress import Change, Waiting
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import LetterId, OfficeCode

ON_THE_WAY: Final = (Stage.SEALED.value, Stage.SENT.value)
_COLUMNS: Final = (
    "stage",
    "waiting",
    "sealed_at",
    "sent_at",
    "delivered_at",
    "refused_at",
    "refused_code",
)


def deliveries_of(entries: models.QuerySet[OutEntry]) -> list[Delivery]:
    """Return the deliveries of these entries, each with its letter."""
    return list(
        Delivery.objects.filter(pk__in=entries.values("delivery_id"))
        .order_by("id")
        .select_related("letter")
    )


def save_deliveries(place: Workplace, rows: Sequence[Delivery]) -> None:
    """Write deliveries, all that changed alike at once, and tell the listeners."""
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in rows:
        groups[tuple(getattr(row, column) for column in _COLUMNS)].append(row.pk)
    if not rows:
        return
    with transaction.atomic():
        for values, keys in groups.items():
            changed = dict(zip(_COLUMNS, values, strict=True))
            Delivery.objects.filter(pk__in=keys).update(**changed)
        place.registry.tell([change_of(row) for row in rows])


def stream_id(place: Workplace, stream: OutStream) -> StreamId:
    """Return the identity of a stream that we send."""
    return StreamId(
        place.office,
        OfficeCode(stream.recipient),
        stream.realm,
        Lane(stream.lane),
        stream.epoch,
    )


def change_of(row: Delivery) -> Change:
    """Return what listeners are told of a delivery; its letter must be loaded."""
    return Change(
        letter_id=LetterId(row.letter.letter_id),
        recipient=OfficeCode(row.recipient),
        stage=Stage(row.stage),
        marking_id=row.letter.marking_id,
        waiting=Waiting(row.waiting),
    )
