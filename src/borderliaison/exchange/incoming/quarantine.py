"""What came and was not let into a ledger: kept apart, with the reason, as evidence.

Bounded: what comes in numbers or sizes beyond the bounds is counted and logged, never silently dropped.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final

import structlog
from django.db import transaction
from django.db.models import F, Sum

from borderliaison.audit.services import SYSTEM, record
from borderliaison.exchange.core.frame import MAX_FRAME_BYTES
from borderliaison.exchange.core.receiver import Arrival
from borderliaison.exchange.models import Quarantined
from borderliaison.exchange.workplace import Workplace

log = structlog.get_logger(__name__)
MAX_ROWS: Final = 10_000
MAX_BYTES: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is to be kept.

    Attributes:
        reason: what it turned out to be.
        content: the bytes as they came.
        code: the error's code, where there was one.
        claimed_sender: the office that it claims to be from; unverified.
        stream: the stream that it claims to belong to; unverified.
        held_head: for a fork, the signed head that is held.
    """

    reason: Arrival
    content: bytes = field(repr=False)
    code: str = ""
    claimed_sender: str = ""
    stream: str = ""
    held_head: bytes = field(default=b"", repr=False)


def keep(place: Workplace, evidence: Evidence) -> None:
    """Keep evidence, once; the same again is only counted."""
    now = place.clock.now()
    digest = hashlib.sha256(evidence.content).digest()
    with transaction.atomic():
        same = Quarantined.objects.filter(digest=digest, reason=evidence.reason.value)
        if not same.update(times=F("times") + 1, last_at=now) and _has_room(digest):
            Quarantined.objects.create(
                reason=evidence.reason.value,
                code=evidence.code,
                claimed_sender=evidence.claimed_sender[:16],
                stream=evidence.stream[:120],
                digest=digest,
                size=len(evidence.content),
                content=_kept(evidence.content),
                held_head=evidence.held_head,
                first_at=now,
                last_at=now,
            )
            record(
                "exchange.quarantined",
                actor=SYSTEM,
                subject=digest.hex(),
                reason=evidence.reason.value,
                code=evidence.code,
            )
    log.warning(
        "exchange.quarantined",
        reason=evidence.reason.value,
        code=evidence.code,
        size=len(evidence.content),
        digest=digest.hex(),
    )


def _has_room(digest: bytes) -> bool:
    if Quarantined.objects.count() < MAX_ROWS:
        return True
    log.error("exchange.quarantine_full", rows=MAX_ROWS, digest=digest.hex())
    return False


def _kept(content: bytes) -> bytes | None:
    """Return the bytes to keep: none of what no frame can be, and none beyond the bound in all."""
    if len(content) > MAX_FRAME_BYTES:
        return None
    total = Quarantined.objects.filter(content__isnull=False).aggregate(all=Sum("size"))["all"] or 0
    return content if total + len(content) <= MAX_BYTES else None
