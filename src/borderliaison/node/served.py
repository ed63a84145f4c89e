"""Holding a node still: whoever changes it under its processes' feet makes sure that there are none."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from borderliaison.kernel.errors import LiaisonError


class NodeIsServed(LiaisonError):
    """The node is running."""

    code = "E-SRV-03"
    retryable = True
    hint = "end `blo serve` first"


@contextmanager
def held_still(directory: Path) -> Iterator[None]:
    """Keep `blo serve` from starting on the node in ``directory`` while the block runs.

    Raises:
        NodeIsServed: it runs already.
    """
    run = directory / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(run / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise NodeIsServed(str(directory)) from error
    finally:
        os.close(lock)
