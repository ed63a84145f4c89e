"""A node directory for tools that want Django's settings and nothing else."""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path


def make_node(directory: Path | None = None) -> Path:
    """Make a node directory and name it in the environment.

    Args:
        directory: where to keep it; without it, a temporary one that goes when this process ends.
    """
    if directory is None:
        directory = Path(tempfile.mkdtemp(prefix="blo-tool-"))
        atexit.register(shutil.rmtree, directory, ignore_errors=True)
    (directory / "keys").mkdir(parents=True, exist_ok=True)
    (directory / "keys" / "web.secret").write_text(secrets.token_urlsafe(64), encoding="ascii")
    (directory / "node.toml").write_text('office = "KG-BDB"\n', encoding="utf-8")
    os.environ["BLO_NODE"] = str(directory)
    os.environ["DJANGO_SETTINGS_MODULE"] = "borderliaison.node.settings"
    return directory
