"""A carrier in memory, for tests: it loses, doubles and delays as it is told to."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from borderliaison.exchange.errors import HubAway, NoAnswer, PeerAway
from borderliaison.exchange.ports import Answer, Channel, Receive
from borderliaison.kernel.ids import OfficeCode


@dataclass
class MemoryHub:
    """Joins the memory carriers of a test.

    Attributes:
        spoil: asked about each message, in turn: how often it arrives (0 loses it, 2 doubles it).
        up: whether the hub is there.
    """

    spoil: Callable[[OfficeCode, Channel, bytes], int] = lambda *_: 1
    up: bool = True
    offices: dict[OfficeCode, "MemoryCarrier"] = field(default_factory=dict)

    def carrier(self) -> "MemoryCarrier":
        """Return a carrier of this hub."""
        return MemoryCarrier(self)

    def turn(self, up: bool) -> None:
        """Let the hub go away or come back."""
        self.up = up
        for carrier in list(self.offices.values()):
            carrier.changed(up)


class MemoryCarrier:
    """One office's connection to a ``MemoryHub``."""

    def __init__(self, hub: MemoryHub) -> None:
        """Prepare; the hub knows nothing of it yet."""
        self._hub = hub
        self._receive: Receive | None = None
        self._office = OfficeCode("")
        self.changed: Callable[[bool], None] = lambda _: None

    async def open(
        self, office: OfficeCode, receive: Receive, changed: Callable[[bool], None]
    ) -> None:
        """Begin to receive."""
        self._office, self._receive, self.changed = office, receive, changed
        self._hub.offices[office] = self
        if self._hub.up:
            changed(True)

    @property
    def connected(self) -> bool:
        """Whether messages can be sent at this moment."""
        return self._hub.up and self._office in self._hub.offices

    async def request(
        self, office: OfficeCode, channel: Channel, data: bytes, timeout_s: float
    ) -> bytes:
        """Send to an office and return its answer."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

        async def answered(reply: bytes) -> None:
            if not answer.done():
                answer.set_result(reply)

        await self._send(office, channel, data, answered)
        if not answer.done():
            raise NoAnswer
        return answer.result()

    async def publish(self, office: OfficeCode, channel: Channel, data: bytes) -> None:
        """Send to an office without asking for an answer."""

        async def nobody(_: bytes) -> None:
            return None

        await self._send(office, channel, data, nobody)

    async def close(self) -> None:
        """Leave the hub."""
        self._hub.offices.pop(self._office, None)

    async def _send(
        self, office: OfficeCode, channel: Channel, data: bytes, answer: Answer
    ) -> None:
        if not self.connected:
            raise HubAway
        peer = self._hub.offices.get(office)
        if peer is None or peer._receive is None:
            raise PeerAway
        for _ in range(self._hub.spoil(office, channel, data)):
            await peer._receive(channel, data, answer)
