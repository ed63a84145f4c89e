"""Files that are made beside the pages: followed, stopped, and given out once.

A file has no name on the disk and is its maker's alone, so it is gone with him: when it is stopped, when
nobody asks for it any more, and when the server ends. That it was given out is noted when it is.
"""

import logging
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import connections
from django.utils import translation

from borderliaison.kernel.errors import LiaisonError
from borderliaison.records.interchange.errors import InterchangeError, LetGo
from borderliaison.records.interchange.whose import PLACES, Sender

AT_ONCE_S: Final = 1.5
"""So long whoever asks waits before he is shown how far it is."""
LEFT_S: Final = 300.0
"""After so long in which nobody asked, a file is let go."""
_GIVING_S: Final = 60.0
_STOPPING_S: Final = 2.0
_PAUSE_S: Final = 0.002
_BETWEEN_S: Final = 0.05
"""Between two pauses, in which the pages get their turn."""

log = logging.getLogger(__name__)


class State(StrEnum):
    """How far a file is."""

    GATHERS = "gathers"
    WRITES = "writes"
    READY = "ready"
    GIVEN = "given"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Label:
    """What a file goes out as.

    Attributes:
        name: of the file.
        media_type: its.
        lang: of whoever reads it.
        again: the address where it is begun again.
    """

    name: str
    media_type: str
    lang: str
    again: str = ""


class Making:
    """A file that is made.

    Attributes:
        key: 32 hexadecimal digits.
        label: what it goes out as.
        state: how far it is.
        done: steps of this state.
        total: of how many.
        problem: why it failed.
    """

    def __init__(self, label: Label, left_s: float = LEFT_S) -> None:
        self.key, self.label, self.state = secrets.token_hex(16), label, State.GATHERS
        self.done, self.total = 0, 0
        self.problem: LiaisonError | None = None
        self._left_s, self._asked_at, self._paused_at = left_s, time.monotonic(), 0.0
        self._is_stopped, self._is_offered, self._is_wanted = False, False, False
        self._file: IO[bytes] | None = None
        self._changed = threading.Condition()

    @property
    def is_running(self) -> bool:
        """Whether it is still gathered or written."""
        return self.state in (State.GATHERS, State.WRITES)

    @property
    def is_ended(self) -> bool:
        """Whether nothing more happens."""
        return self.state in (State.GIVEN, State.STOPPED, State.FAILED)

    def wait(self, seconds: float = AT_ONCE_S) -> None:
        """Wait until it is ready or ended, at most so long."""
        with self._changed:
            self._changed.wait_for(lambda: not self.is_running, seconds)

    def asked(self) -> None:
        """Note that somebody still waits for it."""
        with self._changed:
            self._asked_at = time.monotonic()

    def stop(self) -> None:
        """Let it go, and wait a little until it is gone; what was given stays so."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.is_ended, _STOPPING_S)

    def offer(self) -> bool:
        """Whether it is ready, and a page that waits is led to it; once."""
        with self._changed:
            is_first = self.state is State.READY and not self._is_offered
            self._is_offered |= is_first
            return is_first

    def take(self) -> IO[bytes] | None:
        """Return the file, from its beginning, to whoever asks first once it is ready; else None.

        Whoever gets it closes it.
        """
        with self._changed:
            if self.state is not State.READY or self._is_wanted:
                return None
            self._is_wanted = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.is_ended, _GIVING_S)
            file, self._file = self._file, None
            return file

    def tell(self, done: int, total: int) -> None:
        """Note how far it is.

        Raises:
            LetGo: it is not to be made any more.
        """
        self.done, self.total = done, total
        now = time.monotonic()
        if now - self._paused_at > _BETWEEN_S:
            time.sleep(_PAUSE_S)
            self._paused_at = now
        with self._changed:
            self._check()

    def gathered(self) -> None:
        """Note that all is gathered, and is written from now on."""
        self.state, self.done, self.total = State.WRITES, 0, 0

    def written(self) -> None:
        """Keep it until somebody takes it.

        Raises:
            LetGo: nobody does.
        """
        connections.close_all()
        with self._changed:
            self._check()
            self.state = State.READY
            self._changed.notify_all()
            while not self._is_wanted:
                self._check()
                self._changed.wait(self._asked_at + self._left_s - time.monotonic())

    def work(self, write: "Work") -> None:
        """Make it, from its beginning to its end."""
        folder = Path(settings.NODE.run_directory)
        state, file = State.FAILED, None
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - whoever sends it closes it
            with translation.override(self.label.lang):
                write(self, file, folder)
            state = State.GIVEN
        except LetGo:
            state = State.STOPPED
        except LiaisonError as error:
            self.problem = error
        except Exception:
            log.exception("a file could not be made")
            self.problem = InterchangeError("it ended early")
        finally:
            connections.close_all()
            self._end(state, file)

    def _check(self) -> None:
        if self._is_stopped or time.monotonic() - self._asked_at >= self._left_s:
            raise LetGo(self.key)

    def _end(self, state: State, file: IO[bytes] | None) -> None:
        if file is not None and not (state is State.GIVEN and self._is_wanted):
            file.close()
        elif file is not None:
            file.seek(0)
            self._file = file
        with self._changed:
            self.state = state
            self._changed.notify_all()


Work = Callable[[Making, IO[bytes], Path], object]
"""Writes a file whole; is given its making, to tell how far it is, and a folder for what stands between."""


class Bench:
    """The files that are made, one at a time for each officer in a realm, and how the last ones ended."""

    def __init__(self) -> None:
        self._known: dict[Sender, tuple[Making, ...]] = {}
        self._lock = threading.Lock()

    def begin(self, sender: Sender, label: Label, write: Work, left_s: float = LEFT_S) -> Making:
        """Make a file beside the pages; what was made for the same officer is let go.

        Args:
            sender: for whom.
            label: what it goes out as.
            write: makes it.
            left_s: how long it is kept when nobody asks.
        """
        one = Making(label, left_s)
        with self._lock:
            before = self._known.get(sender, ())
            self._known[sender] = (one, *before[: PLACES - 1])
        for other in before:
            other.stop()
        threading.Thread(target=one.work, args=(write,), daemon=True).start()
        return one

    def find(self, sender: Sender, key: str) -> Making | None:
        """Return an officer's file; None where he has none of this key."""
        with self._lock:
            return next((one for one in self._known.get(sender, ()) if one.key == key), None)


BENCH: Final = Bench()
"""The one of this process; a node has one that serves pages."""
