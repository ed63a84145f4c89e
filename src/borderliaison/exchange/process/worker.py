"""The worker: the one process that holds the private keys, and seals, sends, receives and applies.

Truth is in the ledgers; everything here can be killed at any moment and begins again from them.
"""

import asyncio
import fcntl
import os
import socket
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeVar

import structlog

from borderliaison.exchange.blobs.serving import serve_blob
from borderliaison.exchange.carriers.nats import NatsCarrier
from borderliaison.exchange.commit_points import CommitPoint, arm, reach
from borderliaison.exchange.errors import (
    AnotherWorker,
    CarrierError,
    LedgerAway,
    LedgerFault,
)
from borderliaison.exchange.incoming.applying import apply_pending
from borderliaison.exchange.incoming.evidence import judge_again
from borderliaison.exchange.incoming.opening import check_signature, claim, open_frame
from borderliaison.exchange.incoming.receiving import NOTHING, receive_and_apply, receive_small
from borderliaison.exchange.outgoing.sealing import Sealed, seal_waiting, unblock
from borderliaison.exchange.outgoing.switching import follow_directory
from borderliaison.exchange.own_keys.keyring import load_ring, read_credential
from borderliaison.exchange.own_keys.lock import FileKey
from borderliaison.exchange.poke import SOCKET_NAME, Poke
from borderliaison.exchange.ports import Answer, Carrier, Channel, Node
from borderliaison.exchange.process.enduring import endure
from borderliaison.exchange.process.heartbeat import FILE_NAME, beat
from borderliaison.exchange.process.ledger_thread import LedgerThread
from borderliaison.exchange.process.linking import all_down
from borderliaison.exchange.process.pauses import wait_for
from borderliaison.exchange.process.peer_link import PeerLink
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.reconciliation.answers import speaker_of, take
from borderliaison.exchange.reconciliation.reconciling import own_heads, peers
from borderliaison.exchange.recovery.directory_age import is_behind, note_behind
from borderliaison.exchange.recovery.first_look import Awaits, FirstLook
from borderliaison.exchange.recovery.giving_back import give_back
from borderliaison.exchange.recovery.high_water import HighWater
from borderliaison.exchange.recovery.making_again import make_returned_again
from borderliaison.exchange.recovery.recovering import finish, look_at_start
from borderliaison.exchange.recovery.restore_marker import RestoreMarker
from borderliaison.exchange.registry import REGISTRY
from borderliaison.exchange.workplace import Workplace
from borderliaison.files.coming import offices_wanted_from
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
POLL_S: Final = 1.0
"""How often the ledgers are looked at, should a poke be lost."""
LOOK_AROUND_S: Final = 30.0
"""How often the directory is asked again about what waits for it."""
FILES_S: Final = 2.0
"""How often it is looked whether files are wanted; letters do not wait for that."""
MAX_PING_BYTES: Final = 64
SMALL_FRAME_BYTES: Final = 32 * 1024
"""What is not larger is decoded in the ledgers' thread: that takes less than to hand it over and back."""
_Closed = TypeVar("_Closed")
_Opened = TypeVar("_Opened")


async def run(
    node: Node,
    stop: asyncio.Event,
    carrier: Carrier | None = None,
    key: FileKey | None = None,
) -> None:
    """Run this node's worker until ``stop`` is set.

    Args:
        node: whose worker it is.
        stop: ends it.
        carrier: NATS at the node's hub where none is given.
        key: opens the private keys; made from the node's credential where none is handed over.

    Raises:
        NoKeyFile, UnsafeKeyFile, OldKeyFile: the private keys cannot be used.
        BadCredential, WrongUnlock: they do not open.
        KeysNotInDirectory: the directory lists other keys for this office.
        AnotherWorker: one is running already.
    """
    arm(node.demo)
    with _alone(node.run_directory):
        key = key or read_credential(node)
        marks = HighWater(node.state_directory, node.office)
        place = Workplace(node.office, load_ring(node.key_file, key), REGISTRY, marks)
        marker = RestoreMarker(node.state_directory)
        carrier = carrier or NatsCarrier(node.nats_url, place.ring, node.link_context())
        worker = Worker(place, carrier, marker, FirstLook(node.run_directory))
        await worker.run(node.run_directory / SOCKET_NAME, stop)


