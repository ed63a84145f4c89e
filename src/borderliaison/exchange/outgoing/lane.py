"""Sending one lane to one peer: a frame at a time, the next one when this one is answered."""

import asyncio
from asyncio import FIRST_COMPLETED as FIRST
from datetime import UTC, datetime
from time import monotonic
from typing import Final

import structlog

from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.sender import Signal, Window
from borderliaison.exchange.errors import CarrierError, LedgerFault, NotTaken
from borderliaison.exchange.outgoing.sending import (
    Outgoing,
    next_frame,
    record_blocked,
    record_sent,
)
from borderliaison.exchange.ports import Channel
from borderliaison.exchange.process.enduring import endure
from borderliaison.exchange.process.link import Link
from borderliaison.exchange.process.pauses import back_off_s, wait_for
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.reconciliation.answers import take

log = structlog.get_logger(__name__)
ANSWER_S: Final = 4.0
"""How long an answer is waited for, beside the time that link and frame take. Too short does no harm:
what was taken meanwhile is acknowledged when it comes again."""
LATENCIES: Final = 5
"""How many times the link's latency is waited on top of that."""
SLOWEST_BYTES_PER_S: Final = 2000
"""A mobile link of 40 kbit/s at its worst."""
SAY_SENT_AFTER_S: Final = 0.25
"""Where an answer takes longer than this, "sent" is written and shown before it comes."""
SMALLEST_TARGET: Final = 8 * 1024
LARGEST_TARGET: Final = 256 * 1024
SHORT_S: Final = 1.0
LONG_S: Final = 4.0
"""How long a frame should take; the target of the next one is doubled or halved outside of this."""
MAX_REWINDS: Final = 3
READY_FOR_S: Final = 1.0
"""How long a frame that was made ready may wait; then it is cut anew, and the directory asked again."""


