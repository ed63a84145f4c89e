"""Vectors for entries: what they hash to, what their key is bound to, and whole deliveries."""

from dataclasses import replace
from typing import Any

from borderliaison.exchange.core.entry import (
    GENESIS,
    Entry,
    Lane,
    StreamId,
    encode_entry,
    entry_hash,
    wrap_info,
)
from borderliaison.exchange.core.letter import sign_letter
from borderliaison.kernel import canonical
from borderliaison.kernel.keys import SealSuite

from .bodies import OTHER
from .cast import (
    BDB,
    BODY,
    CONTENT_KEY,
    DUS,
    EXERCISE,
    KEYS,
    LETTER,
    OSH,
    OTHER_KEY,
    SHORT,
    SIGNED,
    STREAM,
    Vector,
    accept,
    bare_entry,
    enter,
    octets,
    refuse,
    seal,
)

ENTRY = enter("hybrid", bare_entry(STREAM, 1, GENESIS, LETTER, BODY))
ROUTINE = StreamId(BDB, OSH, "live", Lane.ROUTINE, 3)
TO_OSH = enter("x25519", bare_entry(ROUTINE, 41, octets("before"), LETTER, BODY))


def make_described() -> list[Vector]:
    """Return the vectors for decoding an entry."""
    good = [
        accept(name, {"fields": one.to_data(), "entry_hash": entry_hash(one), "info": wrap_info(one)},
               entry=encode_entry(one))
        for name, one in [("wrapped in HYBRID", ENTRY), ("wrapped in X25519", TO_OSH)]
    ]  # fmt: skip
    data = encode_entry(ENTRY)
    bad: list[tuple[str, str, dict[str, Any]]] = [
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("a suite without a name", "E-WIR-03", {"suite": 9}),
        ("a number of 0", "E-WIR-01", {"seq": 0}),
        ("a number that is a boolean", "E-WIR-01", {"seq": True}),
        ("a hash of 31 bytes", "E-WIR-01", {"prev": bytes(31)}),
        ("a body hash of 33 bytes", "E-WIR-01", {"body_hash": bytes(33)}),
        ("a key id of 8 bytes", "E-WIR-01", {"kid": bytes(8)}),
        ("an expiry before 1970", "E-WIR-01", {"expires": -1}),
        ("a lane without a name", "E-WIR-01", {"stream": [BDB, DUS, "live", "slow", 1]}),
        ("a stream to its own sender", "E-WIR-01", {"stream": [BDB, BDB, "live", "urgent", 1]}),
        ("a stream without an epoch", "E-WIR-01", {"stream": [BDB, DUS, "live", "urgent"]}),
        ("a field too many", "E-WIR-01", {"more": 1}),
    ]
    refused = [
        refuse(name, code, entry=canonical.encode(ENTRY.to_data() | change))
        for name, code, change in bad
    ]
    return [
        *good,
        *refused,
        refuse("something after its end", "E-ENC-02", entry=data + b"\x00"),
        refuse("a long length", "E-ENC-02", entry=b"\xb8\x0a" + data[1:]),
    ]


