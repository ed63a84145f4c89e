"""Files that a command makes: whole, on the disk, and never over another one."""

from pathlib import Path

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
