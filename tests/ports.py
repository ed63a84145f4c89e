"""TCP ports for servers that tests start: below those that the system gives to connections."""

import os
import random
import socket
from itertools import chain
from pathlib import Path

LOWEST = 15_000
GIVEN_BY_THE_SYSTEM = Path("/proc/sys/net/ipv4/ip_local_port_range")
_chance = random.Random(os.getpid())  # noqa: S311 - processes that begin together look at other places
_tried: set[int] = set()


def free_port() -> int:
    """Return a TCP port that nobody uses now, another one at each call, never one of a connection's end.

    A port of the system's own range can be taken by any connection between the moment in which it is
    found free and the moment in which a server binds it, or while a server is started again.
    """
    highest = _end_of_range()
    begin = _chance.randrange(LOWEST, highest)
    for port in chain(range(begin, highest), range(LOWEST, begin)):
        if port not in _tried and _is_free(port):
            _tried.add(port)
            return port
    raise OSError("no free TCP port was found")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _end_of_range() -> int:
    if not GIVEN_BY_THE_SYSTEM.exists():
        return 32_768
    return max(LOWEST + 1_000, int(GIVEN_BY_THE_SYSTEM.read_text(encoding="ascii").split()[0]))
