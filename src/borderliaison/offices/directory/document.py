"""The signed directory: an authority's word on its offices and on other authorities. Pure.

A directory is whole, never a difference: the newest one says everything. Its form, its limits and
its signature are here; which one counts is decided in ``trust``. Source: PR-3 (docs/protocols).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import sign1, verify1
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import CountryCode
from borderliaison.kernel.keys import ED25519_BYTES
from borderliaison.offices.codes import country_of
from borderliaison.offices.directory.authorities import AuthorityPublic
from borderliaison.offices.directory.listed import (
    EARLIER_VERSION,
    VERSION,
    ListedOffice,
    Revocation,
    from_ms,
    is_key,
    to_ms,
)
from borderliaison.offices.errors import ForeignOffice, MalformedDirectory

AAD: Final = b"BL1/directory"
GENESIS: Final = bytes(32)
"""``prev`` of an authority's first directory."""
MAX_SERIAL: Final = 2**53
MAX_DIRECTORY_BYTES: Final = 4 * 1024 * 1024


def directory_hash(signed: bytes) -> bytes:
    """Return the SHA-256 of a signed directory, which the next one names as ``prev``."""
    return hashlib.sha256(signed).digest()


@dataclass(frozen=True, slots=True)
class Directory:
    """What an authority signs.

    Attributes:
        authority: its name, as on its public key file: ``KG authority``.
        country: whose offices it lists, and only whose.
        serial: 1, 2, 3, …
        prev: hash of the signed directory before this one; ``GENESIS`` for the first.
        issued: when it was signed; whole milliseconds.
        valid_until: when it expires.
        offices: in the order of their codes.
        recognises: at most one foreign authority a country, in the order of the countries.
        revoked: the keys that count no more, in the order of offices and keys; kept for good.
        version: of the form; 1 says nothing of link keys, dates of keys, earlier keys, revocations.
    """

    authority: str
    country: CountryCode
    serial: int
    prev: bytes
    issued: datetime
    valid_until: datetime
    offices: tuple[ListedOffice, ...] = ()
    recognises: tuple[AuthorityPublic, ...] = ()
    revoked: tuple[Revocation, ...] = ()
    version: int = VERSION

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        offices = sorted(self.offices, key=lambda one: one.public.office)
        revoked = sorted(self.revoked, key=lambda one: (one.office, one.sign_key))
        data = {
            "v": self.version,
            "authority": self.authority,
            "country": self.country,
            "serial": self.serial,
            "prev": self.prev,
            "issued": to_ms(self.issued),
            "valid_until": to_ms(self.valid_until),
            "offices": [one.to_data(self.version) for one in offices],
            "recognises": [
                one.to_data() for one in sorted(self.recognises, key=lambda a: a.country)
            ],
        }
        if self.version == EARLIER_VERSION:
            return data
        return {**data, "revoked": [one.to_data() for one in revoked]}

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedDirectory: it is not a directory in its one form.
            ForeignOffice: it lists an office or agency of another country.
        """
        try:
            version = data["v"]
            revoked = [] if version == EARLIER_VERSION else data["revoked"]
            directory = cls(
                authority=data["authority"],
                country=data["country"],
                serial=data["serial"],
                prev=data["prev"],
                issued=from_ms(data["issued"]),
                valid_until=from_ms(data["valid_until"]),
                offices=tuple(ListedOffice.from_data(one, version) for one in data["offices"]),
                recognises=tuple(AuthorityPublic.from_data(one) for one in data["recognises"]),
                revoked=tuple(Revocation.from_data(one) for one in revoked),
                version=version,
            )
            known = type(version) is int and version in (VERSION, EARLIER_VERSION)
            same = known and directory.to_data() == data
        except (
            KeyError,
            TypeError,
            ValueError,
            OverflowError,
            AttributeError,
            MalformedData,
        ) as error:
            raise MalformedDirectory("not a directory") from error
        if not same:
            raise MalformedDirectory("not a directory of this version in its one form")
        directory.check()
        return directory

    def check(self) -> None:
        """Check what a directory may say.

        Raises:
            MalformedDirectory: a number, hash, date or name is not what it should be, or
                something is listed twice.
            ForeignOffice: it lists an office or agency of another country.
        """
        AuthorityPublic(self.authority, self.country, bytes(ED25519_BYTES)).check()
        if type(self.serial) is not int or not 1 <= self.serial <= MAX_SERIAL:
            raise MalformedDirectory("the serial is not a number from 1")
        if not isinstance(self.prev, bytes) or len(self.prev) != len(GENESIS):
            raise MalformedDirectory("prev is not a hash")
        if (self.serial == 1) != (self.prev == GENESIS):
            raise MalformedDirectory("the first directory, and only it, follows nothing")
        if self.issued >= self.valid_until:
            raise MalformedDirectory("it expires before it is issued")
        self._check_offices()
        self._check_recognised()

    def _check_offices(self) -> None:
        for one in self.offices:
            one.check(self.version)
            codes = (one.public.office, *one.agencies)
            if any(country_of(code) != self.country for code in codes):
                raise ForeignOffice(f"{one.public.office} is not {self.country}'s to list")
        keys = [key for one in self.offices for key in one.all_keys()]
        names = [one.public.office for one in self.offices]
        if len(set(names)) != len(names) or len(set(keys)) != len(keys):
            raise MalformedDirectory("an office or a key is listed twice")
        self._check_revoked(keys)

    def _check_revoked(self, listed: list[bytes]) -> None:
        revoked = [one.sign_key for one in self.revoked]
        for one in self.revoked:
            if country_of(one.office) != self.country:
                raise ForeignOffice(f"{one.office} is not {self.country}'s to revoke")
            if not is_key(one.sign_key):
                raise MalformedDirectory(f"{one.office}: not a key of 32 bytes")
        if len(set(revoked)) != len(revoked):
            raise MalformedDirectory("a key is revoked twice")
        for one in self.revoked:
            if one.sign_key in listed:
                raise MalformedDirectory(f"{one.office} is listed with a key that was revoked")

    def _check_recognised(self) -> None:
        countries = [self.country, *(one.country for one in self.recognises)]
        keys = [one.sign_key for one in self.recognises]
        if len(set(countries)) != len(countries) or len(set(keys)) != len(keys):
            raise MalformedDirectory("one foreign authority a country, each with its own key")

    def sign(self, key: Ed25519PrivateKey) -> bytes:
        """Return the signed directory.

        Raises:
            MalformedDirectory: the directory may not say this.
            ForeignOffice: it lists an office or agency of another country.
        """
        self.check()
        return sign1(key, canonical.encode(self.to_data()), AAD)


def open_directory(signed: bytes, sign_key: bytes) -> Directory:
    """Return the directory that this raw Ed25519 key signed.

    Raises:
        MalformedData: it is not a signed directory in its one form, or is larger than any may be.
        BadSignature: another key signed it.
        ForeignOffice: it lists an office or agency of another country.
    """
    if len(signed) > MAX_DIRECTORY_BYTES:
        raise MalformedDirectory("too large")
    return Directory.from_data(canonical.decode(verify1(sign_key, signed, AAD)))
