"""The signed directory: an authority's word on its offices and on other authorities. Pure.

A directory is whole, never a difference: the newest one says everything. Its form, its limits and
its signature are here; which one counts is decided in ``trust``. Source: PR-3 (docs/protocols).
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import sign1, verify1
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import AgencyCode, CountryCode
from borderliaison.kernel.keys import ED25519_BYTES, OfficePublic, SealSuite
from borderliaison.offices.authorities import AuthorityPublic
from borderliaison.offices.codes import country_of
from borderliaison.offices.errors import ForeignOffice, MalformedDirectory

AAD: Final = b"BL1/directory"
VERSION: Final = 1
GENESIS: Final = bytes(32)
"""``prev`` of an authority's first directory."""
MAX_SERIAL: Final = 2**53
MAX_DIRECTORY_BYTES: Final = 4 * 1024 * 1024
SEAL_KEY_BYTES: Final = {SealSuite.HYBRID: 1184 + 32, SealSuite.X25519: 32}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIELDS: Final = frozenset(
    [
        "v",
        "authority",
        "country",
        "serial",
        "prev",
        "issued",
        "valid_until",
        "offices",
        "recognises",
    ]
)


def directory_hash(signed: bytes) -> bytes:
    """Return the SHA-256 of a signed directory, which the next one names as ``prev``."""
    return hashlib.sha256(signed).digest()


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """One office of the country: its keys, and the agencies that work in it."""

    public: OfficePublic
    agencies: tuple[AgencyCode, ...]


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
    """

    authority: str
    country: CountryCode
    serial: int
    prev: bytes
    issued: datetime
    valid_until: datetime
    offices: tuple[ListedOffice, ...] = ()
    recognises: tuple[AuthorityPublic, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        offices = sorted(self.offices, key=lambda one: one.public.office)
        return {
            "v": VERSION,
            "authority": self.authority,
            "country": self.country,
            "serial": self.serial,
            "prev": self.prev,
            "issued": to_ms(self.issued),
            "valid_until": to_ms(self.valid_until),
            "offices": [
                {**one.public.to_data(), "agencies": sorted(one.agencies)} for one in offices
            ],
            "recognises": [
                one.to_data() for one in sorted(self.recognises, key=lambda a: a.country)
            ],
        }

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedDirectory: it is not a directory in its one form.
            ForeignOffice: it lists an office or agency of another country.
        """
        try:
            directory = cls(
                authority=data["authority"],
                country=data["country"],
                serial=data["serial"],
                prev=data["prev"],
                issued=from_ms(data["issued"]),
                valid_until=from_ms(data["valid_until"]),
                offices=tuple(_listed(one) for one in data["offices"]),
                recognises=tuple(AuthorityPublic.from_data(one) for one in data["recognises"]),
            )
            same = set(data) == _FIELDS and data["v"] == VERSION and directory.to_data() == data
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
            if not has_right_keys(one.public):
                raise MalformedDirectory(f"{one.public.office}: not a key of its suite")
            codes = (one.public.office, *one.agencies)
            if any(country_of(code) != self.country for code in codes):
                raise ForeignOffice(f"{one.public.office} is not {self.country}'s to list")
        keys = [key for one in self.offices for key in (one.public.sign_key, one.public.seal_key)]
        names = [one.public.office for one in self.offices]
        if len(set(names)) != len(names) or len(set(keys)) != len(keys):
            raise MalformedDirectory("an office or a key is listed twice")
        if any(
            not one.agencies or len(set(one.agencies)) != len(one.agencies) for one in self.offices
        ):
            raise MalformedDirectory("an office lists no agency, or one twice")

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


def has_right_keys(public: OfficePublic) -> bool:
    """Whether an office's sealing key is of a suite that is in use, and of its length."""
    return SEAL_KEY_BYTES.get(public.seal_suite) == len(public.seal_key)


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


def to_ms(instant: datetime) -> int:
    """Return whole milliseconds since 1970.

    Raises:
        MalformedDirectory: the instant is finer than that.
    """
    count, rest = divmod(instant - _EPOCH, timedelta(milliseconds=1))
    if rest:
        raise MalformedDirectory("an instant is finer than a millisecond")
    return count


def from_ms(count: int) -> datetime:
    """Return the instant that ``to_ms`` wrote."""
    if type(count) is not int:
        raise MalformedDirectory("an instant is not a whole number")
    return _EPOCH + timedelta(milliseconds=count)


def _listed(data: Any) -> ListedOffice:
    keys = dict(data)
    agencies = keys.pop("agencies")
    if not isinstance(agencies, list):
        raise MalformedDirectory("agencies are not a list")
    return ListedOffice(OfficePublic.from_data(keys), tuple(AgencyCode(one) for one in agencies))
