"""The link to one peer: its two lanes, the windows of its streams, and comparing heads with it."""

import asyncio
from collections.abc import Iterable
from time import monotonic
from typing import Final

import structlog

from borderliaison.exchange.blobs.fetching import BlobFetcher
from borderliaison.exchange.commit_points import CommitPoint, reach
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.sender import OutState, Signal, Window
from borderliaison.exchange.errors import CarrierError, HubAway, NotTaken, PeerAway
from borderliaison.exchange.outgoing.lane import LaneSender
from borderliaison.exchange.ports import Carrier, Channel
from borderliaison.exchange.process.enduring import endure
from borderliaison.exchange.process.ledger_thread import LedgerThread
from borderliaison.exchange.process.linking import NOTE_EVERY, Seen, note
from borderliaison.exchange.process.pauses import back_off_s, wait_for
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.reconciliation.answers import acknowledgements, take
from borderliaison.exchange.reconciliation.hearing import Heard
from borderliaison.exchange.reconciliation.reconciling import own_heads
from borderliaison.exchange.recovery.getting_back import Taking, ask_back, open_page, take_back
from borderliaison.exchange.recovery.recovering import is_awaited
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
RECONCILE_S: Final = 30.0
AWAITED_S: Final = 1.0
"""How soon heads are compared again while the peer may still hold something that we have lost."""
ANSWER_S: Final = 10.0
PAGE_S: Final = 60.0
"""How long a page that is given back may take."""


class PeerLink:
    """Everything between this office and one other."""

    def __init__(
        self, place: Workplace, carrier: Carrier, ledger: LedgerThread, peer: OfficeCode
    ) -> None:
        """Prepare; nothing is sent before ``run``."""
        self.place = place
        self.carrier = carrier
        self.ledger = ledger
        self.peer = peer
        self.windows: dict[int, Window] = {}
        self.latency_s = 0.0
        self.lanes = {lane: LaneSender(self, lane) for lane in Lane}
        self.files = BlobFetcher(self)
        self._due = asyncio.Event()
        self._beyond: set[int] = set()
        self._has_more = asyncio.Event()
        self._up = False
        self._noted = 0.0
        self._failures = 0

    async def run(self) -> None:
        """Send and reconcile for ever."""
        async with asyncio.TaskGroup() as tasks:
            for lane in self.lanes.values():
                tasks.create_task(lane.run())
            tasks.create_task(endure(self._reconcile_or_wait, "reconciling", self.peer))
            tasks.create_task(endure(self._get_back, "getting back", self.peer))
            tasks.create_task(endure(self.files.turn, "fetching files", self.peer))

    @property
    def is_sending(self) -> bool:
        """Whether a frame is on its way to the peer: files wait behind it."""
        return any(one.state is OutState.IN_FLIGHT for one in self.windows.values())

    def wake(self) -> None:
        """Say that there may be something to send."""
        for lane in self.lanes.values():
            lane.wake()

    async def urgent_is_idle(self) -> None:
        """Wait until nothing urgent is to be sent, or can be."""
        await self.lanes[Lane.URGENT].idle.wait()

    def reconcile_soon(self) -> None:
        """Compare heads at once instead of at the next turn."""
        self._due.set()

    def heard(self, what: Iterable[Heard], by: Lane | None = None) -> None:
        """Move the windows of our streams by what the peer has said, and wake their lanes.

        Args:
            what: it has said.
            by: the lane that asked for it, and is awake.
        """
        for one in what:
            window = self.windows.get(one.stream, Window(at=one.n, acknowledged=one.n))
            if one.signal is Signal.HAS_N:
                self.lanes[one.lane].peer_has(one.stream, one.n)
            self.windows[one.stream] = window.on(one.signal, one.n)
            if one.lane is not by:
                self.lanes[one.lane].wake()
            if one.signal is Signal.HAS_MORE:
                self._beyond.add(one.stream)
                self._has_more.set()

    async def alive(self) -> None:
        """Note that something signed by the peer came; a link that was down is tried at once."""
        if not self._up:
            self.reconcile_soon()
        elif monotonic() - self._noted > NOTE_EVERY.total_seconds():
            await self._note(Seen(heard=True))

    async def failed(self, error: CarrierError) -> None:
        """Note that something could not be carried, and find out how the peer is."""
        if self._up and not isinstance(error, HubAway):
            await self._note(Seen(why=_why(error)))
            self.reconcile_soon()

    async def publish_acknowledgements(self) -> None:
        """Tell the peer again what we hold of its streams, and what of it was refused.

        Raises:
            CarrierError: it could not be carried.
        """
        for ack in await self.ledger.insist(acknowledgements, self.place, self.peer):
            await self.carrier.publish(self.peer, Channel.ACK, ack)

    async def _get_back(self) -> None:
        """Ask for what the peer says that it has and we lack, page by page, and compare heads again."""
        await self._has_more.wait()
        self._has_more.clear()
        taken = False
        while self._beyond:
            stream = self._beyond.pop()
            try:
                while await self._get_page(stream):
                    taken = True
            except CarrierError as error:
                log.info("exchange.not_given_back", peer=self.peer, code=error.code)
        if taken:
            self.reconcile_soon()

    async def _get_page(self, stream: int) -> bool:
        """Ask for the next page of a stream of ours; return whether there may be another."""
        request = await self.ledger.insist(ask_back, self.place, stream)
        if request is None:
            return False
        answer = await self.carrier.request(self.peer, Channel.BACK, request, PAGE_S)
        opened = await asyncio.to_thread(open_page, answer) if answer else None
        if opened is None:
            return False
        taking = await self.ledger.insist(take_back, self.place, self.peer, stream, opened)
        return taking is Taking.TAKEN

    async def _reconcile_or_wait(self) -> None:
        if self.carrier.connected and await self._reconcile():
            self._failures = 0
            awaited = await self.ledger.insist(is_awaited, self.peer)
            pause_s = AWAITED_S if awaited else RECONCILE_S
        else:
            self._failures += 1
            pause_s = back_off_s(self._failures)
        await wait_for(self._due, pause_s)

    async def _reconcile(self) -> bool:
        """Swap heads with the peer; return whether that worked."""
        try:
            began = monotonic()
            await self.carrier.request(self.peer, Channel.PING, b"", ANSWER_S)
            self.latency_s = monotonic() - began
            ours = await self.ledger.insist(own_heads, self.place, self.peer)
            reach(CommitPoint.BEFORE_HEADS)
            theirs = await self.carrier.request(self.peer, Channel.HEADS, ours, ANSWER_S)
            reach(CommitPoint.AFTER_HEADS)
            taken = await self.ledger.insist(take, self.place, theirs)
            if taken.peer != self.peer or not taken.heads:
                raise NotTaken
            await self.publish_acknowledgements()
        except CarrierError as error:
            await self._note(Seen(why=_why(error)))
            return False
        self.heard(taken.heard)
        latency_ms = round(self.latency_s * 1000)
        await self._note(Seen(latency_ms=latency_ms, heard=True, reconciled=True))
        log.info("exchange.reconciled", peer=self.peer, latency_ms=latency_ms)
        self.wake()
        return True

    async def _note(self, seen: Seen) -> None:
        self._up = seen.why is Waiting.NOTHING
        self._noted = monotonic()
        await self.ledger.insist(note, self.place, self.peer, seen)


def _why(error: CarrierError) -> Waiting:
    if isinstance(error, HubAway):
        return Waiting.HUB_AWAY
    if isinstance(error, PeerAway):
        return Waiting.PEER_AWAY
    return Waiting.NOT_TAKEN if isinstance(error, NotTaken) else Waiting.NO_ANSWER
