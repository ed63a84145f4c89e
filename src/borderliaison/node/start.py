"""Starting Django for one node, in whichever process needs it."""

import os
from pathlib import Path

from borderliaison.node.config import NODE_VARIABLE, NodeConfig


def start_django(directory: Path) -> NodeConfig:
    """Read the node in ``directory``, start Django on it, and join the packages to each other.

    Raises:
        BadConfiguration: there is no node, or its configuration cannot be used.
    """
    config = NodeConfig.load(directory)
    os.environ[NODE_VARIABLE] = str(config.directory)
    os.environ["DJANGO_SETTINGS_MODULE"] = "borderliaison.node.settings"
    config.run_directory.mkdir(mode=0o700, exist_ok=True)
    os.environ["SQLITE_TMPDIR"] = str(config.run_directory)  # what it sorts is people's data
    import django  # noqa: PLC0415  # reads the settings, so after the environment is set

    django.setup()
    from borderliaison.node.wiring import wire  # noqa: PLC0415  # imports models

    wire(config)
    return config