class LaneSender:
    """Sends what waits in one lane. Routine letters go only while nothing urgent can."""

    def __init__(self, link: Link, lane: Lane) -> None:
        """Prepare to send to the link's peer."""
        self._link = link
        self._lane = lane
        self._awake = asyncio.Event()
        self._awake.set()
        self._target_bytes = 64 * 1024
        self._rewinds = 0
        self._failures = 0
        self._on_its_way: Outgoing | None = None
        self._overtaken = asyncio.Event()
        self._patience: tuple[int, int, float] = (0, 0, 0.0)
        self._ready: Outgoing | None = None
        self.idle = asyncio.Event()
        """Set while there is nothing to send, or nothing can be sent."""

    def wake(self, ready: Outgoing | None = None) -> None:
        """Say that there may be something to send now.

        Args:
            ready: all that is new in its stream, where that was just sealed and marked.
        """
        if ready is not None:
            self._ready = ready if self._ready is None else None
        self._awake.set()

    def peer_has(self, stream: int, n: int) -> None:
        """Hear what the peer has; a frame on its way that it knows nothing of was lost, likely."""
        frame = self._on_its_way
        if frame is not None and frame.stream == stream and n < frame.last:
            self._overtaken.set()

    async def run(self) -> None:
        """Send for ever."""
        await endure(self._turn, "sending", self._link.peer)

    async def _turn(self) -> None:
        """Wait until there may be something to send, and send what there is."""
        await self._awake.wait()
        self._awake.clear()
        self.idle.clear()
        try:
            await self._send_all()
        except LedgerFault:
            self._awake.set()
            raise
        finally:
            self.idle.set()

    async def _send_all(self) -> None:
        try:
            while await self._send_next():
                self._failures = 0
        except CarrierError as error:
            self._failures += 1
            retry_s = back_off_s(self._failures)
            self.idle.set()
            log.info("exchange.not_sent", peer=self._link.peer, code=error.code, retry_s=retry_s)
            await self._blocked(error)
            await wait_for(self._awake, retry_s)
            self._awake.set()

    async def _send_next(self) -> bool:
        """Send one frame; return whether there may be another."""
        link = self._link
        if self._lane is not Lane.URGENT:
            await link.urgent_is_idle()
        if not link.carrier.connected:
            return False  # the link wakes this lane when the hub is back
        if ready := self._take_ready():
            await self._send(ready)
            return link.windows[ready.stream].at < ready.last
        at = {stream: window.at for stream, window in link.windows.items()}
        frame = await link.ledger.insist(
            next_frame, link.place, link.peer, self._lane, at, self._target_bytes
        )
        if isinstance(frame, Waiting):
            if frame is not Waiting.NOTHING:
                await link.ledger.insist(record_blocked, link.place, link.peer, self._lane, frame)
            return False
        await self._send(frame)
        return True

    def _take_ready(self) -> Outgoing | None:
        ready, self._ready = self._ready, None
        if ready and is_next(ready, self._link.windows.get(ready.stream), monotonic()):
            return ready
        return None

    async def _send(self, frame: Outgoing) -> None:
        """Send a frame and keep what the peer answers.

        Raises:
            CarrierError: it was not answered, or not taken.
        """
        link = self._link
        start = Window(at=frame.first - 1, acknowledged=frame.first - 1)
        link.windows[frame.stream] = link.windows.get(frame.stream, start).on(Signal.HANDED_OVER)
        reach(CommitPoint.BEFORE_SEND)
        sent_at, began = datetime.now(UTC), monotonic()
        try:
            answer = await self._ask(frame, sent_at)
            if answer is None:
                self._silence(frame)
                return
            reach(CommitPoint.AFTER_SEND)
            self._adapt(monotonic() - began)
            taken = await link.ledger.insist(take, link.place, answer, sent_at)
        except BaseException:
            self._silence(frame)
            raise
        link.heard(taken.heard, by=self._lane)
        at = link.windows[frame.stream].at
        log.info(
            "exchange.sent",
            peer=link.peer,
            stream=frame.stream,
            first=frame.first,
            last=frame.last,
            size=len(frame.data),
        )
        self._rewinds = 0 if at >= frame.last else self._rewinds + 1
        if at == frame.first - 1 or self._rewinds > MAX_REWINDS:
            self._silence(frame)
            raise NotTaken

    async def _ask(self, frame: Outgoing, sent_at: datetime) -> bytes | None:
        """Hand a frame to the carrier and wait for the answer; None where it was overtaken."""
        link = self._link
        on_the_way_s = LATENCIES * link.latency_s + len(frame.data) / SLOWEST_BYTES_PER_S
        self._overtaken.clear()
        self._on_its_way = frame
        asking = asyncio.create_task(
            link.carrier.request(link.peer, Channel.FRAME, frame.data, ANSWER_S + on_the_way_s)
        )
        overtaken = asyncio.create_task(self._overtaken.wait())
        try:
            await asyncio.wait({asking, overtaken}, timeout=SAY_SENT_AFTER_S, return_when=FIRST)
            if not asking.done():
                await link.ledger.insist(record_sent, link.place, frame, sent_at)
            await asyncio.wait({asking, overtaken}, return_when=FIRST)
            if not asking.done():
                await asyncio.wait({asking}, timeout=self._grace_s(frame))
            return await asking if asking.done() or not overtaken.done() else None
        finally:
            self._on_its_way = None
            asking.cancel()
            overtaken.cancel()

    def _grace_s(self, frame: Outgoing) -> float:
        """Return how long an answer may still take after the peer's heads have overtaken the frame.

        Longer each time for the same frame: on a slow link heads may well overtake one that arrives.
        """
        stream, first, grace_s = self._patience
        again = (stream, first) == (frame.stream, frame.first)
        grace_s = grace_s * 8 if again else 0.25 + LATENCIES * self._link.latency_s
        self._patience = (frame.stream, frame.first, grace_s)
        return grace_s

    def _silence(self, frame: Outgoing) -> None:
        window = self._link.windows[frame.stream]
        self._link.windows[frame.stream] = window.on(Signal.SILENCE)

    async def _blocked(self, error: CarrierError) -> None:
        link = self._link
        if isinstance(error, NotTaken):
            why = Waiting.NOT_TAKEN
            await link.ledger.insist(record_blocked, link.place, link.peer, self._lane, why)
        else:
            await link.failed(error)

    def _adapt(self, took_s: float) -> None:
        """Keep frames short on slow links, so that what is urgent never waits long behind one."""
        if took_s > LONG_S:
            self._target_bytes = max(SMALLEST_TARGET, self._target_bytes // 2)
        elif took_s < SHORT_S:
            self._target_bytes = min(LARGEST_TARGET, self._target_bytes * 2)


def is_next(ready: Outgoing, window: Window | None, now_s: float) -> bool:
    """Whether a frame that was made ready is just what the peer lacks of its stream, and still fresh."""
    fresh = now_s - ready.at <= READY_FOR_S
    return fresh and window is not None and window.next_to_send(ready.last) == ready.first
