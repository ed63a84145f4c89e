"""The live carrier: core NATS, publish and request on one subject for each office and channel.

Nothing is stored at the hub: truth is in the ledgers. A hub that loses, doubles or reorders harms nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from nats import errors as nats_errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from borderliaison.exchange.core.frame import MAX_FRAME_BYTES
from borderliaison.exchange.errors import (
    CarrierError,
    HubAway,
    MessageTooLarge,
    NoAnswer,
    PeerAway,
)
from borderliaison.exchange.ports import Channel, Receive
from borderliaison.kernel.ids import OfficeCode

log = structlog.get_logger(__name__)
RECONNECT_S: Final = 1
PING_S: Final = 15
"""How often the connection to the hub is tried; after two tries without an answer it is given up."""
MAX_WAITING_BYTES: Final = 32 * 1024 * 1024
"""How much may wait here to be worked on; the hub's messages beyond that are dropped, not kept."""


def subject(office: OfficeCode, channel: Channel) -> str:
    """Return the NATS subject on which an office receives one kind of message."""
    return f"bl1.{office}.{channel.value}"


class NatsCarrier:
    """Messages over one NATS server or cluster."""

    def __init__(self, url: str) -> None:
        """Prepare; nothing is connected yet.

        Args:
            url: of the server, with the token where it asks for one.
        """
        self._url = url
        self._client: Client | None = None
        self._opening: asyncio.Task[None] | None = None
        self._away = asyncio.Event()
        self._away.set()
        self._changed: Callable[[bool], None] = lambda _: None

    async def open(
        self, office: OfficeCode, receive: Receive, changed: Callable[[bool], None]
    ) -> None:
        """Begin: connect now and again for as long as it takes; call ``changed`` at each turn."""
        self._changed = changed
        self._opening = asyncio.create_task(self._open(office, receive))

    async def _open(self, office: OfficeCode, receive: Receive) -> None:
        client = Client()
        self._client = client
        await client.connect(
            self._url,
            name=office,
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=RECONNECT_S,
            connect_timeout=10,
            ping_interval=PING_S,
            max_outstanding_pings=2,
            pending_size=0,
            error_cb=self._failed,
            disconnected_cb=self._disconnected,
            reconnected_cb=self._connected,
            closed_cb=self._disconnected,
        )
        for channel in Channel:
            await client.subscribe(
                subject(office, channel),
                cb=_callback(channel, receive),
                pending_bytes_limit=MAX_WAITING_BYTES,
            )
        await client.flush()
        if client.max_payload < MAX_FRAME_BYTES:
            log.error("exchange.hub_too_small", carries=client.max_payload, needed=MAX_FRAME_BYTES)
        await self._connected()

    @property
    def connected(self) -> bool:
        """Whether messages can be sent at this moment."""
        return not self._away.is_set()

    async def request(
        self, office: OfficeCode, channel: Channel, data: bytes, timeout_s: float
    ) -> bytes:
        """Send to an office and return its answer.

        Raises:
            HubAway: there is no connection, or it is lost before the answer comes.
            PeerAway: nobody listens on the office's subject.
            NoAnswer: nothing came in time.
            MessageTooLarge: the hub does not carry it.
        """
        client = self._ready()
        asking = asyncio.ensure_future(
            client.request(subject(office, channel), data, timeout=timeout_s)
        )
        away = asyncio.ensure_future(self._away.wait())
        try:
            await asyncio.wait({asking, away}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise HubAway
            answer: Msg = await asking
        except (TimeoutError, nats_errors.Error, OSError) as error:
            raise _translated(error) from error
        finally:
            away.cancel()
            asking.cancel()
        return answer.data

    async def publish(self, office: OfficeCode, channel: Channel, data: bytes) -> None:
        """Send to an office without asking for an answer.

        Raises:
            HubAway: there is no connection.
            MessageTooLarge: the hub does not carry it.
        """
        try:
            await self._ready().publish(subject(office, channel), data)
        except (TimeoutError, nats_errors.Error, OSError) as error:
            raise _translated(error) from error

    async def close(self) -> None:
        """End: nothing is received afterwards."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        if self._client is not None:
            await self._client.close()
        self._away.set()

    def _ready(self) -> Client:
        if self._client is None or self._away.is_set():
            raise HubAway
        return self._client

    async def _connected(self) -> None:
        self._away.clear()
        log.info("exchange.hub_connected")
        self._changed(True)

    async def _disconnected(self) -> None:
        if not self._away.is_set():
            self._away.set()
            log.warning("exchange.hub_away")
            self._changed(False)

    async def _failed(self, error: Exception) -> None:
        log.debug("exchange.hub_error", error=type(error).__name__)


def _callback(channel: Channel, receive: Receive) -> Callable[[Msg], Awaitable[None]]:
    async def called(message: Msg) -> None:
        async def answer(data: bytes) -> None:
            if message.reply:
                try:
                    await message.respond(data)
                except (nats_errors.Error, OSError) as error:
                    log.debug("exchange.hub_error", error=type(error).__name__)

        await receive(channel, message.data, answer)

    return called


def _translated(error: Exception) -> CarrierError:
    if isinstance(error, nats_errors.NoRespondersError):
        return PeerAway()
    if isinstance(error, asyncio.TimeoutError | nats_errors.TimeoutError):
        return NoAnswer()
    if isinstance(error, nats_errors.MaxPayloadError):
        return MessageTooLarge()
    return HubAway(type(error).__name__)
