"""The public keys of an office, as the signed directory lists them. Raw bytes; no private key is here."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self

from borderliaison.kernel.cose import key_id
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import OfficeCode

ED25519_BYTES = 32


class SealSuite(IntEnum):
    """How a content key is wrapped for a recipient (HPKE, RFC 9180; protocol PR-1)."""

    HYBRID = 1
    """ML-KEM-768 + X25519, HKDF-SHA256, AES-256-GCM. The default."""
    X25519 = 2
    """X25519, HKDF-SHA256, AES-256-GCM."""
    NATIONAL = 3
    """Reserved for a nationally certified suite; refused until one is installed."""


@dataclass(frozen=True, slots=True)
class OfficePublic:
    """The public half of one office's keys.

    Attributes:
        office: whose keys they are.
        sign_key: raw Ed25519 public key, 32 bytes.
        seal_suite: the suite in which letters to this office are wrapped.
        seal_key: raw public key of that suite (hybrid: ML-KEM-768's 1184 bytes, then X25519's 32).
    """

    office: OfficeCode
    sign_key: bytes
    seal_suite: SealSuite
    seal_key: bytes

    @property
    def kid(self) -> bytes:
        """The key id by which signatures name this office's key: 16 bytes."""
        return key_id(self.sign_key)

    @property
    def seal_kid(self) -> bytes:
        """The key id by which entries name the key they are wrapped to: 16 bytes."""
        return key_id(self.seal_key)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "office": self.office,
            "sign_key": self.sign_key,
            "seal_suite": int(self.seal_suite),
            "seal_key": self.seal_key,
        }

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedData: it is not an office's public keys.
        """
        try:
            office, sign_key, seal_key = data["office"], data["sign_key"], data["seal_key"]
            suite = SealSuite(data["seal_suite"])
        except (KeyError, TypeError, ValueError) as error:
            raise MalformedData("not an office's public keys") from error
        right = (
            isinstance(office, str) and isinstance(sign_key, bytes) and isinstance(seal_key, bytes)
        )
        if not right or len(sign_key) != ED25519_BYTES or set(data) != set(cls.__slots__):
            raise MalformedData("not an office's public keys")
        return cls(OfficeCode(office), sign_key, suite, seal_key)
