"""An authority's public key, and the small file in which it travels. Pure.

The file proves only that whoever made it holds the key. Whose key it is, two people establish by
comparing the fingerprint: nothing in the system trusts it on first use.
"""

import re
from dataclasses import dataclass
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import key_id, sign1
from borderliaison.kernel.errors import LiaisonError, MalformedData
from borderliaison.kernel.ids import CountryCode
from borderliaison.kernel.keys import ED25519_BYTES
from borderliaison.offices.directory.fingerprints import fingerprint
from borderliaison.offices.directory.selfsigned import open_self_signed

AAD: Final = b"BL1/authority"
VERSION: Final = 1
MAX_NAME: Final = 100
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


class MalformedAuthority(MalformedData):
    """The file is not an authority's public key."""

    code = "E-AUT-02"


@dataclass(frozen=True, slots=True)
class AuthorityPublic:
    """Who signs a country's directory.

    Attributes:
        authority: a name for people: ``Kyrgyzstan, Border Service``.
        country: ISO 3166-1 alpha-2; ``ZZ`` for the region's own.
        sign_key: raw Ed25519 public key, 32 bytes.
    """

    authority: str
    country: CountryCode
    sign_key: bytes

    @property
    def kid(self) -> bytes:
        """The key id by which signatures name this key: 16 bytes."""
        return key_id(self.sign_key)

    @property
    def fingerprint(self) -> str:
        """What two people compare before they rely on this key."""
        return fingerprint("authority", dict(self.to_data()))

    def check(self) -> None:
        """Check the form.

        Raises:
            MalformedAuthority: the name, the country or the key is not what it should be.
        """
        name = self.authority
        if not isinstance(name, str) or name != name.strip() or not 0 < len(name) <= MAX_NAME:
            raise MalformedAuthority(f"the name is not 1 to {MAX_NAME} characters")
        if not name.isprintable():
            raise MalformedAuthority("the name has characters that cannot be shown")
        if not isinstance(self.country, str) or not _COUNTRY.fullmatch(self.country):
            raise MalformedAuthority("the country is not two capital letters")
        if not isinstance(self.sign_key, bytes) or len(self.sign_key) != ED25519_BYTES:
            raise MalformedAuthority("the key is not 32 bytes")

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {"authority": self.authority, "country": self.country, "sign_key": self.sign_key}

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedAuthority: it is not an authority's public key.
        """
        if not isinstance(data, dict) or set(data) != set(cls.__slots__):
            raise MalformedAuthority("not an authority's public key")
        public = cls(data["authority"], data["country"], data["sign_key"])
        public.check()
        return public


def write_public(key: Ed25519PrivateKey, authority: str, country: CountryCode) -> bytes:
    """Return an authority's public key file, signed with that key itself.

    Raises:
        MalformedAuthority: the name or the country is not what it should be.
    """
    public = AuthorityPublic(authority, country, key.public_key().public_bytes_raw())
    public.check()
    return sign1(key, canonical.encode({"v": VERSION, **public.to_data()}), AAD)


def read_public(data: bytes) -> AuthorityPublic:
    """Read an authority's public key file.

    Raises:
        MalformedAuthority: it is not one, or whoever made it does not hold the key.
    """
    try:
        return open_self_signed(data, AAD, _parse)
    except LiaisonError as error:
        raise MalformedAuthority("not an authority's public key file") from error


def _parse(content: Any) -> tuple[AuthorityPublic, bytes]:
    if not isinstance(content, dict) or content.pop("v", None) != VERSION:
        raise MalformedAuthority("not of this version")
    public = AuthorityPublic.from_data(content)
    return public, public.sign_key
