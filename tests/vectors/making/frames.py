"""Vectors for frames."""

from dataclasses import replace
from typing import Any

from borderliaison.exchange.core.body import body_hash
from borderliaison.exchange.core.entry import GENESIS, Entry, encode_entry, entry_hash
from borderliaison.exchange.core.frame import AAD, Frame, Head, encode_frame, sign_head
from borderliaison.exchange.core.tombstone import Tombstone, sign_tombstone
from borderliaison.kernel import canonical, cose

from .bodies import OTHER
from .cast import (
    BDB,
    BODY,
    CREATED,
    DUS,
    KEYS,
    LETTER,
    OTHER_KEY,
    SHORT,
    STREAM,
    Vector,
    accept,
    bare_entry,
    enter,
    octets,
    refuse,
    seal,
)
from .entries import ENTRY, TO_OSH


def _next(label: str, before: Entry, letter: Any, body: bytes, key: bytes) -> Entry:
    bare = bare_entry(STREAM, before.seq + 1, entry_hash(before), letter, body)
    return enter(label, bare, key)


SECOND = _next("second", ENTRY, SHORT, OTHER.body, OTHER_KEY)
THIRD = _next("third", SECOND, LETTER, BODY, OTHER_KEY)
HEAD = Head(STREAM, 3, entry_hash(THIRD))
BODIES = {body_hash(BODY): BODY, body_hash(OTHER.body): OTHER.body}
SIGNED_HEAD = sign_head(HEAD, KEYS[BDB])
FRAME = Frame((ENTRY, SECOND, THIRD), BODIES, SIGNED_HEAD)
TOMBSTONE = Tombstone(BDB, SHORT.letter_id, body_hash(OTHER.body), CREATED)
DATA = {
    "v": 1,
    "suite": 1,
    "entries": [encode_entry(one) for one in FRAME.entries],
    "bodies": [BODIES[one] for one in sorted(BODIES)],
    "tombstones": [],
    "head": SIGNED_HEAD,
}


def make() -> list[Vector]:
    """Return the vectors for decoding and verifying a frame."""
    one = Frame((ENTRY,), {body_hash(BODY): BODY}, sign_head(_head(ENTRY), KEYS[BDB]))
    stone = sign_tombstone(TOMBSTONE, KEYS[BDB])
    erased = replace(FRAME, bodies={body_hash(BODY): BODY}, tombstones=(stone,))
    result = {"head": HEAD.to_data(), "bodies": sorted(BODIES)}
    good = [
        accept("three entries, two of them with the same body", result,
               frame=encode_frame(FRAME), sender=BDB),
        accept("one entry", {"head": _head(ENTRY).to_data(), "bodies": [body_hash(BODY)]},
               frame=encode_frame(one), sender=BDB),
        accept("a tombstone where a body was erased", result | {"bodies": [body_hash(BODY)]},
               frame=encode_frame(erased), sender=BDB),
    ]  # fmt: skip
    return good + [_changed(*one) for one in _changes(stone)] + _heads() + _forms()


def _head(entry: Entry) -> Head:
    return Head(entry.stream, entry.seq, entry_hash(entry))


def _changed(name: str, code: str, change: dict[str, Any]) -> Vector:
    return refuse(name, code, frame=canonical.encode(DATA | change), sender=BDB)


