"""The small part of COSE that we use: COSE_Sign1 with Ed25519 over canonical CBOR.

``verify1`` raises, it never returns a boolean. Source: RFC 9052 sections 4.2 and 4.4, RFC 9053 2.2.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from borderliaison.kernel import canonical
from borderliaison.kernel.errors import LiaisonError, MalformedData

ALG: Final = 1
KID: Final = 4
EDDSA: Final = -8
KID_BYTES: Final = 16
_HEADER: Final = canonical.encode({ALG: EDDSA, KID: bytes(KID_BYTES)})[:-KID_BYTES]


class BadSignature(LiaisonError):
    """The signature does not belong to this content and this key."""

    code = "E-SIG-01"


class RevokedKey(BadSignature):
    """The key that signed this was revoked by its authority."""

    code = "E-SIG-02"


def key_id(public_key: bytes) -> bytes:
    """Return the first 16 bytes of the SHA-256 of a raw public key."""
    return hashlib.sha256(public_key).digest()[:KID_BYTES]


def sign1(key: Ed25519PrivateKey, payload: bytes, external_aad: bytes) -> bytes:
    """Sign ``payload``; return the COSE_Sign1 array, untagged, with the payload inside."""
    kid = key_id(key.public_key().public_bytes_raw())
    protected = canonical.encode({ALG: EDDSA, KID: kid})
    signature = key.sign(_to_be_signed(protected, external_aad, payload))
    return canonical.encode([protected, {}, payload, signature])


def signer_of(message: bytes) -> bytes:
    """Return the key id that a COSE_Sign1 names, unverified.

    Raises:
        MalformedData: it is not a COSE_Sign1 of ours.
    """
    return _parse(message)[0]


def payload_of(message: bytes) -> bytes:
    """Return the payload of a COSE_Sign1, **unverified**: to learn whose key to verify it with.

    Raises:
        MalformedData: it is not a COSE_Sign1 of ours.
    """
    return _parse(message)[2]


def verify1(public_key: bytes, message: bytes, external_aad: bytes) -> bytes:
    """Return the payload of a COSE_Sign1 that this raw Ed25519 key signed.

    Raises:
        MalformedData: it is not a COSE_Sign1 of ours.
        BadSignature: another key is named, or the signature is not this key's.
    """
    return verify_by_one((public_key,), (), message, external_aad)


def verify_by_one(
    public_keys: Iterable[bytes], revoked: Iterable[bytes], message: bytes, external_aad: bytes
) -> bytes:
    """Return the payload of a COSE_Sign1 that one of these raw Ed25519 keys signed.

    Args:
        public_keys: those whose signatures count.
        revoked: those whose signatures count no more.
        message: the COSE_Sign1.
        external_aad: the context.

    Raises:
        MalformedData: it is not a COSE_Sign1 of ours.
        RevokedKey: it names a key that was revoked.
        BadSignature: another key is named, or the signature is not the named key's.
    """
    kid, protected, payload, signature = _parse(message)
    public_key = next((key for key in public_keys if key_id(key) == kid), None)
    if public_key is None:
        if any(key_id(key) == kid for key in revoked):
            raise RevokedKey(f"key {kid.hex()}")
        raise BadSignature("another key is named")
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(signature, _to_be_signed(protected, external_aad, payload))
    except (InvalidSignature, ValueError) as error:
        raise BadSignature("the signature is not this key's") from error
    return payload


def _parse(message: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    parts = canonical.decode(message)
    match parts:
        case [bytes(protected), dict(unprotected), bytes(payload), bytes(signature)] if (
            not unprotected
        ):
            return _kid_in(protected), protected, payload, signature
        case _:
            raise MalformedData("not a COSE_Sign1")


def _kid_in(protected: bytes) -> bytes:
    """Return the key id in a protected header; the rest of it is always the same."""
    kid = protected[len(_HEADER) :]
    if not protected.startswith(_HEADER) or len(kid) != KID_BYTES:
        canonical.decode(protected)
        raise MalformedData("not the header of an Ed25519 COSE_Sign1")
    return kid


def _to_be_signed(protected: bytes, external_aad: bytes, payload: bytes) -> bytes:
    return canonical.encode(["Signature1", protected, external_aad, payload])
