"""The suites: how content is protected, and how a content key is wrapped for one recipient.

Source: RFC 9180 (HPKE, base mode, single shot); draft-ietf-hpke-pq (MLKEM768-X25519); RFC 5869.
"""

import hmac
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import CannotOpen, CommitmentMismatch, UnsupportedSuite
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.kernel.keys import SealSuite

KEY_BYTES: Final = 32
MLKEM_PUBLIC_BYTES: Final = 1184
X25519_BYTES: Final = 32
SEAL_PUBLIC_BYTES: Final = {
    SealSuite.HYBRID: MLKEM_PUBLIC_BYTES + X25519_BYTES,
    SealSuite.X25519: X25519_BYTES,
}
WRAPPED_BYTES: Final = {SealSuite.HYBRID: 1088 + 32 + 32 + 16, SealSuite.X25519: 32 + 32 + 16}
"""Encapsulated key, then the 32-byte content key and its 16-byte tag."""
_COMMIT: Final = b"BL1/commit"
_ENCRYPT: Final = b"BL1/encrypt"


class ContentSuite(IntEnum):
    """How letters, bodies, heads and acknowledgements are protected."""

    STANDARD = 1
    """Ed25519, AES-256-GCM, HKDF-SHA256, SHA-256."""
    NATIONAL = 2
    """Reserved for a nationally certified suite; refused until one is installed."""


def content_suite(value: Any) -> ContentSuite:
    """Read the suite of a letter, a body or a frame.

    Raises:
        UnsupportedSuite: it is not installed.
    """
    if fields.uint(value) != ContentSuite.STANDARD:
        raise UnsupportedSuite(f"content suite {value}")
    return ContentSuite.STANDARD


def seal_suite(value: Any) -> SealSuite:
    """Read the suite of a wrapping. One that is known by name but not installed passes here.

    Raises:
        UnsupportedSuite: nobody has given that number a name.
    """
    try:
        return SealSuite(fields.uint(value))
    except ValueError as error:
        raise UnsupportedSuite(f"seal suite {value}") from error


def wrap(suite: SealSuite, seal_public: bytes, content_key: bytes, info: bytes) -> bytes:
    """Wrap a content key for the holder of ``seal_public``; ``info`` is bound to it.

    Raises:
        UnsupportedSuite: the suite is not installed.
        MalformedWire: a key is not of the suite's length.
        CannotOpen: the public key is one to which nothing can be sealed.
    """
    engine = _engine(suite)
    fields.octets(seal_public, SEAL_PUBLIC_BYTES[suite])
    fields.octets(content_key, KEY_BYTES)
    try:
        return engine.encrypt(content_key, _public_key(suite, seal_public), info=info)
    except ValueError as error:
        raise CannotOpen("the public key is not usable") from error


@lru_cache(maxsize=256)
def _public_key(suite: SealSuite, raw: bytes) -> X25519PublicKey | hpke.MLKEM768X25519PublicKey:
    """Return a public key ready for use; an office's few peers are sealed for again and again."""
    x25519 = X25519PublicKey.from_public_bytes(raw[-X25519_BYTES:])
    if suite == SealSuite.X25519:
        return x25519
    mlkem = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_BYTES])
    return hpke.MLKEM768X25519PublicKey(mlkem, x25519)


def unwrap(keys: OfficeKeys, suite: SealSuite, wrapped: bytes, info: bytes) -> bytes:
    """Return the content key that was wrapped for this office with this ``info``.

    Raises:
        UnsupportedSuite: the suite is not installed, or is not that of ``keys``.
        MalformedWire: it is not of the suite's length.
        CannotOpen: another key, another ``info``, or changed on the way.
    """
    engine = _engine(suite)
    if suite != keys.seal_suite:
        raise UnsupportedSuite(f"wrapped in {suite.name}, the key is {keys.seal_suite.name}")
    fields.octets(wrapped, WRAPPED_BYTES[suite])
    try:
        content_key = engine.decrypt(wrapped, keys.opening_key, info=info)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("the wrapped key does not open") from error
    return fields.octets(content_key, KEY_BYTES)


def commitment(content_key: bytes) -> bytes:
    """Return what a body's header commits to: only one content key has it."""
    return _derive(content_key, _COMMIT)


def encryption_key(content_key: bytes) -> bytes:
    """Return the AES-256-GCM key that a content key stands for."""
    return _derive(content_key, _ENCRYPT)


def check_commitment(content_key: bytes, committed: bytes) -> None:
    """Require that the content key is the one committed to, in constant time.

    Raises:
        CommitmentMismatch: it is another.
    """
    if not hmac.compare_digest(commitment(content_key), committed):
        raise CommitmentMismatch("another content key")


def _derive(content_key: bytes, label: bytes) -> bytes:
    fields.octets(content_key, KEY_BYTES)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(content_key)


@cache
def _engine(suite: SealSuite) -> hpke.Suite:
    kems = {SealSuite.HYBRID: hpke.KEM.MLKEM768_X25519, SealSuite.X25519: hpke.KEM.X25519}
    if suite not in kems:
        raise UnsupportedSuite(f"{suite.name} is not installed")
    return hpke.Suite(kems[suite], hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
