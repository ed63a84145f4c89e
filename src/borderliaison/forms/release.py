"""Releasing data files: once a file is in ``RELEASED.txt`` with its hash, it never changes.

A change is a new version beside the old one, because offices hold reports that were filled in the old.
Run ``python -m borderliaison.forms.release`` to add new files; a file that changed, or that does not
follow its schema, is refused.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from borderliaison.forms.catalogue import load_catalogue
from borderliaison.forms.classifications import load_labels
from borderliaison.forms.codes import load_codes
from borderliaison.forms.errors import BadFile
from borderliaison.forms.factors import load_factors
from borderliaison.forms.gradings import load_scale
from borderliaison.forms.icons import load_icons
from borderliaison.forms.load import load_form
from borderliaison.forms.recorded import PARTS, load_recorded
from borderliaison.forms.sentences import load_sentences
from borderliaison.forms.store import FOLDERS, RELEASED, root, shipped

HEADER = "# SHA-256 of every released data file. Lines are added, never changed: a change is a new version."


def released() -> dict[str, str]:
    """Return the hash of each released file by its path in the package."""
    text = root().joinpath("data", RELEASED).read_text(encoding="utf-8")
    lines = [line.split("  ", 1) for line in text.splitlines() if line and line[0] != "#"]
    return {path: digest for digest, path in lines}


def present() -> Iterator[tuple[str, str]]:
    """Yield path and hash of every versioned data file that is there."""
    for folder in FOLDERS:
        entries = root().joinpath(folder).iterdir()
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name.endswith(".yaml"):
                yield f"{folder}/{entry.name}", hashlib.sha256(entry.read_bytes()).hexdigest()


def differences() -> list[str]:
    """Return a sentence for each file that changed, is gone, or is not released."""
    listed, there = released(), dict(present())
    said = [f"{path}: gone" for path in listed if path not in there]
    said += [f"{path}: not released" for path in there if path not in listed]
    changed = [path for path in listed if path in there and there[path] != listed[path]]
    return said + [f"{path}: changed; make a new version" for path in changed]


def problems() -> list[str]:
    """Return what is wrong in the data files, each with file, line and path."""
    loaders: dict[str, Callable[[str, int], object]] = {
        "data": load_form,
        "codes": load_codes,
        "factors": load_factors,
        "records": lambda name, version: name == PARTS or load_recorded(name, version),
        "scales": lambda name, version: load_scale(name, str(version)),
    }
    attempts: list[Callable[[], object]] = [load_labels, load_sentences, load_catalogue, load_icons]
    attempts += [
        partial(load, name, version)
        for folder, load in loaders.items()
        for name, numbers in shipped(folder).items()
        for version in numbers
    ]
    found: list[str] = []
    for attempt in attempts:
        try:
            attempt()
        except BadFile as error:
            found += [str(one) for one in error.problems if str(one) not in found]
    return found


def main(folder: Path) -> int:
    """Add new files to the list in ``folder``; refuse if one is wrong or a released one changed."""
    broken = [said for said in differences() if not said.endswith("not released")]
    broken += problems()
    if broken:
        sys.stderr.write("".join(f"blo: error: {said}\n" for said in broken))
        return 1
    lines = {path: f"{digest}  {path}" for path, digest in present()}
    text = "\n".join([HEADER, *(lines[path] for path in sorted(lines))]) + "\n"
    (folder / RELEASED).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).parent / "data"))
