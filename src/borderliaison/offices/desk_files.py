"""Files of the authority's desk: whole or not at all, their owner's alone."""

import os
from pathlib import Path

from borderliaison.offices.errors import AuthorityError


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and never over another one."""
    draft = _draft(path, data)
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise AuthorityError(f"{path.name} exists already") from error
    finally:
        draft.unlink()


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, in the place of an earlier one."""
    os.replace(_draft(path, data), path)


def _draft(path: Path, data: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return draft


def remove(folder: Path, name: str) -> None:
    """Remove the file of one who is listed.

    Raises:
        AuthorityError: there is none.
    """
    try:
        (folder / name).unlink()
    except FileNotFoundError as error:
        raise AuthorityError(f"{name.partition('.')[0]} is not listed") from error
