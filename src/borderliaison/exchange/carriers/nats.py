"""The live carrier: core NATS, publish and request on one subject for each office and channel.

Nothing is stored at the hub: truth is in the ledgers. A hub that loses, doubles or reorders harms nothing.
The office proves itself with its link key, which a hub knows from the signed directory.
"""

import asyncio
import base64
import ssl
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from nats import errors as nats_errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from borderliaison.exchange.core.frame import MAX_FRAME_BYTES
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.errors import (
    CarrierError,
    HubAway,
    MessageTooLarge,
    NoAnswer,
    PeerAway,
)
from borderliaison.exchange.ports import Channel, Receive
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.nkeys import user_nkey

log = structlog.get_logger(__name__)
RECONNECT_S: Final = 1
PING_S: Final = 15
"""How often the connection to the hub is tried; after two tries without an answer it is given up."""
CLOSE_S: Final = 0.5
"""How long the end of a connection may take before it is asked for again."""
MAX_WAITING_BYTES: Final = 32 * 1024 * 1024
"""How much may wait here to be worked on; the hub's messages beyond that are dropped, not kept."""


def subject(office: OfficeCode, channel: Channel) -> str:
    """Return the NATS subject on which an office receives one kind of message."""
    return f"bl1.{office}.{channel.value}"


def inbox(office: OfficeCode) -> str:
    """Return the prefix of the subjects on which an office, and no other, receives answers."""
    return f"_INBOX.{office}"


class _OfficeClient(Client):
    """The NATS client with the link keys of an office, without the library that it would want for it.

    Attempts prove the office with one of its link keys after the other, the one in use first: a hub that
    has not heard of new keys yet knows the earlier ones.
    """

    def __init__(self, ring: Keyring, attempts: int = 0) -> None:
        super().__init__()
        self._ring = ring
        self._attempts = attempts

    def _setup_nkeys_connect(self) -> None:
        self._signature_cb = self._sign

    def _sign(self, nonce: str) -> bytes:
        in_use = self._ring.keys
        others = [keys for keys in reversed(self._ring.generations) if keys is not in_use]
        keys = (in_use, *others)[self._attempts % (1 + len(others))].link_key
        self._public_nkey = user_nkey(keys.public_key().public_bytes_raw())
        return base64.b64encode(keys.sign(nonce.encode()))


class NatsCarrier:
    """Messages over one NATS server or cluster."""

    def __init__(self, url: str, ring: Keyring, tls: ssl.SSLContext | None = None) -> None:
        """Prepare; nothing is connected yet.

        Args:
            url: of the server; with a token where it asks for that and knows no link keys.
            ring: holds the link keys that prove the office.
            tls: for the connection; in the clear without it.
        """
        self._url = url
        self._ring = ring
        self._tls = tls
        self._client: _OfficeClient | None = None
        self._closed = asyncio.Event()
        self._opening: asyncio.Task[None] | None = None
        self._away = asyncio.Event()
        self._away.set()
        self._changed: Callable[[bool], None] = lambda _: None

    async def open(
        self, office: OfficeCode, receive: Receive, changed: Callable[[bool], None]
    ) -> None:
        """Begin: connect now and again for as long as it takes; call ``changed`` at each turn."""
        self._changed = changed
        self._opening = asyncio.create_task(self._keep_open(office, receive))

    async def _keep_open(self, office: OfficeCode, receive: Receive) -> None:
        """Connect anew each time that the connection ends, whoever ended it."""
        attempts = 0
        while True:
            client = _OfficeClient(self._ring, attempts)
            try:
                await self._open(client, office, receive)
                attempts = 0
                await self._closed.wait()
            except (TimeoutError, nats_errors.Error, OSError) as error:
                attempts += 1
                log.debug("exchange.hub_error", error=type(error).__name__)
            finally:
                await client.close()
            await asyncio.sleep(RECONNECT_S)

    async def _open(self, client: _OfficeClient, office: OfficeCode, receive: Receive) -> None:
        self._closed.clear()
        await client.connect(
            self._url,
            nkeys_seed_str="of the keyring",  # that there is one; `_setup_nkeys_connect` reads none
            inbox_prefix=inbox(office),
            tls=self._tls,
            name=office,
            allow_reconnect=False,
            connect_timeout=10,
            ping_interval=PING_S,
            max_outstanding_pings=2,
            pending_size=0,
            error_cb=self._failed,
            disconnected_cb=self._disconnected,
            closed_cb=self._ended,
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
        self._client = client
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
        while self._opening is not None and not self._opening.done():
            self._opening.cancel()  # the client loses one that comes just as what it waits for does
            await asyncio.wait({self._opening}, timeout=CLOSE_S)
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

    async def _ended(self) -> None:
        await self._disconnected()
        self._closed.set()

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
