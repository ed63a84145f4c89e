"""A page that tells an administrator what to type: read from its Markdown, and typed as it stands there.

``sh`` blocks are typed into one terminal, in their order. A ``text`` block is what the block before it
shows: each line must be in its output, ``…`` stands for anything. What officers do in the browser stands
in comments: ``<!-- officer: karimov sees "the first lorry" -->``.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

BLOCK_LIMIT_S: Final = 240
"""How long one block may take on a busy machine; the page itself waits without end."""
END_LIMIT_S: Final = 30
_PART: Final = re.compile(
    r"^```(?P<kind>sh|text)\n(?P<text>.*?)^```$|<!-- officer: (?P<done>.*?) -->", re.M | re.S
)


@dataclass(frozen=True, slots=True)
class Part:
    """Something on the page that is done or seen.

    Attributes:
        kind: ``sh``, ``text`` or ``officer``.
        line: where on the page it begins, to be said when it fails.
    """

    kind: str
    text: str
    line: int


def parts_of(page: str) -> list[Part]:
    """Return what a page tells to do and to see, in its order."""
    return [
        Part(found["kind"] or "officer", found["text"] or found["done"],
             page.count("\n", 0, found.start()) + 1)
        for found in _PART.finditer(page)
    ]  # fmt: skip


def is_shown(line: str, output: str) -> bool:
    """Whether a line of a ``text`` block stands in some line of the output."""
    pattern = ".*".join(re.escape(piece) for piece in line.strip().split("…"))
    return re.search(pattern, output) is not None


class Terminal:
    """One ``bash -euo pipefail`` from the first block to the last, as the reader keeps one terminal.

    Args:
        home: the reader's home folder. Its path is short: Unix sockets live below it.
        replaced: what is typed instead of what, for ports that may be taken on this machine.
    """

    def __init__(self, home: Path, replaced: Mapping[str, str]) -> None:
        self._home, self._replaced, self._typed = home, replaced, 0
        self._out = home / ".terminal"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BLO_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        with self._out.open("wb") as out:
            self._shell = subprocess.Popen(
                ["bash", "-euo", "pipefail"], stdin=subprocess.PIPE, stdout=out, stderr=out,
                text=True, cwd=home, env=kept | {"HOME": str(home), "PATH": path},
                start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the shell and whatever was started from it."""
        assert self._shell.stdin is not None
        with suppress(OSError):
            self._shell.stdin.close()
        for number in (signal.SIGTERM, signal.SIGKILL):
            give_up = time.monotonic() + END_LIMIT_S
            with suppress(ProcessLookupError):
                while time.monotonic() < give_up:
                    os.killpg(self._shell.pid, number)
                    self._shell.poll()
                    time.sleep(0.2)
        self._shell.wait(END_LIMIT_S)

    def type(self, block: str) -> str:
        """Type a block and return what it shows, once it is done."""
        self._typed += 1
        script, done = (self._home / f".{self._typed}.{kind}" for kind in ("sh", "done"))
        script.write_text(self.replace(block), encoding="utf-8")
        shown = self._out.stat().st_size
        assert self._shell.stdin is not None
        self._shell.stdin.write(f"source {script} </dev/null\ntouch {done}\n")
        self._shell.stdin.flush()
        give_up = time.monotonic() + BLOCK_LIMIT_S
        while not done.exists():
            assert self._shell.poll() is None, self._output(shown)
            assert time.monotonic() < give_up, self._output(shown)
            time.sleep(0.05)
        return self._output(shown)

    def replace(self, text: str) -> str:
        """Return a text with the ports of this run."""
        for written, typed in self._replaced.items():
            text = text.replace(written, typed)
        return text

    def _output(self, shown: int) -> str:
        return self._out.read_bytes()[shown:].decode(errors="replace")
