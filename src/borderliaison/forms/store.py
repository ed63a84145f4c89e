"""The data files: those of the package, and those that an administrator has added for this office.

What the package ships has versions below ``OWN_FROM``, what an office adds has versions from there on, so
that a newer package never has another file under the same name. Neither ever changes: an added file
whose octets are not those that were checked is as if it were not there.
"""

import hashlib
import json
import os
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from borderliaison.forms.errors import UnknownForm

FOLDERS: Final = ("data", "codes", "scales", "labels", "factors")
RELEASED: Final = "RELEASED.txt"
OWN_FOLDER: Final = "forms"
"""The folder of the office's own files, in the node's directory."""
OWN_FROM: Final = 1_000
"""The first version that an office's own file may have."""
ADDED: Final = "added.json"
"""The list of added files, by path: their hash, when they came, whether they are offered."""
_FILE: Final = re.compile(r"^([a-z0-9][a-z0-9_]*)\.v([1-9][0-9]{0,3})\.yaml$")
_own: list[Path] = []


def root() -> Traversable:
    """Return the folder of the package."""
    return files("borderliaison.forms")


def keep_own_in(directory: Path | None) -> None:
    """Say in which node's directory the office's own files lie; None for nowhere."""
    _own[:] = [] if directory is None else [directory.resolve() / OWN_FOLDER]


def own_folder() -> Path | None:
    """Return the folder of the office's own files, where there is a node."""
    return _own[0] if _own else None


def added() -> dict[str, dict[str, Any]]:
    """Return what is known of each added file, by its path in the folder: ``data/lookout.v1000.yaml``."""
    folder = own_folder()
    if folder is None:
        return {}
    try:
        found: dict[str, dict[str, Any]] = json.loads((folder / ADDED).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found


def state() -> str:
    """Return what changes when the office's own files do; what was read is kept together with it."""
    folder = own_folder()
    if folder is None:
        return ""
    try:
        found = os.stat(f"{folder}/{ADDED}")  # asked for each value of a page, so without a Path
    except FileNotFoundError:
        return ""
    return f"{folder}:{found.st_mtime_ns}:{found.st_size}"


def shipped(folder: str) -> dict[str, tuple[int, ...]]:
    """Return the versions, in order, of each file of the package in a folder: ``{"lookout": (1,)}``."""
    return dict(_shipped(folder))


@cache
def _shipped(folder: str) -> dict[str, tuple[int, ...]]:
    return _by_name([entry.name for entry in root().joinpath(folder).iterdir()])


def versions(folder: str) -> dict[str, tuple[int, ...]]:
    """Return the versions, in order, of each file in a folder, the office's own among them."""
    return _with_own(folder, list(added()))


def offered(folder: str) -> dict[str, tuple[int, ...]]:
    """Return the versions, in order, in which something may be begun: without withdrawn ones."""
    return _with_own(folder, [path for path, one in added().items() if not one["withdrawn"]])


def read_file(folder: str, name: str, version: int | None) -> tuple[str, str]:
    """Return the name and the text of a data file, of the newest version on offer unless told.

    Raises:
        UnknownForm: there is no such file or version, or it is not as it was when it was added.
    """
    wanted = version if version is not None else newest(folder, name)
    if wanted not in versions(folder).get(name, ()):
        raise UnknownForm(f"{folder}: no {name[:40]!r} in version {wanted}")
    file = f"{name}.v{wanted}.yaml"
    if wanted in _shipped(folder).get(name, ()):
        return file, root().joinpath(folder, file).read_text(encoding="utf-8")
    return file, _own_text(f"{folder}/{file}")


def newest(folder: str, name: str) -> int:
    """Return the newest version on offer.

    Raises:
        UnknownForm: there is none.
    """
    known = offered(folder).get(name, ())
    if not known:
        raise UnknownForm(f"{folder}: no {name[:40]!r}")
    return known[-1]


def digest_of(data: bytes) -> str:
    """Return the hash by which a file is known not to have changed."""
    return hashlib.sha256(data).hexdigest()


def _own_text(path: str) -> str:
    folder = own_folder()
    if folder is None:
        raise UnknownForm(path)
    try:
        data = (folder / path).read_bytes()
    except OSError as error:
        raise UnknownForm(path) from error
    if digest_of(data) != added()[path]["sha256"]:
        raise UnknownForm(f"{path} was changed after it was added")
    return data.decode("utf-8")


def _with_own(folder: str, paths: list[str]) -> dict[str, tuple[int, ...]]:
    known = dict(_shipped(folder))
    within = [path.partition("/")[2] for path in paths if path.startswith(f"{folder}/")]
    for name, numbers in _by_name(within).items():
        known[name] = (*known.get(name, ()), *numbers)
    return known


def _by_name(names: list[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for one in names:
        if match := _FILE.match(one):
            found.setdefault(match[1], []).append(int(match[2]))
    return {name: tuple(sorted(numbers)) for name, numbers in sorted(found.items())}
