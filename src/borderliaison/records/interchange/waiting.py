"""Files that officers sent and that are not yet taken in: looked at, mapped, and then written or let go.

They stand in the memory of the pages' process, of which a node has one, so that none is kept on
a disk; after a restart they are chosen again. An officer has one at a time in a realm.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from borderliaison.kernel.errors import LiaisonError

LASTS_S: Final = 3600
"""How long a file waits."""
AT_MOST: Final = 8
"""How many wait at once; beyond that the one that waits longest is let go."""


@dataclass(slots=True)
class Taking:
    """How far a file is taken in.

    Attributes:
        done: steps.
        total: of how many.
        is_read: whether the file is read, and what is in it is being written.
        is_ended: whether nothing more happens.
        is_new: whether anything was written.
        things: that came in.
        links: likewise.
        flaws: what could not come in.
        set_key: of the set that it is.
        title: of that.
        problem: why it ended early.
    """

    done: int = 0
    total: int = 0
    is_read: bool = False
    is_ended: bool = False
    is_new: bool = False
    things: int = 0
    links: int = 0
    flaws: int = 0
    set_key: str = ""
    title: str = ""
    problem: LiaisonError | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is being written."""
        return not self.is_ended


@dataclass(slots=True)
class Waiting:
    """A file that waits.

    Attributes:
        key: 32 hexadecimal digits.
        owner: who sent it, and in which realm he worked.
        name: of the file.
        data: what is in it; empty after it was taken in.
        sent_at: by the clock of the shelf.
        taking: how far it is, once it is taken in.
    """

    key: str
    owner: str
    name: str
    data: bytes = field(repr=False)
    sent_at: float
    taking: Taking | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is being written, and cannot be let go."""
        return self.taking is not None and self.taking.is_running


class Shelf:
    """The files that wait.

    Args:
        now: seconds of a clock that never goes back.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._files: dict[str, Waiting] = {}
        self._lock = threading.Lock()

    def put(self, owner: str, name: str, data: bytes) -> Waiting:
        """Let a file wait, in the place of what its owner sent before."""
        with self._lock:
            self._let_go(owner)
            one = Waiting(secrets.token_hex(16), owner, name, data, self._now())
            self._files[one.key] = one
            return one

    def find(self, owner: str, key: str) -> Waiting | None:
        """Return an owner's file; None where he has none of this key."""
        with self._lock:
            found = self._files.get(key)
            return found if found is not None and found.owner == owner else None

    def drop(self, one: Waiting) -> None:
        """Let a file go."""
        with self._lock:
            if not one.is_held:
                self._files.pop(one.key, None)

    def begin(self, one: Waiting) -> Taking | None:
        """Say that a file is taken in from now on; None where that was said before."""
        with self._lock:
            if one.taking is not None and (one.is_held or one.taking.problem is None):
                return None
            one.taking = Taking()
            return one.taking

    def _let_go(self, owner: str) -> None:
        before = self._now() - LASTS_S
        free = [one for one in self._files.values() if not one.is_held]
        gone = [one for one in free if one.owner == owner or one.sent_at < before]
        rest = [one for one in free if one not in gone]
        over = len(self._files) - len(gone) - AT_MOST + 1
        for one in (*gone, *rest[: max(0, over)]):
            del self._files[one.key]


SHELF: Final = Shelf()
"""The one of this process."""
