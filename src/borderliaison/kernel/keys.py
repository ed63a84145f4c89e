"""The public keys of an office, as the signed directory lists them. Raw bytes; no private key is here."""

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, Self, TypeAlias

from borderliaison.kernel.cose import key_id, verify1, verify_by_one
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
        link_key: raw Ed25519 public key with which the office proves itself to a hub; it signs nothing
            else. Empty in directories of version 1.
    """

    office: OfficeCode
    sign_key: bytes
    seal_suite: SealSuite
    seal_key: bytes
    link_key: bytes = b""

    @property
    def kid(self) -> bytes:
        """The key id by which signatures name this office's key: 16 bytes."""
        return key_id(self.sign_key)

    @property
    def seal_kid(self) -> bytes:
        """The key id by which entries name the key they are wrapped to: 16 bytes."""
        return key_id(self.seal_key)

    def verify(self, message: bytes, external_aad: bytes) -> bytes:
        """Return what this key signed; see ``verify1``."""
        return verify1(self.sign_key, message, external_aad)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding; without a link key where there is none."""
        data = {
            "office": self.office,
            "sign_key": self.sign_key,
            "seal_suite": int(self.seal_suite),
            "seal_key": self.seal_key,
        }
        return {**data, "link_key": self.link_key} if self.link_key else data

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedData: it is not an office's public keys.
        """
        try:
            office, sign_key, seal_key = data["office"], data["sign_key"], data["seal_key"]
            link_key = data.get("link_key", bytes(ED25519_BYTES))
            suite = SealSuite(data["seal_suite"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise MalformedData("not an office's public keys") from error
        octets = all(isinstance(key, bytes) for key in (sign_key, seal_key, link_key))
        if not isinstance(office, str) or not octets:
            raise MalformedData("not an office's public keys")
        right = {len(sign_key), len(link_key)} == {ED25519_BYTES}
        if not right or set(data) | {"link_key"} != {one.name for one in fields(cls)}:
            raise MalformedData("not an office's public keys")
        return cls(OfficeCode(office), sign_key, suite, seal_key, data.get("link_key", b""))


@dataclass(frozen=True, slots=True)
class OfficeSigners:
    """All signing keys by which an office is known, now and before.

    Attributes:
        office: whose keys they are.
        sign_keys: raw Ed25519 public keys whose signatures count.
        revoked: raw Ed25519 public keys whose signatures count no more.
    """

    office: OfficeCode
    sign_keys: tuple[bytes, ...]
    revoked: tuple[bytes, ...] = ()

    def verify(self, message: bytes, external_aad: bytes) -> bytes:
        """Return what one of these keys signed.

        Raises:
            MalformedData: it is not a COSE_Sign1 of ours.
            RevokedKey: a key signed it that was revoked.
            BadSignature: it is signed by none of these keys.
        """
        return verify_by_one(self.sign_keys, self.revoked, message, external_aad)


Signer: TypeAlias = OfficePublic | OfficeSigners
"""Whoever's signature is to be verified."""