def _changes(stone: bytes) -> list[tuple[str, str, dict[str, Any]]]:
    one, two, three = DATA["entries"]
    bodies = DATA["bodies"]
    again = seal("short again", OTHER.signed, SHORT).body
    last = encode_entry(replace(THIRD, expires=0))
    elsewhere = encode_entry(replace(SECOND, stream=replace(STREAM, epoch=2)))
    return [
        ("the middle entry left out", "E-WIR-12", {"entries": [one, three], "bodies": [BODY]}),
        ("the last entry left out", "E-WIR-12", {"entries": [one, two]}),
        ("two entries exchanged", "E-WIR-12", {"entries": [two, one, three]}),
        ("an entry twice", "E-WIR-12", {"entries": [one, one, two, three]}),
        ("the first entry changed", "E-WIR-12",
         {"entries": [encode_entry(replace(ENTRY, expires=0)), two, three]}),
        ("the last entry changed", "E-WIR-12", {"entries": [one, two, last]}),
        ("an entry of another stream", "E-WIR-12", {"entries": [one, elsewhere, three]}),
        ("a body left out", "E-WIR-10", {"bodies": bodies[:1]}),
        ("all bodies left out", "E-WIR-10", {"bodies": []}),
        ("a body replaced by another of the same letter", "E-WIR-11",
         {"bodies": sorted([BODY, again], key=body_hash)}),
        ("a byte of a body changed", "E-WIR-11",
         {"bodies": sorted([BODY[:-1] + b"\x00", OTHER.body], key=body_hash)}),
        ("a body that no entry names", "E-WIR-11",
         {"bodies": sorted([*bodies, again], key=body_hash)}),
        ("bodies out of order", "E-WIR-01", {"bodies": bodies[::-1]}),
        ("a body twice", "E-WIR-01", {"bodies": sorted([*bodies, BODY], key=body_hash)}),
        ("a body and its tombstone", "E-WIR-11", {"tombstones": [stone]}),
        ("a tombstone signed by another office", "E-SIG-01",
         {"bodies": [BODY], "tombstones": [sign_tombstone(TOMBSTONE, KEYS[DUS])]}),
        ("a tombstone of another letter than the entry's", "E-WIR-14",
         {"bodies": [BODY], "tombstones": [
             sign_tombstone(replace(TOMBSTONE, letter_id=LETTER.letter_id), KEYS[BDB])]}),
        ("no entry", "E-WIR-09", {"entries": []}),
        ("65 entries", "E-WIR-09", {"entries": [encode_entry(TO_OSH)] * 65}),
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("a suite that is not installed", "E-WIR-03", {"suite": 2}),
        ("a field too many", "E-WIR-01", {"more": 1}),
        ("entries that are not byte strings", "E-WIR-01", {"entries": [ENTRY.to_data()]}),
    ]  # fmt: skip


def _heads() -> list[Vector]:
    key = KEYS[BDB].signing_key
    payload = canonical.encode(HEAD.to_data())
    nothing = canonical.encode(Head(STREAM, 0, GENESIS).to_data())
    heads = [
        ("a head signed by another office", "E-SIG-01", sign_head(HEAD, KEYS[DUS])),
        ("a head signed as an acknowledgement", "E-SIG-01", cose.sign1(key, payload, b"BL1/ack")),
        ("a head of another number", "E-WIR-12", sign_head(replace(HEAD, seq=4), KEYS[BDB])),
        ("a head of another hash", "E-WIR-12",
         sign_head(replace(HEAD, entry_hash=octets("hash")), KEYS[BDB])),
        ("a head of another lane", "E-WIR-12",
         sign_head(replace(HEAD, stream=replace(STREAM, lane="routine")), KEYS[BDB])),
        ("a head of another sender", "E-WIR-13",
         sign_head(replace(HEAD, stream=replace(STREAM, sender="KG-DST")), KEYS[BDB])),
        ("a head of nothing", "E-WIR-01", cose.sign1(key, nothing, AAD)),
        ("no head", "E-ENC-02", b""),
    ]  # fmt: skip
    return [_changed(name, code, {"head": head}) for name, code, head in heads]


def _forms() -> list[Vector]:
    data = encode_frame(FRAME)
    return [
        refuse("something after its end", "E-ENC-02", frame=data + b"\x00", sender=BDB),
        refuse("cut short", "E-ENC-02", frame=data[:-1], sender=BDB),
        refuse("a long length", "E-ENC-02", frame=b"\xb8\x06" + data[1:], sender=BDB),
        refuse("nothing", "E-ENC-02", frame=b"", sender=BDB),
    ]
