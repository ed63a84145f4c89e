"""Files that are there whole, or not at all, also after a loss of power; for their owner alone.

A file's octets and its name are two things on a disk: the name stands in the folder, which is brought onto
the disk by itself. Each function here returns when both are there. Whatever is renamed, linked or replaced
in this program is renamed, linked or replaced here.
"""

import errno
import os
import secrets
from pathlib import Path
from typing import Final

_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a file system says that knows no second name for a file: a memory stick's, say."""


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file in the place of what is there."""
    draft = _draft(path, data)
    try:
        draft.replace(path)
    except BaseException:
        draft.unlink()
        raise
    sync(path.parent)


def write_new(path: Path, data: bytes | str) -> None:
    """Write a file, and never over another one.

    Raises:
        FileExistsError: there is one already.
    """
    draft = _draft(path, data)
    try:
        _link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder, where there is none yet."""
    path.mkdir(mode=0o700, exist_ok=True)
    sync(path.parent)


def remove(path: Path) -> None:
    """Remove a file.

    Raises:
        FileNotFoundError: there is none.
    """
    path.unlink()
    sync(path.parent)


def move(source: Path, target: Path) -> None:
    """Move a file or a folder to a name on the same file system. A file that has that name is replaced."""
    source.rename(target)
    for folder in {source.parent, target.parent}:
        sync(folder)


def name_too(path: Path, other: Path) -> None:
    """Give a file a second name.

    Raises:
        FileExistsError: the name is another file's.
    """
    os.link(path, other)
    sync(other.parent)


def settle(folder: Path) -> None:
    """Bring a folder with everything in it onto the disk."""
    for found, _, names in os.walk(folder):
        for name in names:
            path = Path(found, name)
            if path.is_file() and not path.is_symlink():
                sync(path)
        sync(Path(found))


def sync(path: Path) -> None:
    """Bring a file, or what a folder says of its files, onto the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _draft(path: Path, data: bytes | str) -> Path:
    """Write the octets beside the place where they are to be; return where."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(draft, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data if isinstance(data, bytes) else data.encode())
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink()
        raise
    return draft


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        draft.replace(path)
