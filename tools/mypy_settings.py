"""The settings as mypy's Django plugin reads them: those of a node that mypy keeps for itself."""

from pathlib import Path

from tools.throwaway import make_node

make_node(Path(".mypy_cache") / "node")  # mypy ends without tidying up, so a place of its own

from borderliaison.node.settings import *  # noqa: E402, F403
