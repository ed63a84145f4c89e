"""Getting back what we had sent and lost: asking the peer that holds more, and taking its pages.

A page counts only where its entries go on from our own last one to a head that we have signed. What it
proves is that this database is older than what we have sent, whatever the high-water file says.
"""

from dataclasses import dataclass
from enum import StrEnum

import structlog
from django.db import transaction

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.entry import entry_hash, shown
from borderliaison.exchange.core.frame import Head
from borderliaison.exchange.core.giving_back import (
    BACK_REQUEST,
    BackRequest,
    Page,
    decode_page,
    verify_page,
)
from borderliaison.exchange.core.receiver import Arrival
from borderliaison.exchange.core.sender import OutState
from borderliaison.exchange.deliveries import stream_id
from borderliaison.exchange.incoming.quarantine import Evidence, keep
from borderliaison.exchange.models import OutStream, Why
from borderliaison.exchange.recovery.freezing import freeze_out
from borderliaison.exchange.recovery.recovering import begin, pending_row
from borderliaison.exchange.recovery.returns import Returns
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)


class Taking(StrEnum):
    """What has become of a page."""

    TAKEN = "taken"
    FORKED = "forked"
    """We have signed both what it holds and what we hold: the stream is frozen."""
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that was decoded, and the bytes that it came as."""

    page: Page
    data: bytes


def ask_back(place: Workplace, stream: int) -> bytes | None:
    """Sign a request for what comes after our own last entry of a stream; None where it has forked."""
    row = OutStream.objects.get(pk=stream)
    if row.state != OutState.OPEN:
        return None
    return BACK_REQUEST.sign(BackRequest(stream_id(place, row), row.seq), place.keys)


def open_page(data: bytes) -> Opened | None:
    """Decode what a peer has answered; None where it is no page."""
    try:
        return Opened(decode_page(data), data)
    except LiaisonError as error:
        log.warning("exchange.page_unusable", code=error.code)
        return None


def take_back(place: Workplace, peer: OfficeCode, stream: int, opened: Opened) -> Taking:
    """Take a page of a stream of ours from the peer that we had sent it to."""
    row = OutStream.objects.get(pk=stream)
    page = opened.page
    try:
        head = verify_page(page, place.own_signers)
    except LiaisonError as error:
        log.warning("exchange.page_unusable", peer=peer, code=error.code)
        return Taking.UNUSABLE
    first = page.entries[0]
    if head.stream != stream_id(place, row) or first.seq != row.seq + 1:
        log.warning("exchange.page_unusable", peer=peer, code="another_place")
        return Taking.UNUSABLE
    if row.seq and first.prev != row.head_hash:
        _freeze(place, row, opened)
        return Taking.FORKED
    returns = Returns(place, row)
    for entry in page.entries:
        returns.add(entry, page.bodies.get(entry.body_hash))
    with transaction.atomic():
        _extend(row, page, head)
        returns.write()
        if pending_row() is None:
            begin(place, Why.BEHIND)
        reach(CommitPoint.BEFORE_RETURN_COMMIT)
    reach(CommitPoint.AFTER_RETURN_COMMIT)
    place.high_water.mark([head])
    log.warning("exchange.got_back", peer=peer, stream=row.pk, first=first.seq, last=head.seq)
    return Taking.TAKEN


def _extend(row: OutStream, page: Page, head: Head) -> None:
    row.seq, row.head_hash = head.seq, entry_hash(page.entries[-1])
    row.head_signed = page.head
    row.save(update_fields=["seq", "head_hash", "head_signed"])


def _freeze(place: Workplace, row: OutStream, opened: Opened) -> None:
    evidence = Evidence(
        reason=Arrival.FORK,
        content=opened.data,
        code="given_back",
        claimed_sender=OfficeCode(row.recipient),
        stream=shown(stream_id(place, row)),
        held_head=row.head_signed,
    )
    with transaction.atomic():
        freeze_out(row, "given_back")
        keep(place, evidence)
