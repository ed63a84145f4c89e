"""Which directories were held here, in ``state/directories``: outside the database and its backups.

A database that was put back holds the directories of its day. What was revoked since would count again, and
nothing in the database shows it. So the serial and the hash of the newest directory of each signing key are
noted here as soon as it is imported, and at each start; they never go back. Where the database is behind
what is noted, nobody is believed until a directory of that serial, or a later one, is imported.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from borderliaison.kernel.durable import make_folder, write_whole
from borderliaison.kernel.ids import CountryCode
from borderliaison.offices.errors import DamagedNote
from borderliaison.offices.trust.held import Held, Trust

FILE_NAME: Final = "directories"
LOCK_NAME: Final = "directories.lock"


@dataclass(frozen=True, slots=True)
class Noted:
    """The newest directory of one key that was ever held here."""

    serial: int
    hash: bytes


class Age(StrEnum):
    """How the directories in the database stand beside those that are noted."""

    CURRENT = "current"
    """None that counts is older than what is noted."""
    BEHIND = "behind"
    """One is, or what is noted cannot be read."""
    UNKNOWN = "unknown"
    """Nothing is noted: this node is new, or its ``state`` is."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A directory that counts, and of which a newer one was held here.

    Attributes:
        country: whose it is.
        serial: of the newest that was held; 0 where what is noted cannot be read.
    """

    country: CountryCode
    serial: int


class NotedDirectories:
    """What one node has noted."""

    def __init__(self, state_directory: Path) -> None:
        """Say where it is: the node's ``state`` folder."""
        self._path = state_directory / FILE_NAME

    def stamp(self) -> tuple[int, int]:
        """Return what changes whenever the note does."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_mtime_ns, found.st_ino

    def read(self) -> dict[bytes, Noted] | None:
        """Return what is noted, by the id of the signing key; None where nothing ever was.

        Raises:
            DamagedNote: it cannot be read as what it is.
        """
        try:
            said = json.loads(self._path.read_bytes())
            return {
                bytes.fromhex(kid): Noted(int(one["serial"]), bytes.fromhex(one["hash"]))
                for kid, one in said.items()
            }
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamagedNote(FILE_NAME) from error

    def note(self, held: Iterable[Held], *, anew: bool = False) -> None:
        """Note directories; when this returns, they are on the disk. What is noted never goes back.

        Args:
            held: the newest of each signing key.
            anew: whether a note that cannot be read is begun anew.

        Raises:
            DamagedNote: what is noted cannot be read.
        """
        make_folder(self._path.parent)
        with self._alone():
            try:
                before = self.read()
            except DamagedNote:
                if not anew:
                    raise
                before = None
            after = dict(before or {})
            for one in held:
                known = after.get(one.signer.kid)
                if known is None or known.serial < one.directory.serial:
                    after[one.signer.kid] = Noted(one.directory.serial, one.hash)
            if after != before:
                said = {
                    kid.hex(): {"serial": one.serial, "hash": one.hash.hex()}
                    for kid, one in after.items()
                }
                write_whole(self._path, json.dumps(said, indent=1, sort_keys=True))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        handle = os.open(self._path.with_name(LOCK_NAME), flags, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def find_behind(trust: Trust, noted: Mapping[bytes, Noted]) -> tuple[Behind, ...]:
    """Return the countries of which a newer directory was held here than the one that counts now."""
    recognised = trust.own.recognises if trust.own else ()
    found = []
    for authority in (trust.pin, *recognised):
        before, held = noted.get(authority.kid), trust.held.get(authority.kid)
        if before is None:
            continue
        serial = held.directory.serial if held else 0
        is_other = held is not None and serial == before.serial and held.hash != before.hash
        if serial < before.serial or is_other:
            found.append(Behind(authority.country, before.serial))
    return tuple(found)
