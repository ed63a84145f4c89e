"""Vectors for what a receiver answers: acknowledgements, heads, pages; for requests and tombstones."""

from dataclasses import replace
from typing import Any

from borderliaison.exchange.core.ack import (
    AAD_ACK,
    AAD_HEADS,
    DeliveryAck,
    Heads,
    sign_ack,
    sign_heads,
)
from borderliaison.exchange.core.body import body_hash
from borderliaison.exchange.core.entry import GENESIS, encode_entry
from borderliaison.exchange.core.frame import Head, sign_head
from borderliaison.exchange.core.giving_back import AAD as AAD_BACK
from borderliaison.exchange.core.giving_back import (
    BACK_REQUEST,
    BackRequest,
    Page,
    encode_page,
)
from borderliaison.exchange.core.tombstone import AAD as AAD_TOMBSTONE
from borderliaison.exchange.core.tombstone import sign_tombstone
from borderliaison.kernel import canonical, cose

from .bodies import OTHER
from .cast import BDB, BODY, CREATED, DUS, KEYS, STREAM, Vector, accept, octets, refuse
from .frames import BODIES, FRAME, HEAD, SIGNED_HEAD, TOMBSTONE

ACK = DeliveryAck(STREAM, 3, HEAD.entry_hash, {2: "unknown_payload", 3: "E-WIR-08"})
BACK = replace(STREAM, sender=DUS, recipient=BDB)
HEADS = Heads(DUS, BDB, CREATED, (HEAD, Head(BACK, 0, GENESIS)))
Change = tuple[str, str, dict[str, Any]]


def make_acks() -> list[Vector]:
    """Return the vectors for acknowledgements."""
    data, key = ACK.to_data(), KEYS[DUS].signing_key
    plain_ack = DeliveryAck(STREAM, 3, HEAD.entry_hash)
    changes: list[Change] = [
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("a number of 0", "E-WIR-01", {"seq": 0}),
        ("a refusal of what is not held", "E-WIR-01", {"refused": [[4, "unknown_payload"]]}),
        ("refusals out of order", "E-WIR-01", {"refused": [[3, "a"], [2, "b"]]}),
        ("a refusal twice", "E-WIR-01", {"refused": [[2, "a"], [2, "b"]]}),
        ("a code that is a sentence", "E-WIR-01", {"refused": [[2, "I do not like it"]]}),
        ("a field too many", "E-WIR-01", {"more": 1}),
    ]
    as_heads = cose.sign1(key, canonical.encode(data), AAD_HEADS)
    return [
        accept("two entries refused", data, signed=sign_ack(ACK, KEYS[DUS]), signer=DUS),
        accept("nothing refused", plain_ack.to_data(),
               signed=sign_ack(plain_ack, KEYS[DUS]), signer=DUS),
        refuse("signed by the sender", "E-WIR-13", signed=sign_ack(ACK, KEYS[BDB]), signer=BDB),
        refuse("signed by another office", "E-SIG-01", signed=sign_ack(ACK, KEYS[BDB]), signer=DUS),
        refuse("signed as heads", "E-SIG-01", signed=as_heads, signer=DUS),
        *_changed(data, changes, AAD_ACK, DUS),
    ]  # fmt: skip


def make_heads() -> list[Vector]:
    """Return the vectors for heads."""
    data = HEADS.to_data()
    first, second = data["heads"]
    empty = Heads(DUS, BDB, CREATED, ())
    changes: list[Change] = [
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("heads out of order", "E-WIR-01", {"heads": [second, first]}),
        ("two heads of one stream", "E-WIR-01", {"heads": [first, first]}),
        ("a stream of other offices", "E-WIR-01",
         {"heads": [first | {"stream": [BDB, "KG-OSH", "live", "urgent", 1]}]}),
        ("nothing held, and a hash", "E-WIR-01",
         {"heads": [second | {"seq": 0, "entry_hash": octets("hash")}]}),
        ("for another office", "E-WIR-01", {"peer": "KG-OSH"}),
    ]  # fmt: skip
    return [
        accept("both directions", data, signed=sign_heads(HEADS, KEYS[DUS]), signer=DUS),
        accept("nothing at all", empty.to_data(),
               signed=sign_heads(empty, KEYS[DUS]), signer=DUS),
        refuse("in another office's name", "E-WIR-13", signed=sign_heads(HEADS, KEYS[BDB]), signer=BDB),
        refuse("signed by another office", "E-SIG-01", signed=sign_heads(HEADS, KEYS[BDB]), signer=DUS),
        *_changed(data, changes, AAD_HEADS, DUS),
    ]  # fmt: skip