class Worker:
    """Joins the ledgers, the carrier and the peers."""

    def __init__(
        self, place: Workplace, carrier: Carrier, marker: RestoreMarker, first_look: FirstLook
    ) -> None:
        """Prepare; nothing happens before ``run``."""
        self._place = place
        self._marker = marker
        self._first_look = first_look
        self._carrier = carrier
        self._ledger = LedgerThread()
        self._opening = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._links: dict[OfficeCode, PeerLink] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._group: asyncio.TaskGroup | None = None
        self._unmarked: Sealed | None = None
        self._posted = asyncio.Event()
        self._delivered = asyncio.Event()
        self._retried = asyncio.Event()
        self._look_around = asyncio.Event()

    async def run(self, poke_socket: Path, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set."""
        try:
            with self._listening(poke_socket):
                if not await self._directory_is_current(stop):
                    return
                await self._ledger.insist(look_at_start, self._place, self._marker)
                self._first_look.done()
                await self._ledger.insist(follow_directory, self._place)
                await self._ledger.insist(all_down, self._place, Waiting.HUB_AWAY)
                await self._work(stop, poke_socket.with_name(FILE_NAME))
            await self._ledger.insist(all_down, self._place, Waiting.HUB_AWAY)
        finally:
            self._opening.shutdown(wait=False, cancel_futures=True)
            await self._ledger.close()

    async def _directory_is_current(self, stop: asyncio.Event) -> bool:
        """Wait until the directory is as new as the one that was held before; False where told to end."""
        is_noted = False
        while await self._ledger.insist(is_behind, self._place):
            self._first_look.await_(Awaits.DIRECTORY)  # closed before it is said why
            if not is_noted:
                await self._ledger.insist(note_behind, self._place)
            is_noted = True
            await wait_for(self._look_around, POLL_S)
            if stop.is_set():
                return False
        return True

    async def _work(self, stop: asyncio.Event, beats: Path) -> None:
        async with asyncio.TaskGroup() as self._group:
            self._start(beat(beats, self._ledger))
            for peer in await self._ledger.insist(peers, self._place):
                self.link_to(peer)
            self._start(endure(self._seal, "sealing"))
            self._start(endure(self._apply, "applying"))
            self._start(endure(self._take_up_again, "taking up again"))
            self._start(endure(self._look_around_again, "looking around"))
            self._start(endure(self._look_for_files, "looking for files"))
            await self._carrier.open(self._place.office, self.receive, self._hub_turned)
            await stop.wait()
            await self._carrier.close()
            for task in self._running:
                task.cancel()

    def link_to(self, peer: OfficeCode) -> PeerLink:
        """Return the link to a peer; begin one where there is none."""
        link = self._links.get(peer)
        if link is None:
            link = PeerLink(self._place, self._carrier, self._ledger, peer)
            self._links[peer] = link
            self._start(link.run())
        return link

    async def receive(self, channel: Channel, data: bytes, answer: Answer) -> None:
        """Work on one message, whoever it is from. Nothing that comes from outside ends the worker."""
        try:
            match channel:
                case Channel.PING:
                    await answer(data[:MAX_PING_BYTES])
                case Channel.FRAME:
                    await self._take_frame(data, answer)
                case Channel.ACK | Channel.HEADS:
                    await self._take_word(data, answer)
                case Channel.BACK:
                    await answer(await self._ledger.once(give_back, self._place, data))
                case Channel.BLOB:
                    serving = self._ledger.once(serve_blob, self._place, data, self._is_busy)
                    await answer(await serving)
        except LedgerAway:
            log.warning("exchange.ledger_away")
        except CarrierError as error:
            log.debug("exchange.hub_error", error=type(error).__name__)
        except LedgerFault as fault:
            cause = fault.__cause__ or fault
            log.exception("exchange.handling_failed", channel=channel.value, exc_info=cause)
        except Exception as error:
            log.exception("exchange.handling_failed", channel=channel.value, exc_info=error)

    def _is_busy(self, office: OfficeCode) -> bool:
        link = self._links.get(office)
        return link is not None and link.is_sending

    async def _take_frame(self, data: bytes, answer: Answer) -> None:
        claimed = claim(data)
        if len(data) <= SMALL_FRAME_BYTES:
            received = await self._ledger.once(receive_small, self._place, claimed)
        else:
            signed = await self._ledger.once(check_signature, self._place, claimed)
            opened = await self._open(open_frame, signed)
            received = await self._ledger.once(receive_and_apply, self._place, opened)
        await answer(received.answer)
        reach(CommitPoint.AFTER_ACKNOWLEDGE)
        if received.accepted:
            self._delivered.set()
        if received.peer is not None:
            await self.link_to(received.peer).alive()

    async def _open(self, work: Callable[[_Closed], _Opened], closed: _Closed) -> _Opened:
        """Decode something from outside in a thread of its own; the ledgers do not wait for it."""
        return await asyncio.get_running_loop().run_in_executor(self._opening, work, closed)

    async def _take_word(self, data: bytes, answer: Answer) -> None:
        if await self._open(speaker_of, data) is None:
            await answer(NOTHING)
            return
        taken = await self._ledger.once(take, self._place, data)
        if taken.peer is None:
            await answer(NOTHING)
            return
        link = self.link_to(taken.peer)
        link.heard(taken.heard)
        if taken.heads:
            await answer(await self._ledger.once(own_heads, self._place, taken.peer))
            await link.publish_acknowledgements()
        await link.alive()

    async def _seal(self) -> None:
        sealed = await self._ledger.insist(self._seal_and_mark)
        for one in sealed.streams:
            self.link_to(one.peer).lanes[one.head.stream.lane].wake(one.frame())
        if not sealed.more:
            await wait_for(self._posted, POLL_S)

    def _seal_and_mark(self) -> Sealed:
        """Seal what waits and mark how far it goes; what could not be marked is, before more is sealed.

        Raises:
            LedgerFault: the file could not be written; nothing of it is sent before it is.
        """
        sealed = self._unmarked = self._unmarked or seal_waiting(self._place)
        try:
            self._place.high_water.mark(sealed.heads)
        except OSError as error:
            raise LedgerFault("high-water") from error
        self._unmarked = None
        return sealed

    async def _apply(self) -> None:
        if not await self._ledger.insist(apply_pending, self._place):
            await wait_for(self._delivered, POLL_S)

    async def _take_up_again(self) -> None:
        """Do what peers have given back, or a person has released, and end a recovery that is made good."""
        more = await self._ledger.insist(make_returned_again, self._place)
        more |= await self._ledger.insist(judge_again, self._place)
        if not more:
            await self._ledger.insist(finish, self._place)
            await wait_for(self._retried, POLL_S)

    async def _follow_or_say(self) -> bool:
        """Keep the keys in use where the directory names others that are not here, and say so."""
        try:
            await self._ledger.insist(self._place.directory.note_held)
            return await self._ledger.insist(follow_directory, self._place)
        except LiaisonError as error:
            log.exception("exchange.keys_not_here", code=error.code, exc_info=error)
            return False

    async def _look_around_again(self) -> None:
        asked = await wait_for(self._look_around, LOOK_AROUND_S)
        if await self._follow_or_say() or asked:
            for link in self._links.values():
                link.reconcile_soon()
        if await self._ledger.insist(unblock, self._place):
            self._posted.set()
        for peer in await self._ledger.insist(peers, self._place):
            self.link_to(peer)

    async def _look_for_files(self) -> None:
        """Let the links fetch what officers, or letters that came, want of files."""
        for office in await self._ledger.insist(offices_wanted_from):
            self.link_to(OfficeCode(office)).files.wake()
        await asyncio.sleep(FILES_S)

    def _hub_turned(self, up: bool) -> None:
        if up:
            for link in self._links.values():
                link.reconcile_soon()
        else:
            self._start(self._note_hub_away())

    async def _note_hub_away(self) -> None:
        """Show every link as down; where that cannot be written, each link finds out by itself."""
        try:
            await self._ledger.insist(all_down, self._place, Waiting.HUB_AWAY)
        except LedgerFault as fault:
            log.exception("exchange.handling_failed", channel="hub", exc_info=fault.__cause__)

    def _poked(self, what: bytes) -> None:
        self._posted.set()
        if what == Poke.RETRY.value:
            self._delivered.set()
            self._retried.set()
        if what == Poke.RECONCILE.value:
            self._look_around.set()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._group is None:
            work.close()
            return
        task = self._group.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    @contextmanager
    def _listening(self, path: Path) -> Iterator[None]:
        """Listen for pokes. Without the socket (its path is too long, say) the worker still polls."""
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as poked:
            poked.setblocking(False)
            path.unlink(missing_ok=True)
            try:
                poked.bind(str(path))
                path.chmod(0o600)
            except OSError as error:
                log.exception("exchange.no_poke", exc_info=error)
            loop.add_reader(poked, self._read_pokes, poked)
            try:
                yield
            finally:
                loop.remove_reader(poked)
                path.unlink(missing_ok=True)

    def _read_pokes(self, poked: socket.socket) -> None:
        with suppress(BlockingIOError):
            while True:
                self._poked(poked.recv(64))


@contextmanager
def _alone(run_directory: Path) -> Iterator[None]:
    """Hold the lock that only one worker of a node can hold."""
    handle = os.open(run_directory / "worker.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherWorker(str(run_directory)) from error
        yield
    finally:
        os.close(handle)
