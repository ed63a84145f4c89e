"""One at a time takes a set in or back: two would write each row twice.

Whoever does has the lock on a file of the node that is named after the set. If he dies, the machine lets
the lock go; the file goes with whoever had it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from borderliaison.records.interchange.errors import SetBusy


@contextmanager
def alone(key: str) -> Iterator[None]:
    """Keep others from a set while the block runs.

    Args:
        key: of the set.

    Raises:
        SetBusy: somebody else has it.
    """
    path = _path(key)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    file = _locked(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(file)


def is_busy(key: str) -> bool:
    """Whether somebody takes a set in or back just now."""
    try:
        file = os.open(_path(key), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _path(key: str) -> Path:
    return Path(settings.NODE.run_directory) / f"import-{key}.lock"


def _locked(path: Path) -> int:
    """Return the file, locked; anew where it went with whoever had it just before."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and path.stat().st_ino == os.fstat(file).st_ino:
                return file
        except BlockingIOError as error:
            os.close(file)
            raise SetBusy(path.stem) from error
        os.close(file)
