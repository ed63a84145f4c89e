"""Files on the disk until they are taken in: sealed, so that a restart loses none and a backup shows none.

Each is sealed under a key made of the secret of the pages, and bound to its name: without the secret
nothing can be read, and nothing can be put in the place of another.
"""

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from borderliaison.files.store import Store
from borderliaison.kernel.durable import make_folder, write_whole

FOLDER: Final = "imports"
LASTS_S: Final = 24 * 3600
"""How long a file rests."""
_PERSON: Final = b"blo.imports"
_NONCE_BYTES: Final = 12


class Resting:
    """The files that rest in a folder.

    Args:
        folder: theirs alone; it is made when something is put into it.
        secret: of the pages.
    """

    def __init__(self, folder: Path, secret: str) -> None:
        key = hashlib.blake2b(secret.encode(), digest_size=32, person=_PERSON).digest()
        self._folder, self._engine = folder, AESGCM(key)

    def put(self, name: str, data: bytes) -> None:
        """Let a file rest, in the place of one of the same name.

        Raises:
            DiskFull: the disk has no room to spare.
        """
        Store(self._folder).check_room(len(data))
        make_folder(self._folder)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._engine.encrypt(nonce, data, name.encode())
        write_whole(self._folder / name, sealed)

    def read(self, name: str) -> bytes | None:
        """Return a file; None where it is not there, or is none that was put here."""
        try:
            sealed = (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None
        try:
            nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return self._engine.decrypt(nonce, rest, name.encode())
        except (InvalidTag, ValueError):
            return None

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self._folder / name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Yield the name of each file."""
        if self._folder.is_dir():
            yield from sorted(one.name for one in self._folder.iterdir())


def sweep(folder: Path, now_s: float) -> int:
    """Remove what rests longer than it may; return how many files that were.

    Args:
        folder: where they rest.
        now_s: seconds since 1970.
    """
    old = [
        one for one in folder.glob("*") if one.is_file() and one.stat().st_mtime < now_s - LASTS_S
    ]
    for one in old:
        one.unlink(missing_ok=True)
    return len(old)
