"""The pages' process: one uvicorn that ends its open streams before it waits for requests."""

import asyncio

import uvicorn

from borderliaison.node import logs
from borderliaison.node.config import NodeConfig
from borderliaison.records.graph.beforehand import load_beforehand
from borderliaison.web.asgi import Application, django_pages

GRACE_S = 5
"""How long requests that are under way may take when the server is told to end."""


class Server(uvicorn.Server):
    """uvicorn, without signal handlers of its own: the part has them."""

    def install_signal_handlers(self) -> None:
        """Do nothing."""


async def run(node: NodeConfig, stop: asyncio.Event) -> None:
    """Serve pages until ``stop`` is set.

    Raises:
        OSError: the port cannot be used.
    """
    log = logs.get("web")

    application = Application(node.feed_socket, logs.reporter(log), django_pages())
    server = Server(
        uvicorn.Config(
            application,
            host=node.host,
            port=node.port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=node.is_encrypted and not node.tls_certificate,
            ssl_certfile=_file(node, node.tls_certificate),
            ssl_keyfile=_file(node, node.tls_key),
            lifespan="on",
            timeout_graceful_shutdown=GRACE_S,
        )
    )
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    log.info("web.started", port=node.port)
    load_beforehand()
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    application.fanout.hang_up()
    server.should_exit = True
    stopping.cancel()
    await serving


def _file(node: NodeConfig, name: str) -> str | None:
    """Return a file that is named as seen from the node's directory; ``None`` for no name."""
    return str(node.directory / name) if name else None
