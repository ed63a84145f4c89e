"""Fanning events out to whoever listens: read once, filtered per reader profile, queued within bounds.

A datagram on a Unix socket says "look again"; a look each second finds what no datagram announced.
Rows may commit out of the order of their ids, so each look goes back a little and leaves out what was
told already. A listener that falls too far behind is told ``resync`` instead of losing events in
silence.

Who works in an exercise listens with a second profile, his live one: of it he is told that there is a
live alert, and nothing else, neither of what nor of whom.
"""

import asyncio
import socket
from collections import deque
from collections.abc import (
    AsyncGenerator,
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
)
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Generic, TypeVar

from borderliaison.feed import services

LOOK_EVERY_S: Final = 1.0
OVERLAP: Final = 64
"""How many ids each look goes back."""
MAX_QUEUED: Final = 256
MAX_MISSED: Final = 500
RESYNC: Final = "resync"
"""The kind of event that says: more happened than is told; load the page again."""
ALERT: Final = "alert"
"""The kind of event that says that something urgent has come."""
LIVE_ALERT: Final = "live_alert"
"""The same of live work, as it is told to whoever works in an exercise."""

Profile = TypeVar("Profile", bound=Hashable)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a listener hears it."""

    id: int
    kind: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    told: Told
    marking_id: int | None


@dataclass(eq=False)
class _Listener(Generic[Profile]):
    profile: Profile
    live: Profile | None = None
    queue: "asyncio.Queue[Told | None]" = field(
        default_factory=lambda: asyncio.Queue(MAX_QUEUED + 1)
    )

    def tell(self, told: Told) -> None:
        if self.queue.qsize() >= MAX_QUEUED:
            while not self.queue.empty():
                self.queue.get_nowait()
            told = Told(told.id, RESYNC)
        self.queue.put_nowait(told)

    @property
    def profiles(self) -> set[Profile]:
        """The profiles with which it listens."""
        return {self.profile} if self.live is None else {self.profile, self.live}

    def hears(
        self, readable: Mapping[Profile, frozenset[int]], rows: Iterable[_Row]
    ) -> Iterator[Told]:
        """Yield what it is told of rows, in their order."""
        known = readable.get(self.profile, frozenset())
        live = readable.get(self.live, frozenset()) if self.live is not None else frozenset()
        for row in rows:
            if row.marking_id is None or row.marking_id in known:
                yield row.told
            elif row.told.kind == ALERT and row.marking_id in live:
                yield Told(row.told.id, LIVE_ALERT)


class Fanout(Generic[Profile]):
    """All listeners of one process.

    Args:
        readable: returns the numbers of the markings that a profile may read; called in ``threads``.
        threads: where the database is read.
        wake: the datagram socket to listen on.
        failed: told of a look that failed; the next one tries again.
    """

    def __init__(
        self,
        readable: Callable[[Profile], Collection[int]],
        threads: Executor,
        wake: Path,
        failed: Callable[[Exception], None],
    ) -> None:
        self._readable = readable
        self._threads = threads
        self._wake = wake
        self._failed = failed
        self._listeners: set[_Listener[Profile]] = set()
        self._last = 0
        self._told: deque[int] = deque(maxlen=4 * OVERLAP)
        self._look_now = asyncio.Event()
        self._looking = asyncio.Lock()
        self._socket: socket.socket | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listeners)

    async def start(self) -> None:
        """Begin to listen on the socket and to look."""
        loop = asyncio.get_running_loop()
        self._wake.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self._wake))
        self._wake.chmod(0o600)
        self._socket.setblocking(False)
        loop.add_reader(self._socket, self._woken, self._socket)
        self._last = await self._in_thread(services.last_id)
        for row in await self._in_thread(lambda: _rows_after(self._last - OVERLAP)):
            self._told.append(row.told.id)
        self._task = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """End every listener's stream and stop looking."""
        self.hang_up()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            self._wake.unlink(missing_ok=True)

    def hang_up(self) -> None:
        """End every listener's stream."""
        for listener in self._listeners:
            while listener.queue.full():
                listener.queue.get_nowait()
            listener.queue.put_nowait(None)

    async def listen(
        self, profile: Profile, after: int | None, live: Profile | None = None
    ) -> AsyncGenerator[Told, None]:
        """Yield the events that this profile may know, as they happen.

        Args:
            profile: who listens.
            after: the last event that was heard before, to be told what was missed.
            live: of this second profile the listener is told that there is an alert, and no more.
        """
        if after is not None:  # what was heard elsewhere before must not come as new
            await self._look()
        listener = _Listener(profile, live)
        self._listeners.add(listener)
        try:
            missed = [] if after is None else await self._missed(listener, after)
            for told in missed:
                yield told
            heard = {told.id for told in missed}
            while (new := await listener.queue.get()) is not None:
                if new.id not in heard or new.kind == RESYNC:
                    yield new
        finally:
            self._listeners.discard(listener)

    @property
    def last(self) -> int:
        """The newest event that was seen."""
        return self._last

    async def _missed(self, listener: _Listener[Profile], after: int) -> list[Told]:
        order = list(self._told)
        since = order[order.index(after) + 1 :] if after in order else []
        late = {one for one in since if one < after}

        def read() -> list[Told]:
            rows = _rows_after(min(late, default=after + 1) - 1, MAX_MISSED + OVERLAP)
            rows = [row for row in rows if row.told.id > after or row.told.id in late]
            if len(rows) > MAX_MISSED:
                return [Told(rows[-1].told.id, RESYNC)]
            return list(listener.hears(self._readable_by_each(listener.profiles), rows))

        return await self._in_thread(read)

    def _woken(self, wake: socket.socket) -> None:
        try:
            while wake.recv(64):
                pass
        except BlockingIOError:
            pass
        self._look_now.set()

    async def _keep_looking(self) -> None:
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._look_now.wait()
            except TimeoutError:
                pass
            self._look_now.clear()
            await self._look()

    async def _look(self) -> None:
        async with self._looking:
            try:
                await self._look_once()
            except Exception as error:  # noqa: BLE001  # any fault of the database: told, tried again
                self._failed(error)

    async def _look_once(self) -> None:
        told = frozenset(self._told)
        rows = await self._in_thread(lambda: _rows_after(self._last - OVERLAP))
        if len(rows) == MAX_MISSED:
            self._look_now.set()
        rows = [row for row in rows if row.told.id not in told]
        marked = any(row.marking_id is not None for row in rows)
        readable: dict[Profile, frozenset[int]] = {}
        while marked and (new := self._profiles() - readable.keys()):
            readable |= await self._in_thread(partial(self._readable_by_each, new))
        for row in rows:
            self._last = max(self._last, row.told.id)
            self._told.append(row.told.id)
        for listener in self._listeners:
            for event in listener.hears(readable, rows):
                listener.tell(event)

    def _profiles(self) -> set[Profile]:
        return {profile for one in self._listeners for profile in one.profiles}

    def _readable_by_each(self, profiles: Iterable[Profile]) -> dict[Profile, frozenset[int]]:
        return {profile: frozenset(self._readable(profile)) for profile in profiles}

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _rows_after(last: int, limit: int = MAX_MISSED) -> list[_Row]:
    return [
        _Row(Told(event.pk, event.kind, event.subject), event.marking_id)
        for event in services.read_after(last, limit)
    ]
