"""The same COSE messages, read and written by pycose: a second implementation that shares none of ours."""

import json
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.exceptions import InvalidTag
from pycose.algorithms import A256GCM, EdDSA
from pycose.headers import IV, KID, Algorithm
from pycose.keys import OKPKey, SymmetricKey
from pycose.keys.curves import Ed25519
from pycose.messages import Enc0Message, Sign1Message

HERE = Path(__file__).parent
CONTEXTS = {
    "letters": ("signed", "issuer", b"BL1/letter"),
    "frames": ("frame", "sender", b"BL1/head"),
    "acks": ("signed", "signer", b"BL1/ack"),
    "heads": ("signed", "signer", b"BL1/heads"),
    "tombstones": ("signed", "signer", b"BL1/tombstone"),
}


def _vectors(name: str) -> list[Any]:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["vectors"]


def _accepted(name: str) -> list[Any]:
    return [pytest.param(name, one, id=one["name"]) for one in _vectors(name) if "result" in one]


def _key(office: str) -> OKPKey:
    known = [one for one in _vectors("keys") if "result" in one]
    vector = next(one for one in known if one["input"]["office"] == office)
    seed = cbor2.loads(bytes.fromhex(vector["input"]["keys"]))["sign_seed"]
    return OKPKey(crv=Ed25519, d=seed, x=bytes.fromhex(vector["result"]["sign_key"]))


def _sign1(operation: str, vector: Any) -> tuple[list[Any], OKPKey, bytes]:
    field, role, context = CONTEXTS[operation]
    data = bytes.fromhex(vector["input"][field])
    message = cbor2.loads(data)["head"] if operation == "frames" else data
    return cbor2.loads(message), _key(vector["input"][role]), context


@pytest.mark.parametrize(
    ("operation", "vector"), [case for name in CONTEXTS for case in _accepted(name)]
)
def test_pycose_verifies_what_we_signed(operation: str, vector: Any) -> None:
    parts, key, context = _sign1(operation, vector)
    message = Sign1Message.from_cose_obj(parts, allow_unknown_attributes=False)
    message.key, message.external_aad = key, context
    assert message.verify_signature()
    message.external_aad = b"BL1/another"
    assert not message.verify_signature()


@pytest.mark.parametrize(
    ("operation", "vector"), [case for name in CONTEXTS for case in _accepted(name)]
)
def test_pycose_signs_the_very_same_bytes(operation: str, vector: Any) -> None:
    parts, key, context = _sign1(operation, vector)
    kid = cbor2.loads(parts[0])[4]
    ours = Sign1Message(phdr={Algorithm: EdDSA, KID: kid}, payload=parts[2], external_aad=context)
    ours.key = key
    assert ours.encode(tag=False) == cbor2.dumps(parts)


@pytest.mark.parametrize(("operation", "vector"), _accepted("bodies"))
def test_pycose_opens_what_we_sealed(operation: str, vector: Any) -> None:
    given, result = vector["input"], vector["result"]
    protected, unprotected, ciphertext = cbor2.loads(bytes.fromhex(given["body"]))
    header = cbor2.loads(protected)
    message = Enc0Message.from_cose_obj([protected, unprotected, ciphertext], True)
    derived = {one["input"]["content_key"]: one.get("result") for one in _vectors("derived")}
    key = derived[given["content_key"]]["encryption_key"]
    message.key = SymmetricKey(k=bytes.fromhex(key))
    bound = ["BL1/body", header["v"], header["suite"], header["letter_id"], header["issuer"]]
    message.external_aad = cbor2.dumps(bound)
    assert message.get_attr(Algorithm) is A256GCM
    assert message.get_attr(IV) == header[5]
    assert message.decrypt().hex() == result["signed_letter"]
    message.external_aad = b""
    with pytest.raises(InvalidTag):
        message.decrypt()
