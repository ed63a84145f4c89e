"""Waking the worker: one datagram to its Unix socket. Losing it costs a second, never a letter."""

import socket
from enum import Enum
from pathlib import Path
from typing import Final

SOCKET_NAME: Final = "worker.sock"


class Poke(bytes, Enum):
    """What the worker is asked to look at."""

    OUTBOX = b"outbox"
    """Something was posted."""
    RECONCILE = b"reconcile"
    """Compare heads with every peer now, and ask the directory again."""
    RETRY = b"retry"
    """Something that had failed is to be tried again."""


def poke(run_directory: Path, what: Poke = Poke.OUTBOX) -> bool:
    """Wake the worker of this node; return whether anybody was there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            sender.sendto(what.value, str(run_directory / SOCKET_NAME))
        except OSError:  # nobody there, or a full queue: the worker polls as well
            return False
    return True
