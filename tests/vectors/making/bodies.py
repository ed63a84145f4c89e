"""Vectors for opening a body, and for an issuer's own way back into it."""

from dataclasses import replace

import cbor2
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from borderliaison.exchange.core import suites
from borderliaison.exchange.core.letter import sign_letter
from borderliaison.kernel import canonical

from .cast import (
    BDB,
    BODY,
    CONTENT_KEY,
    DUS,
    KEYS,
    OTHER_KEY,
    SEALED,
    SHORT,
    SIGNED,
    Vector,
    accept,
    octets,
    refuse,
    seal,
)

HEADER = SEALED.header
PROTECTED, _, CIPHERTEXT = canonical.decode(BODY)
OTHER = seal("short", sign_letter(SHORT, KEYS[BDB]), SHORT, OTHER_KEY)


def _rewritten(**change: object) -> bytes:
    """Return the body with another header before the same ciphertext."""
    header = replace(HEADER, **change)  # type: ignore[arg-type]
    return canonical.encode([canonical.encode(header.to_data()), {}, CIPHERTEXT])


def _header(change: dict[object, object]) -> bytes:
    return canonical.encode([canonical.encode(HEADER.to_data() | change), {}, CIPHERTEXT])


def _sealed_with(external_aad: bytes) -> bytes:
    structure = canonical.encode(["Encrypt0", PROTECTED, external_aad])
    key = AESGCM(suites.encryption_key(CONTENT_KEY))
    return canonical.encode([PROTECTED, {}, key.encrypt(HEADER.nonce, SIGNED, structure)])


def make() -> list[Vector]:
    """Return the vectors for opening a body with a content key."""
    key = CONTENT_KEY
    without = {k: v for k, v in HEADER.to_data().items() if k != "commit"}
    flipped = bytes([CIPHERTEXT[0] ^ 1]) + CIPHERTEXT[1:]
    other_id = ["BL1/body", 1, 1, SHORT.letter_id, BDB]
    unordered = cbor2.dumps(dict(reversed(HEADER.to_data().items())))
    long = b"\x98\x03" + BODY[1:]
    recommitted = _rewritten(commit=suites.commitment(OTHER_KEY))
    return [
        accept("a body", {"signed_letter": SIGNED}, body=BODY, content_key=key),
        accept("a short body", {"signed_letter": OTHER.signed}, body=OTHER.body, content_key=OTHER_KEY),
        refuse("another content key", "E-WIR-07", body=BODY, content_key=OTHER_KEY),
        refuse("a content key of 31 bytes", "E-WIR-01", body=BODY, content_key=key[:31]),
        refuse("a commitment to another key", "E-WIR-07", body=recommitted, content_key=key),
        refuse("another key, and a commitment to it", "E-WIR-06", body=recommitted, content_key=OTHER_KEY),
        refuse("no commitment", "E-WIR-01",
               body=canonical.encode([canonical.encode(without), {}, CIPHERTEXT]), content_key=key),
        refuse("the letter's id replaced", "E-WIR-06",
               body=_rewritten(letter_id=SHORT.letter_id), content_key=key),
        refuse("the issuer replaced", "E-WIR-06", body=_rewritten(issuer=DUS), content_key=key),
        refuse("the nonce replaced", "E-WIR-06", body=_rewritten(nonce=bytes(12)), content_key=key),
        refuse("the self-wrap of another body", "E-WIR-06",
               body=_rewritten(self_wrap=OTHER.header.self_wrap), content_key=key),
        refuse("the self-wrap's key id replaced", "E-WIR-06",
               body=_rewritten(self_kid=bytes(16)), content_key=key),
        refuse("sealed with no context", "E-WIR-06", body=_sealed_with(b""), content_key=key),
        refuse("sealed in another letter's context", "E-WIR-06",
               body=_sealed_with(canonical.encode(other_id)), content_key=key),
        refuse("the ciphertext changed", "E-WIR-06",
               body=canonical.encode([PROTECTED, {}, flipped]), content_key=key),
        refuse("the ciphertext of another body", "E-WIR-06",
               body=canonical.encode([PROTECTED, {}, canonical.decode(OTHER.body)[2]]), content_key=key),
        refuse("the tag cut off", "E-WIR-06",
               body=canonical.encode([PROTECTED, {}, CIPHERTEXT[:-16]]), content_key=key),
        refuse("no ciphertext", "E-WIR-06", body=canonical.encode([PROTECTED, {}, b""]), content_key=key),
        refuse("a version that is not known", "E-WIR-02", body=_header({"v": 2}), content_key=key),
        refuse("a suite that is not installed", "E-WIR-03", body=_header({"suite": 2}), content_key=key),
        refuse("a wrapping suite without a name", "E-WIR-03",
               body=_header({"self": [9, bytes(16), b""]}), content_key=key),
        refuse("another algorithm", "E-WIR-01", body=_header({1: 1}), content_key=key),
        refuse("a nonce of 13 bytes", "E-WIR-01", body=_header({5: bytes(13)}), content_key=key),
        refuse("a label too many", "E-WIR-01", body=_header({4: bytes(16)}), content_key=key),
        refuse("an unprotected header", "E-WIR-01",
               body=canonical.encode([PROTECTED, {5: HEADER.nonce}, CIPHERTEXT]), content_key=key),
        refuse("a header out of order", "E-ENC-02",
               body=canonical.encode([unordered, {}, CIPHERTEXT]), content_key=key),
        refuse("a COSE tag before it", "E-ENC-02", body=b"\xd0" + BODY, content_key=key),
        refuse("a length in another form", "E-ENC-02", body=long, content_key=key),
        refuse("something after its end", "E-ENC-02", body=BODY + b"\x00", content_key=key),
        refuse("nothing", "E-ENC-02", body=b"", content_key=key),
    ]  # fmt: skip


def make_own() -> list[Vector]:
    """Return the vectors for reading back what one has sealed oneself."""
    swapped = _rewritten(self_wrap=OTHER.header.self_wrap)
    wrong_id = _rewritten(letter_id=SHORT.letter_id)
    recommitted = _rewritten(commit=suites.commitment(OTHER_KEY))
    cut = _rewritten(self_wrap=HEADER.self_wrap[:-1])
    suite = _rewritten(self_suite=suites.SealSuite.X25519)
    changed = bytes([HEADER.self_wrap[0] ^ 1]) + HEADER.self_wrap[1:]
    return [
        accept("one's own body", {"content_key": CONTENT_KEY}, body=BODY, office=BDB),
        refuse("the body of another office", "E-WIR-05", body=BODY, office=DUS),
        refuse("the self-wrap of another body", "E-WIR-06", body=swapped, office=BDB),
        refuse("the self-wrap changed", "E-WIR-06", body=_rewritten(self_wrap=changed), office=BDB),
        refuse("the self-wrap cut short", "E-WIR-01", body=cut, office=BDB),
        refuse("the self-wrap of another suite", "E-WIR-03", body=suite, office=BDB),
        refuse("the letter's id replaced", "E-WIR-06", body=wrong_id, office=BDB),
        refuse("a commitment to another key", "E-WIR-06", body=recommitted, office=BDB),
        refuse("the key id of another key", "E-WIR-05",
               body=_rewritten(self_kid=octets("kid", 16)), office=BDB),
    ]  # fmt: skip
