"""TCP ports that are free on this machine, one for each node's pages and one for the hub."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

FIRST: Final = 8401
TRIED: Final = 400


@dataclass(frozen=True, slots=True)
class Ports:
    """What each part of the demo listens on."""

    pages: dict[str, int]
    hub: int


def choose_ports(offices: list[str]) -> Ports:
    """Return free ports, from 8401 on so that they stay the same where they can.

    Raises:
        OSError: there are not enough.
    """
    with ExitStack() as held:
        free = _free(held)
        pages = {office: next(free) for office in offices}
        return Ports(pages, next(free))


def _free(held: ExitStack) -> Iterator[int]:
    for port in range(FIRST, FIRST + TRIED):
        probe = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        yield port
    raise OSError("no free TCP port was found")
