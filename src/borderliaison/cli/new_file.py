"""Files that a command makes: whole, on the disk, and never over another one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from borderliaison.kernel import durable
from borderliaison.kernel.errors import LiaisonError


class FileIsThere(LiaisonError):
    """A file of that name is there already; nothing is overwritten."""

    code = "E-CLI-01"


class NotWritten(LiaisonError):
    """The file cannot be written."""

    code = "E-CLI-02"


def write_new(path: Path, data: bytes | str) -> None:
    """Write a file that was not there, for its owner alone.

    Raises:
        FileIsThere: there is something of that name.
        NotWritten: the disk or its permissions do not let it; says why.
    """
    try:
        durable.write_new(path, data)
    except FileExistsError as error:
        raise FileIsThere(str(path)) from error
    except OSError as error:
        raise NotWritten(f"{path}: {error.strerror}") from error


@contextmanager
def create(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that was not there, for its owner alone; take it away again where the block fails.

    Raises:
        FileIsThere: there is something of that name.
        NotWritten: the disk or its permissions do not let it; says why.
    """
    try:
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise FileIsThere(str(path)) from error
    except OSError as error:
        raise NotWritten(f"{path}: {error.strerror}") from error
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
