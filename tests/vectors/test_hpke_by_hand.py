"""The wrapped keys, opened by a plain reading of the standards instead of the library's HPKE.

Source: RFC 9180 sections 4.1 and 5.1; draft-ietf-hpke-pq and draft-connolly-cfrg-xwing-kem (the
shared secret of MLKEM768-X25519); nonce and exporter parts that single-shot sealing leaves out.
"""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = Path(__file__).parent
KEM_X25519, KEM_HYBRID = 0x0020, 0x647A
KDF_HKDF_SHA256, AEAD_AES_256_GCM = 0x0001, 0x0002


def _vectors(name: str) -> list[Any]:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["vectors"]


def _secret(office: str) -> bytes:
    good = [one["input"] for one in _vectors("keys") if "result" in one]
    keys = next(one["keys"] for one in good if one["office"] == office)
    return cbor2.loads(bytes.fromhex(keys))["seal_secret"]


def _mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def _extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return _mac(salt or bytes(32), b"HPKE-v1" + suite + label + ikm)


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2) + b"HPKE-v1" + suite + label + info
    return _mac(prk, labelled + b"\x01")[:length]


def _x25519(secret: bytes, enc: bytes) -> bytes:
    key = X25519PrivateKey.from_private_bytes(secret)
    shared = key.exchange(X25519PublicKey.from_public_bytes(enc))
    context = enc + key.public_key().public_bytes_raw()
    suite = b"KEM" + KEM_X25519.to_bytes(2)
    prk = _extract(suite, b"", b"eae_prk", shared)
    return _expand(suite, prk, b"shared_secret", context, 32)


def _hybrid(secret: bytes, enc: bytes) -> bytes:
    lattice = MLKEM768PrivateKey.from_seed_bytes(secret[:64]).decapsulate(enc[:1088])
    key = X25519PrivateKey.from_private_bytes(secret[64:])
    curve = key.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    joined = lattice + curve + enc[1088:] + key.public_key().public_bytes_raw()
    return hashlib.sha3_256(joined + rb"\.//^" + b"\\").digest()


def _open(kem: int, shared: bytes, info: bytes, ciphertext: bytes) -> bytes:
    parts = (kem, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
    suite = b"HPKE" + b"".join(one.to_bytes(2) for one in parts)
    psk_id_hash = _extract(suite, b"", b"psk_id_hash", b"")
    info_hash = _extract(suite, b"", b"info_hash", info)
    context = b"\x00" + psk_id_hash + info_hash
    secret = _extract(suite, shared, b"secret", b"")
    key = _expand(suite, secret, b"key", context, 32)
    nonce = _expand(suite, secret, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, ciphertext, b"")


def _by_hand(suite: int, office: str, wrapped: bytes, info: bytes) -> bytes:
    secret = _secret(office)
    if suite == 2:
        return _open(KEM_X25519, _x25519(secret, wrapped[:32]), info, wrapped[32:])
    return _open(KEM_HYBRID, _hybrid(secret, wrapped[:1120]), info, wrapped[1120:])


@pytest.mark.parametrize(
    "vector",
    [pytest.param(v, id=v["name"]) for v in _vectors("unwrapped") if "result" in v],
)
def test_a_wrapped_key_opens_by_the_standards_alone(vector: Any) -> None:
    given = vector["input"]
    entry = cbor2.loads(bytes.fromhex(given["entry"]))
    bound = {k: v for k, v in entry.items() if k not in ("prev", "wrapped_key")}
    info = cbor2.dumps(["BL1/entry", bound], canonical=True)
    key = _by_hand(entry["suite"], given["office"], entry["wrapped_key"], info)
    assert key.hex() == vector["result"]["content_key"]


def test_a_self_wrap_opens_by_the_standards_alone() -> None:
    vector = next(one for one in _vectors("own_bodies") if "result" in one)
    header = cbor2.loads(cbor2.loads(bytes.fromhex(vector["input"]["body"]))[0])
    suite, kid, wrapped = header["self"]
    bound = {name: header[name] for name in ("v", "letter_id", "issuer", "commit")}
    info = cbor2.dumps(["BL1/self", bound | {"suite": suite, "kid": kid}], canonical=True)
    key = _by_hand(suite, vector["input"]["office"], wrapped, info)
    assert key.hex() == vector["result"]["content_key"]


def test_what_is_derived_from_a_content_key_is_plain_hkdf() -> None:
    for vector in [one for one in _vectors("derived") if "result" in one]:
        prk = _mac(bytes(32), bytes.fromhex(vector["input"]["content_key"]))
        assert _mac(prk, b"BL1/commit\x01").hex() == vector["result"]["commit"]
        assert _mac(prk, b"BL1/encrypt\x01").hex() == vector["result"]["encryption_key"]
