"""Giving a sender back what it has lost of its own stream: a page of what was received from it."""

from typing import Final

import structlog

from borderliaison.exchange.core.entry import decode_entry
from borderliaison.exchange.core.frame import MAX_FRAME_ENTRIES
from borderliaison.exchange.core.giving_back import (
    BACK_REQUEST,
    BackRequest,
    Page,
    encode_page,
)
from borderliaison.exchange.models import InEntry, InStream
from borderliaison.exchange.requests_in import request_in
from borderliaison.exchange.workplace import Workplace

log = structlog.get_logger(__name__)
NOTHING: Final = b""
PAGE_BYTES: Final = 256 * 1024
"""A page takes no further frame beyond this, so that slow links carry it in time."""


def give_back(place: Workplace, data: bytes) -> bytes:
    """Answer a request for what its sender has lost; nothing where it asks for nothing of its own."""
    request = request_in(place, data, BACK_REQUEST)
    if request is None or request.stream.recipient != place.office:
        return NOTHING
    page = _page(request)
    if page is None:
        return NOTHING
    log.info(
        "exchange.gave_back",
        peer=request.stream.sender,
        first=page.entries[0].seq,
        last=page.entries[-1].seq,
    )
    return encode_page(page)


def _page(request: BackRequest) -> Page | None:
    """Return the entries up to the end of a frame as it once came: there is the head that was signed."""
    rows = _rows(request)
    last, size = -1, 0
    for at, row in enumerate(rows):
        size += row.body.size if row.body else 0
        if last >= 0 and size > PAGE_BYTES:
            break
        if row.head_signed:
            last = at
    if last < 0:
        return None
    chosen = rows[: last + 1]
    entries = tuple(decode_entry(row.entry) for row in chosen)
    bodies = {
        row.body.body_hash: row.body.content
        for row, entry in zip(chosen, entries, strict=True)
        if row.body and row.body.content is not None and row.body.body_hash == entry.body_hash
    }
    return Page(entries, bodies, chosen[-1].head_signed)


def _rows(request: BackRequest) -> list[InEntry]:
    stream = InStream.objects.filter(
        sender=request.stream.sender,
        realm=request.stream.realm,
        lane=request.stream.lane.value,
        epoch=request.stream.epoch,
    ).first()
    if stream is None:
        return []
    after = InEntry.objects.filter(stream=stream, seq__gt=request.after).order_by("seq")
    return list(after.select_related("body")[:MAX_FRAME_ENTRIES])
