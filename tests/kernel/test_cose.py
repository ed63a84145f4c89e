"""COSE_Sign1 with Ed25519."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.kernel import canonical, cose
from borderliaison.kernel.cose import BadSignature
from borderliaison.kernel.errors import LiaisonError, MalformedData

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_what_is_signed_is_verified(payload: bytes, aad: bytes) -> None:
    message = cose.sign1(KEY, payload, aad)
    assert cose.verify1(PUBLIC, message, aad) == payload
    assert cose.payload_of(message) == payload
    assert cose.signer_of(message) == cose.key_id(PUBLIC)


def test_a_flipped_bit_anywhere_is_refused() -> None:
    message = cose.sign1(KEY, b"payload", b"aad")
    for place in range(len(message)):
        for bit in range(8):
            changed = bytearray(message)
            changed[place] ^= 1 << bit
            with pytest.raises(LiaisonError):
                cose.verify1(PUBLIC, bytes(changed), b"aad")


def test_a_signature_does_not_hold_in_another_context() -> None:
    with pytest.raises(BadSignature):
        cose.verify1(PUBLIC, cose.sign1(KEY, b"payload", b"one"), b"another")


def test_a_signature_does_not_hold_for_another_key() -> None:
    with pytest.raises(BadSignature, match="another key is named"):
        cose.verify1(OTHER, cose.sign1(KEY, b"payload", b"aad"), b"aad")


def test_a_key_that_is_named_but_did_not_sign_is_refused() -> None:
    protected = canonical.encode({cose.ALG: cose.EDDSA, cose.KID: cose.key_id(OTHER)})
    parts = canonical.decode(cose.sign1(KEY, b"payload", b"aad"))
    forged = canonical.encode([protected, *parts[1:]])
    with pytest.raises(BadSignature, match="not this key's"):
        cose.verify1(OTHER, forged, b"aad")


def test_the_second_form_of_the_same_signature_is_refused() -> None:
    *rest, signature = canonical.decode(cose.sign1(KEY, b"payload", b"aad"))
    scalar = int.from_bytes(signature[32:], "little") + GROUP_ORDER
    second = signature[:32] + scalar.to_bytes(32, "little")
    with pytest.raises(BadSignature):
        cose.verify1(PUBLIC, canonical.encode([*rest, second]), b"aad")


@pytest.mark.parametrize(
    ("header", "unprotected"),
    [
        ({cose.ALG: -7, cose.KID: bytes(16)}, {}),
        ({cose.ALG: cose.EDDSA}, {}),
        ({cose.ALG: cose.EDDSA, cose.KID: bytes(15)}, {}),
        ({cose.ALG: cose.EDDSA, cose.KID: "0123456789abcdef"}, {}),
        ({cose.ALG: cose.EDDSA, cose.KID: bytes(16), 2: []}, {}),
        ({cose.ALG: cose.EDDSA, cose.KID: bytes(16)}, {cose.ALG: cose.EDDSA}),
        ([], {}),
    ],
)
def test_any_other_header_is_refused(header: object, unprotected: object) -> None:
    message = canonical.encode([canonical.encode(header), unprotected, b"payload", bytes(64)])
    with pytest.raises(MalformedData):
        cose.verify1(PUBLIC, message, b"aad")


def test_a_tagged_message_is_refused() -> None:
    with pytest.raises(MalformedData):
        cose.verify1(PUBLIC, b"\xd2" + cose.sign1(KEY, b"payload", b"aad"), b"aad")


def test_a_key_id_is_sixteen_bytes_and_differs_by_key() -> None:
    assert len(cose.key_id(PUBLIC)) == cose.KID_BYTES
    assert cose.key_id(PUBLIC) != cose.key_id(OTHER)
