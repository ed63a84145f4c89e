"""Fetching blobs from one peer: a piece at a time, a chunk kept as it is whole, behind all letters.

A lost link or a kill costs the chunk that was on its way. Pieces are small on slow links, so that a
letter never waits long behind one.
"""

import asyncio
from time import monotonic
from typing import Final

import structlog

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.blob_request import (
    BLOB_REQUEST,
    MAX_PIECE_BYTES,
    BlobAnswer,
    BlobRequest,
    Standing,
)
from borderliaison.exchange.errors import CarrierError
from borderliaison.exchange.ports import Channel
from borderliaison.exchange.process.link import Link
from borderliaison.exchange.process.pauses import back_off_s, wait_for
from borderliaison.files.coming import (
    NOT_THERE,
    Wanted,
    is_overtaken,
    next_wanted,
    note_trouble,
    put_behind,
    take_chunk,
    take_list,
)
from borderliaison.files.errors import FilesError
from borderliaison.files.sealing import SEALED_BYTES
from borderliaison.kernel.errors import LiaisonError

log = structlog.get_logger(__name__)
ANSWER_S: Final = 10.0
SLOWEST_BYTES_PER_S: Final = 2000
TIMES_SLOWER: Final = 10
"""How much slower than the last piece one may come before it is given up."""
SMALLEST_PIECE: Final = 8 * 1024
SHORT_S: Final = 1.0
LONG_S: Final = 4.0
LATER_S: Final = 0.5
"""How long to wait where the holder has something else to send first."""
UNUSABLE: Final = "unusable"


class _Stopped(Exception):
    """The blob cannot go on now; what has come of it is kept."""


class BlobFetcher:
    """Fetches what is wanted from the link's peer, previews first."""

    def __init__(self, link: Link) -> None:
        """Prepare; nothing is asked for before ``turn``."""
        self._link = link
        self._awake = asyncio.Event()
        self._piece_bytes = 32 * 1024
        self._bytes_per_s = float(SLOWEST_BYTES_PER_S)
        self._failures = 0

    def wake(self) -> None:
        """Say that something is wanted from this peer."""
        self._awake.set()

    async def turn(self) -> None:
        """Wait until something is wanted, and fetch it."""
        await self._awake.wait()
        self._awake.clear()
        link = self._link
        try:
            while link.carrier.connected:
                wanted = await link.ledger.insist(next_wanted, link.peer)
                if wanted is None:
                    return
                await self._fetch(wanted)
                self._failures = 0
        except CarrierError as error:
            self._failures += 1
            self._bytes_per_s = SLOWEST_BYTES_PER_S
            log.info("exchange.blob_not_fetched", peer=link.peer, code=error.code)
            await wait_for(self._awake, back_off_s(self._failures))
            self._awake.set()

    async def _fetch(self, wanted: Wanted) -> None:
        """Fetch a blob from where it stopped, as far as nothing smaller is wanted meanwhile.

        Raises:
            CarrierError: the link is lost; what has come is kept.
        """
        link = self._link
        try:
            listed = wanted.listed
            if listed is None:
                said = await self._ask(wanted, 0, 0)
                listed = await link.ledger.insist(take_list, wanted, said)
            log.info("exchange.blob_begun", peer=link.peer, blob=wanted.digest.hex(), at=wanted.at)
            while wanted.at < wanted.sealed_size:
                chunk = await self._chunk(wanted)
                reach(CommitPoint.BEFORE_CHUNK)
                wanted = await link.ledger.insist(take_chunk, wanted, listed, chunk)
                reach(CommitPoint.AFTER_CHUNK)
                if await link.ledger.insist(is_overtaken, wanted, link.peer):
                    return
            log.info("exchange.blob_fetched", peer=link.peer, blob=wanted.digest.hex())
        except _Stopped:
            return
        except FilesError as error:
            log.warning("exchange.blob_unusable", peer=link.peer, code=error.code)
            await link.ledger.insist(note_trouble, wanted, error.code)

    async def _chunk(self, wanted: Wanted) -> bytes:
        size = min(SEALED_BYTES, wanted.sealed_size - wanted.at)
        chunk = bytearray()
        while len(chunk) < size:
            most = min(self._piece_bytes, size - len(chunk))
            chunk += await self._ask(wanted, wanted.at + len(chunk), most)
        return bytes(chunk)

    async def _ask(self, wanted: Wanted, at: int, most: int) -> bytes:
        """Ask for a piece, or for the list where ``most`` is none.

        Raises:
            CarrierError: it was not answered.
            _Stopped: the holder has it not, or not now.
        """
        link = self._link
        request = BlobRequest(link.place.office, link.peer, wanted.digest, at, most)
        signed = BLOB_REQUEST.sign(request, link.place.keys)
        began = monotonic()
        patience_s = ANSWER_S + most / self._bytes_per_s
        data = await link.carrier.request(link.peer, Channel.BLOB, signed, patience_s)
        try:
            answer = BlobAnswer.decode(data)
        except LiaisonError:
            await link.ledger.insist(note_trouble, wanted, UNUSABLE)
            raise _Stopped from None
        match answer.standing:
            case Standing.HERE if answer.data and (len(answer.data) <= most or most == 0):
                self._adapt(len(answer.data), monotonic() - began)
                return answer.data
            case Standing.LATER:
                await link.ledger.insist(put_behind, wanted)
                await asyncio.sleep(LATER_S)
            case _:
                await link.ledger.insist(note_trouble, wanted, NOT_THERE)
        raise _Stopped

    def _adapt(self, size: int, took_s: float) -> None:
        rate = size / max(took_s, 0.001)
        self._bytes_per_s = max(SLOWEST_BYTES_PER_S, rate / TIMES_SLOWER)
        if took_s > LONG_S:
            self._piece_bytes = max(SMALLEST_PIECE, self._piece_bytes // 2)
        elif took_s < SHORT_S:
            self._piece_bytes = min(MAX_PIECE_BYTES, self._piece_bytes * 2)
