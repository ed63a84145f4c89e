"""What a part of this machine's node answers: whether it is ready, and whether it lives at all."""

import asyncio
import http.client
import ssl
from typing import Final

from borderliaison.node.config import NodeConfig

READY_LIMIT_S: Final = 2.0
LIFE_LIMIT_S: Final = 30.0
"""On a machine that is very busy, an answer takes its time; the part that gives it lives."""


def answers(node: NodeConfig) -> bool:
    """Whether the pages' process says that it can serve pages."""
    return _health(node, READY_LIMIT_S) == http.client.OK


def web_speaks(node: NodeConfig) -> bool:
    """Whether the pages' process says anything at all; without its database, say, it lives all the same."""
    return _health(node, LIFE_LIMIT_S) is not None


async def hub_speaks(node: NodeConfig) -> bool:
    """Whether the hub greets. The system accepts connections also for a process that hangs."""
    try:
        async with asyncio.timeout(LIFE_LIMIT_S):
            reader, writer = await asyncio.open_connection(node.hub_host, node.hub_port)
            try:
                return bool(await reader.read(1))
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False


def _health(node: NodeConfig, limit_s: float) -> int | None:
    connection = _connection(node, limit_s)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _connection(node: NodeConfig, limit_s: float) -> http.client.HTTPConnection:
    """Return a connection to this machine's own server; whose certificate it has is no question."""
    host = "127.0.0.1" if node.host == "0.0.0.0" else node.host  # noqa: S104  # a comparison
    if not node.tls_certificate:
        return http.client.HTTPConnection(host, node.port, timeout=limit_s)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    own.check_hostname, own.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(host, node.port, timeout=limit_s, context=own)
