"""The settings as mypy's Django plugin reads them: those of a node that exists only meanwhile."""

from tools.throwaway import make_node

make_node()

from borderliaison.node.settings import *  # noqa: E402, F403
