"""The authority's desk: a folder of its own, apart from any office's node, with everything it signs.

    authority.key            the private key, mode 0600, sealed with a passphrase where one was given
    authority.pub            the public key file that offices and other authorities get
    offices/KG-BDB.request   the enrolment requests that were accepted; ``.terms`` beside it
    revoked/                 the keys that count no more
    recognised/UZ.pub        the public key files of foreign authorities that are recognised
    published/0000001.directory   every directory that was ever signed; the next one follows the last

Files and cryptography only: no node, no database, no network. A directory is on disk before anyone
gets it, under a name that cannot be taken twice, so that no serial is ever signed twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from borderliaison.kernel.durable import sync, write_whole
from borderliaison.kernel.ids import CountryCode
from borderliaison.offices.desk.files import remove, write_new
from borderliaison.offices.desk.key import open_key, seal_key
from borderliaison.offices.desk.roll import OFFICES, REVOKED, Roll
from borderliaison.offices.directory.authorities import AuthorityPublic, read_public, write_public
from borderliaison.offices.directory.document import (
    GENESIS,
    Directory,
    directory_hash,
    open_directory,
)
from borderliaison.offices.errors import AuthorityError, ClockBehind

KEY: Final = "authority.key"
PUBLIC: Final = "authority.pub"
RECOGNISED: Final = "recognised"
PUBLISHED: Final = "published"


@dataclass(frozen=True, slots=True)
class Desk:
    """One authority's folder."""

    folder: Path

    @classmethod
    def set_up(cls, folder: Path, country: CountryCode, name: str, passphrase: str) -> Self:
        """Make a new authority in an empty or new folder.

        Raises:
            AuthorityError: there is one already.
            MalformedAuthority: the country or the name is not what it should be.
        """
        if (folder / KEY).exists() or (folder / PUBLIC).exists():
            raise AuthorityError(f"{folder}: there is an authority here already")
        key = Ed25519PrivateKey.generate()
        public = write_public(key, name, country)
        for part in (folder, *(folder / one for one in (OFFICES, RECOGNISED, REVOKED, PUBLISHED))):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync(folder.parent)
        write_new(folder / KEY, seal_key(key, passphrase))
        write_new(folder / PUBLIC, public)
        return cls(folder)

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Return the authority in a folder.

        Raises:
            AuthorityError: there is none.
        """
        if not (folder / PUBLIC).is_file() or not (folder / KEY).is_file():
            raise AuthorityError(f"{folder}: there is no authority here")
        return cls(folder)

    @property
    def public(self) -> AuthorityPublic:
        """The authority's own public key."""
        return read_public((self.folder / PUBLIC).read_bytes())

    @property
    def roll(self) -> Roll:
        """The offices, their keys, and the keys that count no more."""
        return Roll(self.folder, self.public.country, self.newest())

    def recognised(self) -> list[AuthorityPublic]:
        """Return the foreign authorities that are recognised, by country."""
        files = sorted((self.folder / RECOGNISED).glob("*.pub"))
        return [read_public(file.read_bytes()) for file in files]

    def published(self) -> list[Path]:
        """Return the files of all directories that were signed, oldest first."""
        return sorted((self.folder / PUBLISHED).glob("*.directory"))

    def newest(self) -> Directory | None:
        """Return the directory that was signed last."""
        files = self.published()
        return open_directory(files[-1].read_bytes(), self.public.sign_key) if files else None

    def recognise(self, data: bytes, *, replace: bool = False) -> AuthorityPublic:
        """Recognise a foreign authority from the next directory on.

        Args:
            data: its public key file.
            replace: whether it may take the place of another key of that country.

        Raises:
            MalformedAuthority: it is no such file.
            AuthorityError: it is our own, or the country is recognised with another key.
        """
        other = read_public(data)
        if other.country == self.public.country:
            raise AuthorityError(f"{other.country} is our own country")
        path = self.folder / RECOGNISED / f"{other.country}.pub"
        if path.exists() and read_public(path.read_bytes()) != other and not replace:
            raise AuthorityError(f"{other.country} is recognised with another key")
        write_whole(path, data)
        return other

    def unrecognise(self, country: str) -> None:
        """Recognise a country's authority no more, from the next directory on.

        Raises:
            AuthorityError: it is not recognised.
        """
        remove(self.folder / RECOGNISED, f"{country}.pub")

    def publish(self, passphrase: str, now: datetime, days: int) -> tuple[Directory, bytes]:
        """Sign the next directory.

        Args:
            passphrase: opens the key.
            now: the present instant; kept to whole seconds.
            days: how long the directory is valid.

        Raises:
            WrongPassphrase: the key cannot be opened with it.
            ClockBehind: the last directory was signed later than now.
            MalformedDirectory: what is to be listed may not be listed together.
        """
        key = open_key((self.folder / KEY).read_bytes(), passphrase)
        files, public, last = self.published(), self.public, self.newest()
        issued = now.replace(microsecond=0)
        if last is not None and issued < last.issued:
            raise ClockBehind(
                f"directory {last.serial} was signed at {last.issued:%Y-%m-%d %H:%M:%S} UTC"
            )
        directory = Directory(
            authority=public.authority,
            country=public.country,
            serial=last.serial + 1 if last else 1,
            prev=directory_hash(files[-1].read_bytes()) if files else GENESIS,
            issued=issued,
            valid_until=issued + timedelta(days=days),
            offices=tuple(self.roll.listed()),
            recognises=tuple(self.recognised()),
            revoked=tuple(self.roll.revoked()),
        )
        signed = directory.sign(key)
        open_directory(signed, public.sign_key)
        write_new(self._directory_path(directory.serial), signed)
        return directory, signed

    def adopt(self, signed: bytes) -> Directory:
        """Take back a directory that this authority signed, after its folder came from a backup.

        Without it the folder would sign a second directory with the same serial.

        Raises:
            BadSignature: another key signed it.
            AuthorityError: the folder holds it, or a newer one.
        """
        directory = open_directory(signed, self.public.sign_key)
        last = self.newest()
        if last is not None and last.serial >= directory.serial:
            raise AuthorityError(f"directory {last.serial} is here already")
        write_new(self._directory_path(directory.serial), signed)
        return directory

    def _directory_path(self, serial: int) -> Path:
        return self.folder / PUBLISHED / f"{serial:07}.directory"
