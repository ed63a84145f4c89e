"""The live carrier against a hub in the same loop, so that each order of events can be tried."""

import asyncio

import pytest

from borderliaison.exchange.carriers.nats import NatsCarrier
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.ports import Answer, Channel
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import SealSuite

OFFICE = OfficeCode("KG-BDB")
TURNS = 60
"""Turns of the loop that a connection takes, and some more."""
LIMIT_S = 20.0
INFO = (
    b'INFO {"server_id":"hub","version":"2.11.0","max_payload":8388608,"headers":true,'
    b'"nonce":"n","auth_required":true}\r\n'
)


async def answer_as_a_hub(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(INFO)
    async for line in reader:
        if line == b"PING\r\n":
            writer.write(b"PONG\r\n")
    writer.close()


async def nothing(_: Channel, data: bytes, answer: Answer) -> None:
    await answer(data)


@pytest.mark.parametrize("after_connecting", [False, True])
def test_closing_ends_at_whatever_moment_of_connecting_it_comes(after_connecting: bool) -> None:
    ring = Keyring(OFFICE, [OfficeKeys.generate(SealSuite.X25519)])

    async def work() -> None:
        hub = await asyncio.start_server(answer_as_a_hub, "127.0.0.1", 0)
        port = hub.sockets[0].getsockname()[1]
        for turns in range(TURNS):
            carrier = NatsCarrier(f"nats://127.0.0.1:{port}", ring)
            await carrier.open(OFFICE, nothing, lambda _: None)
            while after_connecting and not carrier.connected:
                await asyncio.sleep(0)
            for _ in range(turns):
                await asyncio.sleep(0)
            async with asyncio.timeout(LIMIT_S):
                await carrier.close()
            assert not carrier.connected
        hub.close()
        await hub.wait_closed()

    asyncio.run(work())
