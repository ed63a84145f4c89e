"""The named points at which a worker may die, so that tests can kill it there.

Around each commit, each message and each chunk of a file there is one point before and one after.
``tests/faults`` kills a real worker at every one of them, on both sides, and then counts: nothing lost,
nothing doubled.
"""

import os
import signal
from enum import StrEnum
from typing import Final

VARIABLE: Final = "BLO_KILL_AT"


class CommitPoint(StrEnum):
    """Where a worker may die."""

    BEFORE_SEAL_COMMIT = "before_seal_commit"
    AFTER_SEAL_COMMIT = "after_seal_commit"
    BEFORE_SEND = "before_send"
    AFTER_SEND = "after_send"
    """The peer has answered; nothing of that is written yet."""
    BEFORE_PROGRESS_COMMIT = "before_progress_commit"
    AFTER_PROGRESS_COMMIT = "after_progress_commit"
    BEFORE_LEDGER_COMMIT = "before_ledger_commit"
    AFTER_LEDGER_COMMIT = "after_ledger_commit"
    """Delivered, and not acknowledged yet."""
    AFTER_ACKNOWLEDGE = "after_acknowledge"
    BEFORE_APPLY_COMMIT = "before_apply_commit"
    """The handler has done its work; nothing of that is committed yet."""
    AFTER_APPLY_COMMIT = "after_apply_commit"
    BEFORE_RETURN_COMMIT = "before_return_commit"
    """What a peer has given back is in the ledgers; nothing of that is committed yet."""
    AFTER_RETURN_COMMIT = "after_return_commit"
    BEFORE_HEADS = "before_heads"
    AFTER_HEADS = "after_heads"
    BEFORE_PIECE = "before_piece"
    """A piece of a file is read for who asked for it; nothing of it is answered yet."""
    BEFORE_CHUNK = "before_chunk"
    """A chunk of a file has come whole; nothing of it is kept yet."""
    AFTER_CHUNK = "after_chunk"


_armed: CommitPoint | None = None
_passes: int = 0
"""How often the point is passed before the worker dies there."""


def arm(demo: bool) -> CommitPoint | None:
    """Read ``BLO_KILL_AT``; it is heeded on demo and test nodes only.

    ``after_chunk`` dies there the first time, ``after_chunk 3`` the third time.

    Raises:
        ValueError: it names no commit point, or no time.
    """
    global _armed, _passes  # noqa: PLW0603 - one worker, one process, one death
    name, _, time = os.environ.get(VARIABLE, "").partition(" ")
    _armed = CommitPoint(name) if name and demo else None
    _passes = int(time or 1) - 1
    return _armed


def reach(point: CommitPoint) -> None:
    """Say that this point is reached; die here if that was asked for."""
    global _passes  # noqa: PLW0603 - likewise
    if _armed is not point:
        return
    if _passes == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    _passes -= 1
