"""Forms that a node has of its own, as tests write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from borderliaison.forms import store

MORE = "      - {name: convoy, type: text, label: {en: Convoy, ru: Колонна}, max_length: 40}\n"


@contextmanager
def own_folder(folder: Path) -> Iterator[Path]:
    """Keep a node's own forms in a folder for a while."""
    before = store.own_folder()
    store.keep_own_in(folder)
    yield folder
    store.keep_own_in(before.parent if before else None)


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file; return where."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def lookout(folder: Path, version: int = 1000, change: tuple[str, str] = ("", "")) -> Path:
    """Write the shipped lookout with a field more, and with one text changed for another."""
    shipped = store.shipped("data")["lookout"][-1]
    text = store.read_file("data", "lookout", shipped)[1]
    text = text.replace(f"version: {shipped}", f"version: {version}", 1)
    text = text.replace(*change, 1) if change[0] else text
    return written(folder, f"lookout.v{version}.yaml", text + MORE)
