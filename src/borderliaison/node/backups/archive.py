"""The inside of a backup: a compressed tar, the manifest first, written to and read from the seal.

Whoever reads sees only authenticated bytes. What a piece is named, how large it is and what it hashes to
is compared with the manifest before and while it is written out; a link, a device or a piece that the
manifest does not name is refused.
"""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final

from borderliaison.node.backups import manifest as manifests
from borderliaison.node.backups.errors import DamagedBackup, NotABackup
from borderliaison.node.backups.lock import Header, Opener, Seal
from borderliaison.node.backups.manifest import Manifest, Piece
from borderliaison.node.backups.stream import SealedReader, SealedWriter, read_header

_BLOCK: Final = 256 * 1024
_COMPRESSION: Final = 6


def describe(folder: Path) -> tuple[Piece, ...]:
    """Return the pieces that the files below a folder make."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(_piece(folder, path) for path in found)


def write(file: BinaryIO, header: Header, key: bytes, manifest: Manifest, folder: Path) -> None:
    """Write a whole backup: header, manifest, and the pieces from ``folder``."""
    sealed = SealedWriter(file, header.to_bytes(), key)
    with (
        gzip.GzipFile("", "wb", _COMPRESSION, sealed, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        _add(tar, manifests.NAME, io.BytesIO(manifest.to_bytes()))
        for piece in manifest.pieces:
            with (folder / piece.name).open("rb") as content:
                _add(tar, piece.name, content)
    sealed.finish()


def seal(file: BinaryIO, lock: Seal, manifest: Manifest, folder: Path) -> None:
    """Write a whole backup, sealed to ``lock``."""
    key, how = lock.lock()
    write(file, Header(manifest.office, manifest.taken_at, how), key, manifest, folder)


def read_outside(path: Path) -> Header:
    """Return the header of a backup file; nothing in it is authenticated.

    Raises:
        NotABackup: it is none.
    """
    with path.open("rb") as file:
        return Header.from_bytes(read_header(file))


def unpack(path: Path, opener: Opener, folder: Path | None) -> Manifest:
    """Verify a whole backup, to its last byte.

    Args:
        path: the backup file.
        opener: opens it.
        folder: where its pieces are written, mode 0600; nowhere where it is ``None``.

    Raises:
        NotABackup: it is none, or of another format.
        CannotOpenBackup: ``opener`` does not open it.
        DamagedBackup: it was changed, or is not whole.
    """
    with path.open("rb") as file:
        raw = read_header(file)
        header = Header.from_bytes(raw)
        sealed = SealedReader(file, raw, opener.unlock(header.lock))
        packed = gzip.GzipFile("", "rb", fileobj=io.BufferedReader(sealed, _BLOCK))
        with _as_damage(), packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            members = iter(tar)
            manifest = _manifest(tar, next(members, None))
            if (manifest.office, manifest.taken_at) != (header.office, header.taken_at):
                raise NotABackup("header and manifest say different things")
            for piece in manifest.pieces:
                _take(tar, next(members, None), piece, folder)
            if next(members, None) is not None:
                raise DamagedBackup("it holds more than its manifest says")
            while packed.read(_BLOCK):  # to the very end: a file that was cut off is none
                continue
    return manifest


def _manifest(tar: tarfile.TarFile, member: tarfile.TarInfo | None) -> Manifest:
    if member is None or member.name != manifests.NAME or not member.isreg():
        raise NotABackup("it does not begin with its manifest")
    if member.size > manifests.MAX_BYTES:
        raise NotABackup("its manifest is too large")
    return Manifest.from_bytes(_content(tar, member).read())


def _take(
    tar: tarfile.TarFile, member: tarfile.TarInfo | None, piece: Piece, folder: Path | None
) -> None:
    if member is None:
        raise DamagedBackup(f"{piece.name} is missing")
    if (member.name, member.size) != (piece.name, piece.size) or not member.isreg():
        raise DamagedBackup(f"{piece.name} is not as the manifest says")
    digest = hashlib.sha256()
    with _destination(folder, piece) as out:
        content = _content(tar, member)
        while block := content.read(_BLOCK):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != piece.sha256:
        raise DamagedBackup(f"{piece.name} is not what was backed up")


@contextmanager
def _destination(folder: Path | None, piece: Piece) -> Iterator[IO[bytes]]:
    if folder is None:
        with open(os.devnull, "wb") as nowhere:
            yield nowhere
        return
    path = folder / piece.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _as_damage() -> Iterator[None]:
    """Say of whatever is wrong inside the seal that the backup is damaged."""
    try:
        yield
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise DamagedBackup("its inside cannot be read") from error


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise DamagedBackup("its inside cannot be read")
    return content


def _add(tar: tarfile.TarFile, name: str, content: BinaryIO) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    content.seek(0)
    tar.addfile(member, content)


def _piece(folder: Path, path: Path) -> Piece:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Piece(str(path.relative_to(folder)), path.stat().st_size, digest)
