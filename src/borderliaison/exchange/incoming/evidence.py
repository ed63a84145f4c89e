"""What was kept apart, for the administrator: a list, one by one, and the two ways out.

*Release* has the worker judge a frame again, after the directory was brought up to date, say. *Drop*
throws it away, with a reason; the proof of a fork only after somebody has decided about it.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from borderliaison.exchange.core.receiver import Arrival
from borderliaison.exchange.decisions import decide
from borderliaison.exchange.errors import EvidenceNeeded, NoSuchEvidence, NotToBeReleased
from borderliaison.exchange.incoming.receiving import receive_frame
from borderliaison.exchange.models import Quarantined
from borderliaison.exchange.recovery.forks import evidence_is_needed
from borderliaison.exchange.wording import arrival_sentence
from borderliaison.exchange.workplace import Workplace

log = structlog.get_logger(__name__)
_TAKEN = (Arrival.NEXT, Arrival.REPLAY)


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was kept apart.

    Attributes:
        id: its number.
        reason: what it turned out to be, as PR-2 names it.
        sentence: the same in words.
        code: the error's code, where there was one.
        claimed_sender: the office that it claims to be from; nothing is proved by that.
        stream: the stream that it claims to belong to.
        size: its bytes.
        digest: their SHA-256.
        is_kept: whether the bytes themselves are here.
        first_at: when it came first.
        last_at: when it came last.
        times: how often it came.
        held_head: for a fork, the signed head that was held.
    """

    id: int
    reason: Arrival
    sentence: str
    code: str
    claimed_sender: str
    stream: str
    size: int
    digest: bytes
    is_kept: bool
    first_at: datetime
    last_at: datetime
    times: int
    held_head: bytes


def kept_apart() -> list[Kept]:
    """Return everything that is kept apart, newest first."""
    rows = Quarantined.objects.order_by("-last_at", "-id").defer("content")
    with_bytes = set(Quarantined.objects.exclude(content=None).values_list("id", flat=True))
    return [_shown(row, row.pk in with_bytes) for row in rows]


def one_kept(number: int) -> tuple[Kept, bytes]:
    """Return one thing that is kept apart, and its bytes; empty where they are not here.

    Raises:
        NoSuchEvidence: there is none with this number.
    """
    row = _row(number)
    return _shown(row, row.content is not None), row.content or b""


def ask_to_judge_again(number: int, actor: str, now: datetime) -> None:
    """Have the worker judge a frame again.

    Raises:
        NoSuchEvidence: there is none with this number.
        NotToBeReleased: it is the proof of a fork, or its bytes were not kept.
    """
    with transaction.atomic():
        row = _row(number)
        if row.reason == Arrival.FORK or row.content is None:
            raise NotToBeReleased(str(number))
        row.judge_again_at = now
        row.save(update_fields=["judge_again_at"])
        decide("exchange.released", actor, row.digest.hex(), "", now)


def is_judged_again(number: int) -> bool | None:
    """Whether the worker has taken it in; None while it has not judged it yet."""
    row = Quarantined.objects.filter(pk=number).only("judge_again_at").first()
    if row is None:
        return True
    return False if row.judge_again_at is None else None


def judge_again(place: Workplace) -> bool:
    """Judge what was released: into the ledgers, or apart as it was; return whether anything was."""
    rows = list(Quarantined.objects.exclude(judge_again_at=None).order_by("id")[:1])
    for row in rows:
        received = receive_frame(place, row.content or b"")
        with transaction.atomic():
            if received.arrival in _TAKEN or received.arrival.value != row.reason:
                row.delete()
            else:
                Quarantined.objects.filter(pk=row.pk).update(judge_again_at=None)
        log.info("exchange.judged_again", arrival=received.arrival.value, digest=row.digest.hex())
    return bool(rows)


def drop(number: int, actor: str, why: str, now: datetime) -> None:
    """Throw away something that was kept apart.

    Raises:
        NoSuchEvidence: there is none with this number.
        EvidenceNeeded: it is the proof of a fork on which nobody has decided.
    """
    with transaction.atomic():
        row = _row(number)
        if evidence_is_needed(row):
            raise EvidenceNeeded(str(number))
        decide("exchange.dropped", actor, row.digest.hex(), why, now)
        row.delete()


def _row(number: int) -> Quarantined:
    row = Quarantined.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchEvidence(str(number))
    return row


def _shown(row: Quarantined, is_kept: bool) -> Kept:
    reason = Arrival(row.reason)
    return Kept(
        id=row.pk,
        reason=reason,
        sentence=arrival_sentence(reason),
        code=row.code,
        claimed_sender=row.claimed_sender,
        stream=row.stream,
        size=row.size,
        digest=row.digest,
        is_kept=is_kept,
        first_at=row.first_at,
        last_at=row.last_at,
        times=row.times,
        held_head=row.held_head,
    )
