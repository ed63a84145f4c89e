"""The engine to be measured against: NATS JetStream from leaf to leaf, every write on the disk at once.

A hub and one leaf node for each office, as a region would run them. The sender's leaf keeps what is
published and acknowledges it (``sync_interval: always``); each receiver's leaf sources that stream over
the hub into one of its own, as durable, and a consumer there is handed the message. What is favourable to
NATS was chosen: the consumer acknowledges nothing, and one client process serves all.
"""

import asyncio
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, ExternalStream, StreamSource

from borderliaison.node.nats import find_binary
from tests.ports import free_port

IN_FLIGHT = 256
START_LIMIT_S = 20.0
ROUND_LIMIT_S = 120.0


class JetStreams:
    """A hub, a sender's leaf and receivers' leaves; two streams, to one receiver and to all."""

    def __init__(self, folder: Path, receivers: int) -> None:
        self._folder = folder
        self._leaves = ["sender", *(f"receiver{n}" for n in range(receivers))]
        self._processes: list[subprocess.Popen[bytes]] = []
        self._clients: list[Client] = []
        self._publish: JetStreamContext
        self._arrived: asyncio.Queue[tuple[str, float]] = asyncio.Queue()

    async def start(self) -> None:
        """Start the servers, make the streams, wait until something published arrives everywhere."""
        hub, joined = free_port(), free_port()
        self._serve(
            "hub", f'listen: "127.0.0.1:{hub}"\nleafnodes {{ listen: "127.0.0.1:{joined}" }}'
        )
        await _listens(joined)
        ports = {name: free_port() for name in self._leaves}
        for name, port in ports.items():
            self._serve(
                name,
                f'listen: "127.0.0.1:{port}"\n'
                f'leafnodes {{ remotes: [ {{ url: "nats://127.0.0.1:{joined}" }} ] }}\n'
                f'jetstream {{ store_dir: "{self._folder / name}", domain: {name},'
                f" sync_interval: always }}",
            )
        for port in ports.values():
            await _listens(port)
        sender, *receivers = [await self._connect(port) for port in ports.values()]
        self._publish = sender.jetstream()
        for stream in ("one", "all"):
            await self._publish.add_stream(name=stream, subjects=[f"{stream}.>"])
        for number, client in enumerate(receivers):
            for stream in ("one", "all") if number == 0 else ("all",):
                await self._source(client.jetstream(), stream, f"{stream}{number}")
        for stream, expected in (("one", 1), ("all", len(receivers))):
            await self._until_it_flows(stream, expected)

    async def latencies_s(
        self, stream: str, payloads: Sequence[bytes], receivers: int
    ) -> list[float]:
        """Publish one at a time; return for each the seconds until the last receiver was handed it."""
        took = []
        for payload in payloads:
            began = time.perf_counter()
            await self._publish.publish(f"{stream}.letter", payload)
            took.append(await self._all_arrive(receivers) - began)
            await asyncio.sleep(0.02)
        return took

    async def per_second(self, stream: str, payloads: Sequence[bytes], receivers: int) -> float:
        """Publish as fast as the sender's leaf acknowledges; return messages a second, to all receivers."""
        window = asyncio.Semaphore(IN_FLIGHT)

        async def publish(payload: bytes) -> None:
            async with window:
                await self._publish.publish(f"{stream}.letter", payload, timeout=ROUND_LIMIT_S)

        began = time.perf_counter()
        publishing = asyncio.gather(*[publish(payload) for payload in payloads])
        ended = await self._all_arrive(receivers * len(payloads))
        await publishing
        return len(payloads) / (ended - began)

    async def stop(self) -> None:
        """End clients and servers."""
        for client in self._clients:
            await client.close()
        for process in self._processes:
            process.kill()
            process.wait()

    async def _all_arrive(self, number: int) -> float:
        """Wait for so many deliveries; return when the last one was made."""
        at = 0.0
        async with asyncio.timeout(ROUND_LIMIT_S):
            for _ in range(number):
                _, at = await self._arrived.get()
        return at

    async def _source(self, receiver: JetStreamContext, stream: str, own: str) -> None:
        origin = StreamSource(name=stream, external=ExternalStream(api="$JS.sender.API"))
        await receiver.add_stream(name=own, sources=[origin])

        async def handed(message: Msg) -> None:
            self._arrived.put_nowait((own, time.perf_counter()))

        config = ConsumerConfig(ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL)
        await receiver.subscribe(f"{stream}.>", stream=own, cb=handed, config=config)

    async def _until_it_flows(self, stream: str, receivers: int) -> None:
        """Publish until every receiver was handed something; then nothing more is under way."""
        await self._publish.publish(f"{stream}.first", b"first")
        await self._all_arrive(receivers)

    def _serve(self, name: str, configuration: str) -> None:
        path = self._folder / f"{name}.conf"
        path.write_text(f"server_name: {name}\n{configuration}\n", encoding="ascii")
        with (self._folder / f"{name}.log").open("wb") as log:
            command = [str(find_binary()), "-c", str(path)]
            self._processes.append(subprocess.Popen(command, stdout=log, stderr=log))  # noqa: S603

    async def _connect(self, port: int) -> Client:
        client = await nats.connect(f"nats://127.0.0.1:{port}")
        self._clients.append(client)
        return client


async def _listens(port: int) -> None:
    async with asyncio.timeout(START_LIMIT_S):
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def jetstreams(folder: Path, receivers: int) -> AsyncIterator[JetStreams]:
    """Run the servers while the block runs."""
    folder.mkdir()
    running = JetStreams(folder, receivers)
    try:
        await running.start()
        yield running
    finally:
        await running.stop()
