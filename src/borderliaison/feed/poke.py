"""One empty datagram to a Unix socket: "look again". Losing it costs a second, never an event."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def poke(path: Path) -> None:
    """Wake whoever listens on ``path``. Nobody there, or a full queue, is no error: they poll."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            sender.sendto(b"\n", str(path))
        except OSError:
            return


@contextmanager
def poked(path: Path) -> Iterator[asyncio.Event]:
    """Listen on ``path``; give an event that is set by each datagram.

    Raises:
        OSError: nobody can listen there: the path is too long, say.
    """
    loop, again = asyncio.get_running_loop(), asyncio.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.setblocking(False)
        path.unlink(missing_ok=True)
        listening.bind(str(path))
        path.chmod(0o600)
        loop.add_reader(listening, _drain, listening, again)
        try:
            yield again
        finally:
            loop.remove_reader(listening)
            path.unlink(missing_ok=True)


def _drain(listening: socket.socket, again: asyncio.Event) -> None:
    again.set()
    try:
        while listening.recv(64):
            pass
    except BlockingIOError:
        return
