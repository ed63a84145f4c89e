"""Answering who fetches a blob: only offices that a letter of ours names it to, or that sent it to us."""

from collections.abc import Callable
from typing import Final

import structlog

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.blob_request import (
    BLOB_REQUEST,
    BlobAnswer,
    BlobRequest,
    Standing,
)
from borderliaison.exchange.requests_in import request_in
from borderliaison.exchange.workplace import Workplace
from borderliaison.files.coming import Held, held_for, read_part
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
NOTHING: Final = b""
_NONE: Final = BlobAnswer(Standing.NONE).encode()
_LATER: Final = BlobAnswer(Standing.LATER).encode()


def serve_blob(place: Workplace, data: bytes, is_busy: Callable[[OfficeCode], bool]) -> bytes:
    """Answer a request for a piece of a blob; nothing where its asker is not who it says.

    Args:
        place: our worker.
        data: the request, signed.
        is_busy: whether letters are on their way to an office; they go first.
    """
    request = request_in(place, data, BLOB_REQUEST)
    if request is None or request.holder != place.office:
        return NOTHING
    if not place.directory.may_exchange(request.asker).may_send:
        return _NONE
    return _LATER if is_busy(request.asker) else _answer(request)


def _answer(request: BlobRequest) -> bytes:
    held, listed = held_for(request.asker, request.digest)
    if held is Held.NO:
        log.info("exchange.blob_refused", peer=request.asker, blob=request.digest.hex())
        return _NONE
    if listed is None:
        return _LATER
    if request.most == 0:
        return BlobAnswer(Standing.HERE, listed.encode()).encode()
    piece = read_part(request.digest, request.at, request.most)
    reach(CommitPoint.BEFORE_PIECE)
    return BlobAnswer(Standing.HERE, piece).encode() if piece else _NONE
