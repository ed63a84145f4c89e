"""The data files of the package: where they are and which versions there are."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from borderliaison.forms.errors import UnknownForm

FOLDERS: Final = ("data", "codes", "scales", "labels", "factors")
RELEASED: Final = "RELEASED.txt"
_FILE: Final = re.compile(r"^([a-z0-9][a-z0-9_]*)\.v([1-9][0-9]{0,3})\.yaml$")


def root() -> Traversable:
    """Return the folder of the package."""
    return files("borderliaison.forms")


@cache
def versions(folder: str) -> dict[str, tuple[int, ...]]:
    """Return the versions, in order, of each file in a folder: ``{"lookout": (1,)}``."""
    found: dict[str, list[int]] = {}
    for entry in root().joinpath(folder).iterdir():
        if match := _FILE.match(entry.name):
            found.setdefault(match[1], []).append(int(match[2]))
    return {name: tuple(sorted(numbers)) for name, numbers in sorted(found.items())}


def read_file(folder: str, name: str, version: int | None) -> tuple[str, str]:
    """Return the name and the text of a data file, of the newest version unless told.

    Raises:
        UnknownForm: there is no such file or version.
    """
    known = versions(folder).get(name, ())
    wanted = version if version is not None else max(known, default=0)
    if wanted not in known:
        raise UnknownForm(f"{folder}: no {name[:40]!r} in version {wanted}")
    file = f"{name}.v{wanted}.yaml"
    return file, root().joinpath(folder, file).read_text(encoding="utf-8")
