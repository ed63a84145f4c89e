"""The named points at which a worker may die, so that tests can kill it there.

Around each commit and each message there is one point before and one after. ``tests/faults`` kills a
real worker at every one of them, on both sides, and then counts: nothing lost, nothing doubled.
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


_armed: CommitPoint | None = None


def arm(demo: bool) -> CommitPoint | None:
    """Read ``BLO_KILL_AT``; it is heeded on demo and test nodes only.

    Raises:
        ValueError: it names no commit point.
    """
    global _armed  # noqa: PLW0603 - one worker, one process, one death
    wanted = os.environ.get(VARIABLE, "")
    _armed = CommitPoint(wanted) if wanted and demo else None
    return _armed


def reach(point: CommitPoint) -> None:
    """Say that this point is reached; die here if that was asked for."""
    if _armed is point:
        os.kill(os.getpid(), signal.SIGKILL)
