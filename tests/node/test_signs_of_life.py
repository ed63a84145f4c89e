"""What is taken for a sign of life: an answer of any kind, and never that the system took a connection."""

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from borderliaison.exchange.process.heartbeat import Heartbeat, beat
from borderliaison.exchange.process.ledger_thread import LedgerThread
from borderliaison.node import signs_of_life
from borderliaison.node.config import NodeConfig
from borderliaison.node.signs_of_life import answers, hub_speaks, web_speaks

LIMIT_S = 60.0


def _node(tmp_path: Path, **ports: int) -> NodeConfig:
    return NodeConfig(directory=tmp_path, office="KG-BDB", host="127.0.0.1", **ports)  # type: ignore[arg-type]


@contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


def test_a_hub_that_takes_connections_and_does_not_greet_does_not_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signs_of_life, "LIFE_LIMIT_S", 0.2)
    with _listening() as listener:
        node = _node(tmp_path, hub_port=listener.getsockname()[1])
        assert not asyncio.run(hub_speaks(node))


def test_a_hub_that_greets_lives(tmp_path: Path) -> None:
    with _listening() as listener:

        def greet() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"INFO {}\r\n")

        greeting = threading.Thread(target=greet)
        greeting.start()
        assert asyncio.run(hub_speaks(_node(tmp_path, hub_port=listener.getsockname()[1])))
        greeting.join()


def test_pages_that_cannot_be_served_yet_are_no_process_that_hangs(tmp_path: Path) -> None:
    class NotReady(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(503)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its signature
            pass

    with HTTPServer(("127.0.0.1", 0), NotReady) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            node = _node(tmp_path, port=server.server_port)
            assert web_speaks(node)
            assert not answers(node)
        finally:
            server.shutdown()
            serving.join()


def test_pages_that_nobody_serves_give_no_sign(tmp_path: Path) -> None:
    with socket.socket() as bound:  # nobody listens there, and nobody else can
        bound.bind(("127.0.0.1", 0))
        assert not web_speaks(_node(tmp_path, port=bound.getsockname()[1]))


def test_a_heart_beats_when_its_file_was_touched_since_the_last_look(tmp_path: Path) -> None:
    path = tmp_path / "worker.beat"
    path.touch()

    async def scenario() -> list[bool]:
        heart = Heartbeat(path)
        heard = [await heart()]
        os.utime(path, (1, 1))  # the clock may have been set back
        return [*heard, await heart(), await heart()]

    assert asyncio.run(scenario()) == [False, True, False]


def test_the_heart_stands_still_while_the_thread_of_the_ledgers_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("borderliaison.exchange.process.heartbeat.EVERY_S", 0.01)
    path, hangs = tmp_path / "worker.beat", threading.Event()

    async def scenario() -> None:
        ledger, heart = LedgerThread(), Heartbeat(path)
        beating = asyncio.create_task(beat(path, ledger))

        async def beats() -> None:
            async with asyncio.timeout(LIMIT_S):
                while not await heart():
                    await asyncio.sleep(0.01)

        await beats()
        begun = asyncio.Event()
        told = asyncio.get_running_loop().call_soon_threadsafe
        stuck = asyncio.create_task(ledger.once(lambda: (told(begun.set), hangs.wait(LIMIT_S))))
        await begun.wait()
        await heart()
        for _ in range(10):
            assert not await heart()
            await asyncio.sleep(0.01)
        hangs.set()
        await stuck
        await beats()
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        await ledger.close()

    asyncio.run(scenario())
