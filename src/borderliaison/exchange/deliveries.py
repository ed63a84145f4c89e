"""Deliveries as they move down the ladder: read, written all alike at once, told to the listeners."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models, transaction

from borderliaison.exchange.core.entry import Lane, StreamId
from borderliaison.exchange.core.sender import Stage, Step, step
from borderliaison.exchange.models import Delivery, OutEntry, OutStream
from borderliaison.exchange.progress import Change, Waiting
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import LetterId, OfficeCode
from borderliaison.sql.statements import rows

ON_THE_WAY: Final = (Stage.SEALED.value, Stage.SENT.value)
_ON_THE_WAY: Final = (
    "SELECT e.seq, d.stage, l.letter_id, d.recipient, l.marking_id FROM exchange_outentry e"
    " JOIN exchange_delivery d ON d.id = e.delivery_id"
    " JOIN exchange_letterrow l ON l.id = d.letter_id"
    " WHERE e.stream_id = %s AND e.seq > %s AND e.seq <= %s AND d.stage IN ('sealed', 'sent')"
    " ORDER BY e.seq"
)
_COLUMNS: Final = (
    "stage",
    "waiting",
    "sealed_at",
    "sent_at",
    "delivered_at",
    "refused_at",
    "refused_code",
)


@dataclass(frozen=True, slots=True)
class Moving:
    """A delivery that was sealed, and of which nothing was heard yet.

    Attributes:
        seq: of its entry.
        stage: sealed, or sent.
        letter_id: of its letter.
        recipient: to whom.
        marking_id: of its letter.
    """

    seq: int
    stage: Stage
    letter_id: LetterId
    recipient: OfficeCode
    marking_id: int

    def after(self, what: Step) -> Change:
        """Return what listeners are told when it takes a step."""
        stage = step(self.stage, what)
        return Change(self.letter_id, self.recipient, stage, self.marking_id)


def on_the_way(stream: int, after: int, to: int) -> list[Moving]:
    """Return what is on its way in a stream behind the entry ``after``, up to ``to``."""
    return [
        Moving(seq, Stage(stage), LetterId(letter), OfficeCode(recipient), marking)
        for seq, stage, letter, recipient, marking in rows(_ON_THE_WAY, stream, after, to)
    ]


def deliveries_of(entries: models.QuerySet[OutEntry]) -> list[Delivery]:
    """Return the deliveries of these entries, each with its letter."""
    return list(
        Delivery.objects.filter(pk__in=entries.values("delivery_id"))
        .order_by("id")
        .select_related("letter")
    )


def save_deliveries(place: Workplace, changed: Sequence[Delivery]) -> None:
    """Write deliveries, all that changed alike at once, and tell the listeners."""
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in changed:
        groups[tuple(getattr(row, column) for column in _COLUMNS)].append(row.pk)
    if not changed:
        return
    with transaction.atomic():
        for values, keys in groups.items():
            columns = dict(zip(_COLUMNS, values, strict=True))
            Delivery.objects.filter(pk__in=keys).update(**columns)
        place.registry.tell([change_of(row) for row in changed])


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
