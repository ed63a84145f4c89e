"""Blobs on the disk: sealed, each in a file of its own that is named by its hash and never changed.

A blob that is coming grows in ``coming/``, whole chunks only counting, and is moved into its place when it
is whole. Keys are in the database alone: without it nothing here can be read.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from borderliaison.files.errors import AlteredFile, DiskFull, NotHere
from borderliaison.files.sealing import SEALED_BYTES, ChunkList, sealed_size
from borderliaison.kernel.durable import make_folder, move

COMING: Final = "coming"
LEAVE_FREE_BYTES: Final = 1_000_000_000
"""Files are refused before the disk is so full that letters could not be written any more."""


class Store:
    """The folder of a node's blobs."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when something is put into it."""
        self._folder = folder

    def path(self, digest: bytes) -> Path:
        """Return where a blob lies, or would."""
        name = digest.hex()
        return self._folder / name[:2] / name

    def has(self, digest: bytes) -> bool:
        """Whether a blob is here whole."""
        return self.path(digest).is_file()

    def check_room(self, size: int) -> None:
        """Refuse where the disk has no room left to spare.

        Raises:
            DiskFull: it has not.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(self._folder).free - size < LEAVE_FREE_BYTES:
            raise DiskFull(str(size))

    def put(self, listed: ChunkList, chunks: tuple[bytes, ...]) -> None:
        """Keep a sealed blob; one that is here already is left as it is.

        Raises:
            DiskFull: there is no room left for it.
        """
        digest = listed.digest
        if self.has(digest):
            return
        self.check_room(sealed_size(listed.size))
        part = self._coming(digest, "new")
        with part.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            _to_disk(file.fileno())
        self._settle(part, digest)

    def chunks(self, listed: ChunkList) -> Iterator[bytes]:
        """Yield a blob's sealed chunks, each compared with its hash.

        Raises:
            NotHere: it is not here.
            AlteredFile: it is not what was put here.
        """
        try:
            with self.path(listed.digest).open("rb") as file:
                for number in range(len(listed.hashes)):
                    chunk = file.read(SEALED_BYTES)
                    listed.check(number, chunk)
                    yield chunk
                if file.read(1):
                    raise AlteredFile("longer than it was")
        except FileNotFoundError as error:
            raise NotHere(listed.digest.hex()) from error

    def part(self, digest: bytes, at: int, most: int) -> bytes:
        """Return up to ``most`` bytes of a sealed blob from ``at`` on.

        Raises:
            NotHere: it is not here.
        """
        try:
            with self.path(digest).open("rb") as file:
                file.seek(at)
                return file.read(most)
        except FileNotFoundError as error:
            raise NotHere(digest.hex()) from error

    def has_come(self, listed: ChunkList) -> int:
        """Return how many bytes of a blob that is coming are here, in whole and right chunks.

        What is behind them, after a kill in the middle of a chunk say, is cut off.
        """
        path = self._coming(listed.digest)
        right = 0
        try:
            with path.open("r+b") as file:
                for number in range(len(listed.hashes)):
                    chunk = file.read(SEALED_BYTES)
                    try:
                        listed.check(number, chunk)
                    except AlteredFile:
                        break
                    right += len(chunk)
                file.truncate(right)
        except FileNotFoundError:
            return 0
        return right

    def add(self, listed: ChunkList, number: int, chunk: bytes) -> bool:
        """Add the next chunk of a blob that is coming; return whether it is whole now.

        Raises:
            AlteredFile: it is not the chunk that is next; nothing was added.
            DiskFull: there is no room left for it.
        """
        listed.check(number, chunk)
        self.check_room(len(chunk))
        path = self._coming(listed.digest)
        with path.open("ab") as file:
            if file.tell() != number * SEALED_BYTES:
                raise AlteredFile("not the next chunk")
            file.write(chunk)
            _to_disk(file.fileno())
        if number + 1 < len(listed.hashes):
            return False
        self._settle(path, listed.digest)
        return True

    def names(self) -> Iterator[str]:
        """Yield the hash, in hexadecimal, of every blob here, whole or coming."""
        if self._folder.is_dir():
            for path in self._folder.rglob("*"):
                if path.is_file():
                    yield path.name.partition(".")[0]

    def age_s(self, name: str, now: float) -> float:
        """Return how many seconds ago a blob was last written to; none at all where it is gone."""
        times = [path.stat().st_mtime for path in self._of(name)]
        return now - max(times, default=now)

    def drop(self, name: str) -> None:
        """Remove a blob, whole or coming."""
        for path in self._of(name):
            path.unlink(missing_ok=True)

    def size(self) -> int:
        """Return how many bytes all blobs take."""
        if not self._folder.is_dir():
            return 0
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def _of(self, name: str) -> list[Path]:
        whole = self._folder / name[:2] / name
        coming = (self._folder / COMING).glob(f"{name}*")
        return [path for path in (whole, *coming) if path.is_file()]

    def _coming(self, digest: bytes, suffix: str = "part") -> Path:
        folder = self._folder / COMING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        end = suffix if suffix == "part" else f"{os.getpid()}.{suffix}"
        return folder / f"{digest.hex()}.{end}"

    def _settle(self, part: Path, digest: bytes) -> None:
        final = self.path(digest)
        make_folder(self._folder)
        make_folder(final.parent)
        part.chmod(0o400)
        move(part, final)


def _to_disk(handle: int) -> None:
    os.fsync(handle)