REQUEST = BackRequest(STREAM, 1)
PAGE = Page(FRAME.entries[1:], dict(BODIES), SIGNED_HEAD)


def make_requests() -> list[Vector]:
    """Return the vectors for asking to be given back."""
    data = REQUEST.to_data()
    changes: list[Change] = [
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("a number below nothing", "E-WIR-01", {"after": -1}),
        ("a field too many", "E-WIR-01", {"more": 1}),
    ]
    return [
        accept("what comes after the first", data,
               signed=BACK_REQUEST.sign(REQUEST, KEYS[BDB]), signer=BDB),
        refuse("asked by the recipient", "E-WIR-13",
               signed=BACK_REQUEST.sign(REQUEST, KEYS[DUS]), signer=DUS),
        refuse("signed by another office", "E-SIG-01",
               signed=BACK_REQUEST.sign(REQUEST, KEYS[DUS]), signer=BDB),
        refuse("signed as heads", "E-SIG-01",
               signed=cose.sign1(KEYS[BDB].signing_key, canonical.encode(data), AAD_HEADS),
               signer=BDB),
        *_changed(data, changes, AAD_BACK, BDB),
    ]  # fmt: skip


def make_pages() -> list[Vector]:
    """Return the vectors for what is given back."""
    one, two = (encode_entry(entry) for entry in PAGE.entries)
    data = canonical.decode(encode_page(PAGE))
    without = replace(PAGE, bodies={body_hash(BODY): BODY})
    first = encode_entry(FRAME.entries[0])
    result = {"head": HEAD.to_data(), "bodies": sorted(BODIES)}
    changes: list[Change] = [
        ("the last entry left out", "E-WIR-12", {"entries": [one], "bodies": [OTHER.body]}),
        ("two entries exchanged", "E-WIR-12", {"entries": [two, one]}),
        ("an entry left out in between", "E-WIR-12", {"entries": [first, two], "bodies": [BODY]}),
        ("a head signed by the giver", "E-SIG-01", {"head": sign_head(HEAD, KEYS[DUS])}),
        ("a body that no entry names", "E-WIR-11", {"entries": [two]}),
        ("no entry", "E-WIR-09", {"entries": []}),
        ("65 entries", "E-WIR-09", {"entries": [one] * 65}),
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("a field too many", "E-WIR-01", {"more": 1}),
    ]
    return [
        accept("two entries with both bodies", result, page=encode_page(PAGE), sender=BDB),
        accept("a body that is no longer held", result | {"bodies": sorted(without.bodies)},
               page=encode_page(without), sender=BDB),
        *[refuse(name, code, page=canonical.encode(data | change), sender=BDB)
          for name, code, change in changes],
        refuse("cut short", "E-ENC-02", page=encode_page(PAGE)[:-1], sender=BDB),
        refuse("nothing", "E-ENC-02", page=b"", sender=BDB),
    ]  # fmt: skip


def make_tombstones() -> list[Vector]:
    """Return the vectors for tombstones."""
    data, signed = TOMBSTONE.to_data(), sign_tombstone(TOMBSTONE, KEYS[BDB])
    by_another = sign_tombstone(TOMBSTONE, KEYS[DUS])
    changes: list[Change] = [
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("a hash of 31 bytes", "E-WIR-01", {"hash": bytes(31)}),
        ("a time that is text", "E-WIR-01", {"when": "2026-05-12"}),
    ]
    return [
        accept("an erased body", data, signed=signed, signer=BDB),
        refuse("in another office's name", "E-WIR-13", signed=by_another, signer=DUS),
        refuse("signed by another office", "E-SIG-01", signed=by_another, signer=BDB),
        *_changed(data, changes, AAD_TOMBSTONE, BDB),
    ]


def _changed(data: dict[str, Any], changes: list[Change], aad: bytes, office: Any) -> list[Vector]:
    key = KEYS[office].signing_key
    return [
        refuse(
            name, code, signed=cose.sign1(key, canonical.encode(data | change), aad), signer=office
        )
        for name, code, change in changes
    ]
