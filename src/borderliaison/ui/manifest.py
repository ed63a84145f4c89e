"""Finds the built front end: what Vite wrote, by the names in its manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

BUILD = Path(__file__).parent / "static" / "build"
SOURCES = Path(__file__).parents[3] / "frontend"


class FrontEndNotBuilt(ImproperlyConfigured):
    """The front end is not built: `uv sync --reinstall-package borderliaison` builds it."""


@lru_cache(maxsize=1)
def _read(path: Path) -> dict[str, Any]:
    """Read the manifest once: the process serves no built file that was not there when it started."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FrontEndNotBuilt(FrontEndNotBuilt.__doc__) from error
    return content


def entry(name: str) -> dict[str, Any]:
    """Return what the manifest says of an input, such as ``src/main.ts`` or ``icons.svg``.

    Raises:
        FrontEndNotBuilt: there is no build, or no such input in it.
    """
    try:
        found: dict[str, Any] = _read(BUILD / "manifest.json")[name]
    except KeyError as error:
        raise FrontEndNotBuilt(f"{name} is not in the front end's manifest") from error
    return found


def url(name: str) -> str:
    """Return the address of one built file.

    Raises:
        FrontEndNotBuilt: there is no build, or no such file in it.
    """
    return _address(name, BUILD)


@lru_cache(maxsize=256)
def _address(name: str, build: Path) -> str:
    """Find an address once for each build: a page asks for that of its icons some hundred times."""
    return static(f"build/{entry(name)['file']}")


def styles(name: str) -> list[str]:
    """Return the addresses of the stylesheets that an entry brings."""
    return [static(f"build/{file}") for file in entry(name).get("css", [])]
