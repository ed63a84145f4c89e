"""The composition root: joins the packages to each other, once in each process that starts Django.

What a package needs from one above it is a port; this module plugs the ports. Nothing here runs at
import, and running it twice changes nothing.
"""

from borderliaison.feed import services as feed
from borderliaison.node.config import NodeConfig


def wire(node: NodeConfig) -> None:
    """Plug every port for ``node``."""
    feed.wake_through(node.feed_socket)
