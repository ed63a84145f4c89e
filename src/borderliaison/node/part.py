"""One part of a node as a process of its own: ``python -m borderliaison.node.part PART``.

Parts are ``web``, ``worker``, ``records`` and ``jobs``. The node is named by ``BLO_NODE``. A part ends when
it is told to (SIGTERM, SIGINT) or when the supervisor that started it is gone: whoever holds the other end
of its standard input.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from borderliaison.exchange.own_keys.lock import FILE_KEY_BYTES, FileKey
from borderliaison.node import logs
from borderliaison.node.config import NODE_VARIABLE, NodeConfig
from borderliaison.node.start import start_django
from borderliaison.node.supervise import keep_memory_private

RECORDS_BEAT: Final = "records.beat"
"""The file in the run directory by which the part that draws records shows that it lives."""
Run = Callable[[NodeConfig, asyncio.Event], Awaitable[None]]
SEARCH_AFTER: Final = 10_000
"""After how many new objects garbage is searched for; a letter or a page makes some thousands."""


async def _web(node: NodeConfig, stop: asyncio.Event) -> None:
    from borderliaison.node.web_server import run  # noqa: PLC0415  # only this part needs it

    _spare_the_collector()
    await run(node, stop)


async def _worker(node: NodeConfig, stop: asyncio.Event) -> None:
    from borderliaison.exchange.process.worker import run  # noqa: PLC0415  # only this part needs it
    from borderliaison.node.broker import tell_hub  # noqa: PLC0415
    from borderliaison.node.sqlite.lock import write_in_batches  # noqa: PLC0415

    write_in_batches()
    key = _handed() if os.environ.get("BLO_SUPERVISED") else None
    logs.get("node").info("worker.started")
    if node.serve_hub:
        await asyncio.to_thread(tell_hub, node)
    _spare_the_collector()
    await run(node, stop, key=key)


async def _records(node: NodeConfig, stop: asyncio.Event) -> None:
    from borderliaison.feed.services import wake_through  # noqa: PLC0415  # wants Django started
    from borderliaison.node.sqlite.lock import write_in_batches  # noqa: PLC0415  # only some parts
    from borderliaison.reports.projection.process import run  # noqa: PLC0415  # only this part needs it

    write_in_batches()
    wake_through(node.feed_socket)  # not itself: what it announces is what it has drawn
    await run(node.records_socket, node.run_directory / RECORDS_BEAT, stop)


def _spare_the_collector() -> None:
    """Leave what is loaded by now out of the search for garbage, of which it takes most of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SEARCH_AFTER)


def _handed() -> FileKey:
    """Read what opens the private keys: the supervisor writes it to the worker's standard input first."""
    keep_memory_private()
    octets = b""
    while len(octets) < FILE_KEY_BYTES:
        more = os.read(sys.stdin.fileno(), FILE_KEY_BYTES - len(octets))
        if not more:
            raise EOFError("the supervisor ended before it handed the key over")
        octets += more
    return FileKey(octets)


def _jobs(node: NodeConfig) -> None:
    """Run what is due and end; a signal ends it at once, and what is done is done."""
    from borderliaison.node.jobs import run_due  # noqa: PLC0415  # only this part needs it

    run_due(node, lambda: datetime.now(UTC))


PARTS: Final[dict[str, Run]] = {"web": _web, "worker": _worker, "records": _records}


def main() -> None:
    """Run the part that is named, until it is told to end."""
    part = sys.argv[1]
    logs.configure(part, os.environ.get("BLO_LOG_LEVEL", "info"))
    try:
        node = start_django(Path(os.environ[NODE_VARIABLE]))
        if part == "jobs":
            _jobs(node)
            return
        asyncio.run(_until_told(PARTS[part], node))
    except Exception as error:
        logs.get("node").error("part.crash", exc_info=error)
        raise SystemExit(1) from error


async def _until_told(run: Run, node: NodeConfig) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if os.environ.get("BLO_SUPERVISED"):
        loop.add_reader(sys.stdin, _ended, loop, stop)
    await run(node, stop)


def _ended(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 1024):
        loop.remove_reader(sys.stdin)
        stop.set()


if __name__ == "__main__":
    main()
