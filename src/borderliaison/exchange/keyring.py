"""The office's private keys: read by the worker alone, from a file that only its owner may read."""

import os
import stat
from pathlib import Path

from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.errors import NoKeyFile, UnsafeKeyFile

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def load_keys(path: Path) -> OfficeKeys:
    """Read the office's private keys.

    Raises:
        NoKeyFile: there is none.
        UnsafeKeyFile: others than its owner may read it.
        MalformedData: it is not a file of keys.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise NoKeyFile(str(path)) from error
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode) or mode & _OTHERS:
            raise UnsafeKeyFile(f"{path}: mode {stat.S_IMODE(mode):04o}")
        return OfficeKeys.from_bytes(file.read())


def store_keys(path: Path, keys: OfficeKeys) -> None:
    """Write new private keys, readable by their owner alone.

    Raises:
        FileExistsError: there are keys already; they are never overwritten.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(keys.to_bytes())
        file.flush()
        os.fsync(file.fileno())