def make_unwrapped() -> list[Vector]:
    """Return the vectors for unwrapping the key of an entry: every field but ``prev`` is bound."""
    key = {"content_key": CONTENT_KEY}
    flipped = bytes([ENTRY.wrapped_key[0] ^ 1]) + ENTRY.wrapped_key[1:]
    changes: list[tuple[str, str, dict[str, Any]]] = [
        ("another sender", "E-WIR-06", {"stream": replace(STREAM, sender="KG-DST")}),
        ("another recipient", "E-WIR-06", {"stream": replace(STREAM, recipient="UZ-TAS")}),
        ("another realm", "E-WIR-06", {"stream": replace(STREAM, realm="exercise:seal-2026")}),
        ("another lane", "E-WIR-06", {"stream": replace(STREAM, lane=Lane.ROUTINE)}),
        ("another epoch", "E-WIR-06", {"stream": replace(STREAM, epoch=2)}),
        ("another number", "E-WIR-06", {"seq": 2}),
        ("another letter", "E-WIR-06", {"letter_id": SHORT.letter_id}),
        ("another body", "E-WIR-06", {"body_hash": octets("body")}),
        ("a longer life", "E-WIR-06", {"expires": ENTRY.expires + 1}),
        ("another key id", "E-WIR-05", {"kid": octets("kid", 16)}),
        ("the wrapped key changed", "E-WIR-06", {"wrapped_key": flipped}),
        ("the wrapped key cut short", "E-WIR-01", {"wrapped_key": ENTRY.wrapped_key[:-1]}),
        ("the wrapped key of another entry", "E-WIR-01", {"wrapped_key": TO_OSH.wrapped_key}),
        ("another suite", "E-WIR-03", {"suite": SealSuite.X25519}),
        ("the suite that is reserved", "E-WIR-03", {"suite": SealSuite.NATIONAL}),
    ]
    moved = replace(ENTRY, prev=octets("elsewhere"))
    return [
        accept("wrapped in HYBRID", key, entry=encode_entry(ENTRY), office=DUS),
        accept("wrapped in X25519", key, entry=encode_entry(TO_OSH), office=OSH),
        accept("another entry before it: that is for the chain", key,
               entry=encode_entry(moved), office=DUS),
        refuse("for another office", "E-WIR-05", entry=encode_entry(ENTRY), office=OSH),
        *(refuse(name, code, entry=encode_entry(replace(ENTRY, **change)), office=DUS)
          for name, code, change in changes),
    ]  # fmt: skip


def make_deliveries() -> list[Vector]:
    """Return the vectors for a whole delivery, most of them by a sender that lies."""
    signed_short = sign_letter(SHORT, KEYS[BDB])
    exercise = seal("exercise", sign_letter(EXERCISE, KEYS[BDB]), EXERCISE)
    forged = seal("forged", sign_letter(LETTER, KEYS[DUS]), LETTER)
    inside = seal("inside", signed_short, LETTER)
    again = seal("again", SIGNED, LETTER)
    of_short = enter("of short", bare_entry(STREAM, 2, GENESIS, SHORT, OTHER.body), OTHER_KEY)
    to_osh = enter("not to", bare_entry(ROUTINE, 1, GENESIS, SHORT, OTHER.body), OTHER_KEY)

    def entry(label: str, body: bytes, letter: Any = LETTER) -> Entry:
        return enter(label, bare_entry(STREAM, 1, GENESIS, letter, body))

    def given(one: Entry, body: bytes, office: str = DUS) -> dict[str, Any]:
        return {"entry": encode_entry(one), "body": body, "office": office, "issuer": BDB}

    key_of_another = enter("other key", bare_entry(STREAM, 1, GENESIS, LETTER, BODY), OTHER_KEY)
    return [
        accept("a letter in HYBRID", LETTER.to_data(), **given(ENTRY, BODY)),
        accept("the same letter in X25519", LETTER.to_data(), **given(TO_OSH, BODY, OSH)),
        accept("another letter after it", SHORT.to_data(), **given(of_short, OTHER.body)),
        refuse("a body that the entry does not name", "E-WIR-14", **given(ENTRY, again.body)),
        refuse("an entry that names another letter than its body", "E-WIR-14",
               **given(entry("body of another", BODY, SHORT), BODY)),
        refuse("a body that names another letter than the one inside", "E-WIR-14",
               **given(entry("letter of another", inside.body), inside.body)),
        refuse("a letter that its issuer did not sign", "E-SIG-01",
               **given(entry("forged", forged.body), forged.body)),
        refuse("a letter of an exercise in a live stream", "E-WIR-14",
               **given(entry("exercise", exercise.body, EXERCISE), exercise.body)),
        refuse("a letter that is not addressed to this office", "E-WIR-14",
               **given(to_osh, OTHER.body, OSH)),
        refuse("a key that the body is not committed to", "E-WIR-07", **given(key_of_another, BODY)),
    ]  # fmt: skip
