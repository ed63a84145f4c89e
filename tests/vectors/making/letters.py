"""Vectors for opening a signed letter."""

from typing import Any

import cbor2

from borderliaison.exchange.core.letter import AAD, sign_letter
from borderliaison.kernel import canonical, cose

from .cast import BDB, DUS, EXERCISE, KEYS, LETTER, SHORT, SIGNED, Vector, accept, octets, refuse

DATA = LETTER.to_data()


def make() -> list[Vector]:
    """Return the vectors."""
    good = [
        accept(name, letter.to_data(), signed=sign_letter(letter, KEYS[BDB]), issuer=BDB)
        for name, letter in [
            ("a report with references and a file", LETTER),
            ("a receipt with nothing in it", SHORT),
            ("a letter of an exercise", EXERCISE),
        ]
    ]
    return good + _damaged() + [_field(*one) for one in FIELDS] + _forms()


FIELDS: list[tuple[str, str, dict[str, Any]]] = [
    ("a version that is not known", "E-WIR-02", {"v": 2}),
    ("a suite that is not installed", "E-WIR-03", {"suite": 2}),
    ("a kind that is not known", "E-WIR-04", {"kind": "order"}),
    ("a field too many", "E-WIR-01", {"more": 1}),
    ("an id of 15 bytes", "E-WIR-01", {"letter_id": bytes(15)}),
    ("an id that is text", "E-WIR-01", {"letter_id": "0123456789abcdef"}),
    ("a salt of 17 bytes", "E-WIR-01", {"salt": bytes(17)}),
    ("a realm other than the marking's", "E-WIR-01", {"realm": "exercise:seal-2026"}),
    ("a realm that is none", "E-ENC-01", {"realm": "drill"}),
    ("an issuer that is not the signer", "E-WIR-13", {"issuer": "KG-DST"}),
    ("no recipient", "E-WIR-01", {"to": []}),
    ("recipients out of order", "E-WIR-01", {"to": ["UZ-DUS", "KG-OSH"]}),
    ("the same recipient twice", "E-WIR-01", {"to": ["UZ-DUS", "UZ-DUS"]}),
    ("the issuer among the recipients", "E-WIR-01", {"to": ["KG-BDB", "UZ-DUS"]}),
    ("a recipient in small letters", "E-WIR-01", {"to": ["uz-dus"]}),
    ("a time that is a boolean", "E-WIR-01", {"created": True}),
    ("a time before 1970", "E-WIR-01", {"created": -1}),
    ("a time above 2^53 - 1", "E-WIR-01", {"created": 2**53}),
    ("an authorising officer with a line break", "E-WIR-01", {"authorised_by": "KG-BDB/3\n"}),
    ("a reference without its id", "E-WIR-01", {"refs": [["thread"]]}),
    ("a reference of 15 bytes", "E-WIR-01", {"refs": [["thread", bytes(15)]]}),
    ("a payload type with a space", "E-WIR-01", {"payload_type": "report lookout"}),
    ("a payload that is text", "E-WIR-01", {"payload": "{}"}),
    ("a marking that is none", "E-ENC-01", {"marking": {}}),
    ("a marking with H3 and no text", "E-ENC-01", {"marking": DATA["marking"] | {"handling_text": ""}}),
    ("a marking with its audience out of order", "E-ENC-01",
     {"marking": DATA["marking"] | {"audience": DATA["marking"]["audience"][::-1]}}),
    ("a file with a short key", "E-WIR-01", {"blobs": [DATA["blobs"][0] | {"key": bytes(31)}]}),
    ("65 references", "E-WIR-01", {"refs": [["thread", bytes(16)]] * 65}),
]  # fmt: skip


def _field(name: str, code: str, change: dict[str, Any]) -> Vector:
    signed = cose.sign1(KEYS[BDB].signing_key, canonical.encode(DATA | change), AAD)
    return refuse(name, code, signed=signed, issuer=BDB)


def _damaged() -> list[Vector]:
    key, payload = KEYS[BDB].signing_key, canonical.encode(DATA)
    parts = canonical.decode(SIGNED)
    changed = canonical.encode(DATA | {"payload": DATA["payload"] + b" "})
    missing = {name: value for name, value in DATA.items() if name != "salt"}
    return [
        refuse("signed as a head", "E-SIG-01", signed=cose.sign1(key, payload, b"BL1/head"), issuer=BDB),
        refuse("signed with no context", "E-SIG-01", signed=cose.sign1(key, payload, b""), issuer=BDB),
        refuse("the key id of another office", "E-SIG-01",
               signed=sign_letter(LETTER, KEYS[DUS]), issuer=BDB),
        refuse("another office's key and name", "E-WIR-13",
               signed=sign_letter(LETTER, KEYS[DUS]), issuer=DUS),
        refuse("a payload replaced", "E-SIG-01",
               signed=canonical.encode([parts[0], {}, changed, parts[3]]), issuer=BDB),
        refuse("a signature replaced", "E-SIG-01",
               signed=canonical.encode([*parts[:3], octets("signature", 64)]), issuer=BDB),
        refuse("a signature cut short", "E-SIG-01",
               signed=canonical.encode([*parts[:3], parts[3][:63]]), issuer=BDB),
        refuse("a field missing", "E-WIR-01",
               signed=cose.sign1(key, canonical.encode(missing), AAD), issuer=BDB),
    ]  # fmt: skip


def _forms() -> list[Vector]:
    key = KEYS[BDB].signing_key
    parts = canonical.decode(SIGNED)
    kid = cose.key_id(key.public_key().public_bytes_raw())
    es256 = canonical.encode({cose.ALG: -7, cose.KID: kid})
    unordered = cbor2.dumps(dict(reversed(DATA.items())))
    long = b"\xb8\x0f" + canonical.encode(DATA)[1:]
    return [
        refuse("keys out of order, signed so", "E-ENC-02",
               signed=cose.sign1(key, unordered, AAD), issuer=BDB),
        refuse("a map with a long length, signed so", "E-ENC-02",
               signed=cose.sign1(key, long, AAD), issuer=BDB),
        refuse("something after the payload's end, signed so", "E-ENC-02",
               signed=cose.sign1(key, canonical.encode(DATA) + b"\x00", AAD), issuer=BDB),
        refuse("a COSE tag before it", "E-ENC-02", signed=b"\xd2" + SIGNED, issuer=BDB),
        refuse("something after its end", "E-ENC-02", signed=SIGNED + b"\x00", issuer=BDB),
        refuse("cut short", "E-ENC-02", signed=SIGNED[:-1], issuer=BDB),
        refuse("nothing", "E-ENC-02", signed=b"", issuer=BDB),
        refuse("a detached payload", "E-ENC-01",
               signed=canonical.encode([parts[0], {}, None, parts[3]]), issuer=BDB),
        refuse("an unprotected header", "E-ENC-01",
               signed=canonical.encode([parts[0], {4: kid}, *parts[2:]]), issuer=BDB),
        refuse("another algorithm", "E-ENC-01",
               signed=canonical.encode([es256, *parts[1:]]), issuer=BDB),
    ]  # fmt: skip
