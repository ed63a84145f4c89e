"""Invented authorities and offices for tests. Their keys are made from their names."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.keys import OfficePublic, SealSuite
from borderliaison.offices.directory.authorities import AuthorityPublic, write_public
from borderliaison.offices.directory.document import GENESIS, Directory, directory_hash
from borderliaison.offices.directory.listed import ListedOffice, Revocation

NOW = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)


def private_key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def office_public(code: str, keys: str = "") -> OfficePublic:
    sign = private_key(f"{code}{keys} sign").public_key().public_bytes_raw()
    seal = hashlib.sha256(f"{code}{keys} seal".encode()).digest()
    link = private_key(f"{code}{keys} link").public_key().public_bytes_raw()
    return OfficePublic(OfficeCode(code), sign, SealSuite.X25519, seal, link)


def listed(code: str, *agencies: str) -> ListedOffice:
    codes = agencies or (f"{code[:2]}-BOR", f"{code[:2]}-CUS")
    return ListedOffice(office_public(code), tuple(AgencyCode(one) for one in codes))


@dataclass(frozen=True)
class Authority:
    """An authority that signs directories one after another."""

    country: str
    keys: str = ""
    offices: tuple[ListedOffice, ...] = ()
    recognises: tuple["Authority", ...] = ()
    revoked: tuple[Revocation, ...] = ()
    last: bytes = b""
    serial: int = 0

    @property
    def key(self) -> Ed25519PrivateKey:
        return private_key(f"authority {self.country}{self.keys}")

    @property
    def public(self) -> AuthorityPublic:
        key = self.key.public_key().public_bytes_raw()
        return AuthorityPublic(f"{self.country} authority", CountryCode(self.country), key)

    @property
    def key_file(self) -> bytes:
        return write_public(self.key, self.public.authority, self.public.country)

    def directory(self, **changes: object) -> Directory:
        """The next directory, unsigned, with these changes."""
        made = Directory(
            authority=self.public.authority,
            country=self.public.country,
            serial=self.serial + 1,
            prev=directory_hash(self.last) if self.last else GENESIS,
            issued=NOW + timedelta(days=self.serial),
            valid_until=NOW + timedelta(days=self.serial + 90),
            offices=self.offices,
            recognises=tuple(one.public for one in self.recognises),
            revoked=self.revoked,
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def publish(self, **changes: object) -> "Authority":
        """The authority after it signed its next directory, which is ``last``."""
        made = self.directory(**changes)
        return replace(self, last=made.sign(self.key), serial=made.serial)


UZ_ALONE = Authority("UZ", offices=(listed("UZ-DUS"),))
KG_ALONE = Authority("KG", offices=(listed("KG-BDB"), listed("KG-DST")))
KG = replace(KG_ALONE, recognises=(UZ_ALONE,))
UZ = replace(UZ_ALONE, recognises=(KG_ALONE,))
